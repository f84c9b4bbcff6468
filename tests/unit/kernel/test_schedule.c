/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: who runs: priorities, turns, slices, and the comparator. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"
#include "tests/unit/kernel/machine.h"

#define THREE 3u
#define SLICE MICROSECONDS(1000)

/* Three threads of one partition, and a fourth that is less urgent than all. Init waits. */
static struct process process;
static uint32_t thread[THREE], idle;
static uint32_t notification, silence, endpoint; /* slots; nobody signals the second */

static void init_waits(uint64_t deadline)
{
    make_call(INIT, WAIT, silence, deadline);
}

static void prepare(uint32_t first, uint32_t second, uint32_t third)
{
    assert_invoke(OK, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, SLICE / BH_TOD_PER_US);
    new_process(&process, first);
    thread[0] = process.t;
    thread[1] = new_thread(&process, second);
    thread[2] = new_thread(&process, third);
    idle = new_thread(&process, 0);
    endpoint = new_endpoint(process.partition);
    grant(&process, endpoint, EVERYTHING, 0);
    notification = new_notification(process.partition);
    silence = new_notification(process.partition);
    grant(&process, notification, EVERYTHING, 1);
    init_waits(BH_NO_DEADLINE);
}

static void blocks(void)
{
    make_call(current, WAIT, notification, BH_NO_DEADLINE);
}

static void test_the_most_urgent_runs(void **state)
{
    (void)state;
    prepare(20, 31, 25);
    assert_int_equal(current, thread[1]);
    blocks();
    assert_int_equal(current, thread[2]);
    blocks();
    assert_int_equal(current, thread[0]);
    blocks();
    assert_int_equal(current, idle);
    assert_call(TIMEOUT, idle, WAIT, notification, 0);
    assert_int_equal(current, idle);
}

static void test_nobody_runs_if_nobody_can(void **state)
{
    uint32_t i;

    (void)state;
    prepare(1, 2, 3);
    make_call(thread[0], WAIT, notification, host.clock + 10 * SLICE);
    for (i = 0; i < THREE; i++) {
        assert_int_not_equal(current, NOBODY);
        blocks();
    }
    assert_int_equal(current, NOBODY);
    pass(9 * SLICE);
    assert_int_equal(current, NOBODY);
    pass(SLICE);
    assert_int_equal(current, thread[0]);
    assert_errors(error_of(thread[0]), BH_E_TIMEOUT);
}

static void test_who_is_woken_runs_if_more_urgent(void **state)
{
    (void)state;
    prepare(20, 10, 25);
    assert_int_equal(current, thread[2]);
    blocks();
    assert_int_equal(current, thread[0]);
    assert_call(OK, thread[0], SIGNAL, notification);
    assert_int_equal(current, thread[2]);
}

static void test_who_is_woken_waits_if_less_urgent(void **state)
{
    (void)state;
    prepare(20, 25, 1);
    make_call(thread[0], WAIT, notification, host.clock + 100);
    run(thread[1]);
    pass(100);
    assert_state(thread[0], READY);
    assert_int_equal(current, thread[1]);
    blocks();
    assert_int_equal(current, thread[0]);
}

/* A thread that is woken by an equal one does not take the processor from it. */
static void test_who_is_woken_waits_if_equal(void **state)
{
    (void)state;
    prepare(20, 20, 20);
    assert_int_equal(current, thread[0]);
    blocks();
    assert_int_equal(current, thread[1]);
    assert_call(OK, thread[1], SIGNAL, notification);
    assert_state(thread[0], READY);
    assert_int_equal(current, thread[1]);
}

/* The least urgent thread waits for a call; the two others are ready, the most urgent one runs. */
static void server_waits(void)
{
    prepare(25, 20, 10);
    make_call(thread[0], WAIT, notification, host.clock + 100);
    make_call(thread[1], WAIT, notification, host.clock + 100);
    assert_int_equal(current, thread[2]);
    make_call(thread[2], RECV, endpoint, BH_NO_DEADLINE);
    pass(100);
    assert_int_equal(current, thread[0]);
}

static void test_a_call_hands_over_to_nobody_less_urgent_than_others(void **state)
{
    (void)state;
    server_waits();
    make_call(thread[0], CALL, endpoint);
    assert_state(thread[2], READY);
    assert_int_equal(current, thread[1]);
    blocks();
    assert_int_equal(current, thread[2]);
    make_reply_recv(thread[2], endpoint, BH_NO_DEADLINE, 0);
    assert_int_equal(current, thread[0]);
}

/* The server is the most urgent here, its client the least. */
static void test_an_answer_hands_over_to_nobody_less_urgent_than_others(void **state)
{
    (void)state;
    prepare(25, 20, 10);
    make_call(thread[0], RECV, endpoint, BH_NO_DEADLINE);
    make_call(thread[1], WAIT, notification, BH_NO_DEADLINE);
    assert_int_equal(current, thread[2]);
    make_call(thread[2], CALL, endpoint);
    assert_int_equal(current, thread[0]);
    assert_call(OK, thread[0], SIGNAL, notification);
    assert_int_equal(current, thread[0]);
    make_reply_recv(thread[0], endpoint, BH_NO_DEADLINE, 0);
    assert_state(thread[2], READY);
    assert_int_equal(current, thread[1]);
}

/* How long each of the three ran while time passes in steps; what they do is the step's business.
 */
static uint64_t ran[THREE];

static void measure(uint32_t steps, uint64_t length, void (*step)(uint32_t t))
{
    uint32_t i, k;

    pass(MICROSECONDS(20000)); /* the slice that began before the new length */
    for (i = 0; i < steps; i++) {
        for (k = 0; k < THREE; k++) {
            ran[k] += current == thread[k] ? length : 0;
        }
        pass(length);
        if (step != NULL && current != NOBODY) {
            step(current);
        }
    }
}

static void assert_share(uint32_t k, uint32_t least, uint32_t most)
{
    uint64_t all = ran[0] + ran[1] + ran[2];

    assert_in_range(ran[k] * 100u / all, least, most);
}

static void test_equals_take_turns_by_slices(void **state)
{
    (void)state;
    prepare(20, 20, 20);
    measure(600, SLICE / 10, NULL);
    assert_share(0, 28, 38);
    assert_share(1, 28, 38);
    assert_share(2, 28, 38);
}

static void test_equals_take_turns_by_yield(void **state)
{
    uint32_t i;

    (void)state;
    prepare(20, 20, 20);
    for (i = 0; i < 6; i++) {
        assert_int_equal(current, thread[i % THREE]);
        assert_call(OK, current, YIELD, 0);
    }
}

static void test_yield_never_runs_the_less_urgent(void **state)
{
    (void)state;
    prepare(20, 21, 20);
    assert_int_equal(current, thread[1]);
    assert_call(OK, thread[1], YIELD, 0);
    assert_int_equal(current, thread[1]);
    pass(MICROSECONDS(20000));
    assert_int_equal(current, thread[1]);
}

static void call_each_other(uint32_t t)
{
    if (t == thread[0]) {
        make_call(t, CALL, endpoint, 0);
    } else if (t == thread[1]) {
        make_reply_recv(t, endpoint, BH_NO_DEADLINE, 0);
    }
}

/* A call hands over to its server, the reply hands back; an equal does not wait for ever. */
static void test_a_pair_that_calls_all_the_time_lets_others_run(void **state)
{
    (void)state;
    prepare(20, 20, 20);
    make_call(thread[1], RECV, endpoint, BH_NO_DEADLINE);
    make_call(thread[0], CALL, endpoint, 0);
    measure(600, SLICE / 10, call_each_other);
    assert_share(2, 30, 70);
}

/* Runs for most of a slice, then waits until just its end. */
static void dodge(uint32_t t)
{
    if (t == thread[0] && host.timer - host.clock <= SLICE / 10) {
        make_call(t, WAIT, notification, host.timer);
    }
}

/* Who is not there when slices end, and wakes just then, gets no more than who always computes. */
static void test_slices_cannot_be_dodged(void **state)
{
    (void)state;
    prepare(20, 1, 20);
    measure(600, SLICE / 10, dodge);
    assert_share(2, 40, 100);
}

static void test_a_new_slice_length(void **state)
{
    (void)state;
    assert_int_equal(host.timer, host.clock + timer_slice);
    prepare(20, 20, 20);
    pass(MICROSECONDS(20000));
    assert_in_range(host.timer, host.clock + 1, host.clock + SLICE);
}

/* The comparator is always set to the earliest deadline, and comes again after each. */
static void test_the_comparator_follows_the_deadlines(void **state)
{
    (void)state;
    prepare(20, 20, 20);
    pass(MICROSECONDS(10000));
    make_call(thread[0], WAIT, notification, host.clock + 300);
    make_call(thread[1], WAIT, notification, host.clock + 100);
    make_call(thread[2], WAIT, notification, host.clock + 200);
    assert_int_equal(host.timer, host.clock + 100);
    pass(100);
    assert_state(thread[1], READY);
    assert_int_equal(host.timer, host.clock + 100);
    assert_call(OK, idle, SIGNAL, notification);
    assert_state(thread[0], READY);
    pass(100);
    assert_state(thread[2], READY);
    assert_errors(error_of(thread[2]), BH_E_TIMEOUT);
    assert_errors(error_of(thread[0]), BH_E_OK);
}

static void test_an_early_interruption_does_no_harm(void **state)
{
    (void)state;
    prepare(20, 20, 20);
    make_call(thread[0], WAIT, notification, host.clock + 300);
    timer_interrupt();
    leave();
    assert_state(thread[0], WAITING);
    pass(300);
    assert_state(thread[0], READY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_the_most_urgent_runs),
        kernel_test(test_nobody_runs_if_nobody_can),
        kernel_test(test_who_is_woken_runs_if_more_urgent),
        kernel_test(test_who_is_woken_waits_if_less_urgent),
        kernel_test(test_who_is_woken_waits_if_equal),
        kernel_test(test_a_call_hands_over_to_nobody_less_urgent_than_others),
        kernel_test(test_an_answer_hands_over_to_nobody_less_urgent_than_others),
        kernel_test(test_equals_take_turns_by_slices),
        kernel_test(test_equals_take_turns_by_yield),
        kernel_test(test_yield_never_runs_the_less_urgent),
        kernel_test(test_a_pair_that_calls_all_the_time_lets_others_run),
        kernel_test(test_slices_cannot_be_dodged),
        kernel_test(test_a_new_slice_length),
        kernel_test(test_the_comparator_follows_the_deadlines),
        kernel_test(test_an_early_interruption_does_no_harm),
    };

    return cmocka_run_group_tests_name("kernel schedule", tests, NULL, NULL);
}
