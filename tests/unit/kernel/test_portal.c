/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: portals: a fault becomes a message, its answer decides, and a handler that fails stops its
 * partition and no other. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/portal.h"
#include "kernel/sched/ready.h"
#include "tests/unit/kernel/machine.h"

#define CODE 0x11u
#define TEID UINT64_C(0x123456789000)
#define WITHIN 500u /* microseconds */
#define BADGE 4711u

/* The partition has a worker that faults and a handler. Another one must not notice. */
static struct process worker, other;
static uint32_t handler, endpoint, badged;

static void prepare(void)
{
    new_process(&worker, 5);
    handler = new_thread(&worker, 6);
    new_process(&other, 5);
    endpoint = new_endpoint(worker.partition);
    badged = free_slot();
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, endpoint, EVERYTHING, BADGE);
    grant(&worker, endpoint, BH_R_ENDPOINT_RECV | BH_R_ENDPOINT_CALL, 1);
}

static void set_portal(uint32_t reason)
{
    assert_invoke(OK, INIT, worker.thread, THREAD_PORTAL, reason, badged, WITHIN);
}

/* A program interruption of the worker, as the trap entry reports it. */
static void fault(void)
{
    run(worker.t);
    portal_send(worker.t, BH_REASON_FAULT, BH_REASON_FAULT, CODE, TEID, psw_address_of(worker.t));
    leave();
}

static void takes_event(void)
{
    assert_call(OK, handler, RECV, endpoint, 0);
    assert_int_equal(result(handler, 0), BADGE);
    assert_words(handler, BH_REASON_FAULT, CODE, TEID, PROCESS_BASE);
    assert_state(worker.t, ANSWERING);
}

static void assert_stopped(void)
{
    assert_state(worker.t, ENDED);
    assert_state(handler, ENDED);
    assert_state(other.t, READY);
    assert_invoke(OK, INIT, worker.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 1), 1);
    assert_invoke(OK, INIT, other.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 1), 0);
}

static void test_without_a_portal_a_fault_stops_the_partition(void **state)
{
    (void)state;
    prepare();
    fault();
    assert_stopped();
    assert_audit(PARTITION_STOP, worker.t, BH_AUDIT_FAULT, worker.p);
    assert_audit_back(1, BH_AUDIT_FAULT, worker.t, CODE, TEID);
    assert_int_equal(audit_count, 2);
}

static void test_a_handler_resumes(void **state)
{
    uint64_t before[16];
    uint32_t n;

    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    for (n = 0; n < 16; n++) {
        set_gr(worker.t, n, 0x700 + n);
        before[n] = gr(worker.t, n);
    }
    fault();
    assert_state(worker.t, CALLING);
    takes_event();
    assert_call(OK, handler, REPLY, 0, BH_RESUME, 0);
    assert_state(worker.t, READY);
    assert_int_equal(psw_address_of(worker.t), PROCESS_BASE);
    for (n = 0; n < 16; n++) {
        assert_int_equal(gr(worker.t, n), before[n]);
    }
    pass(MICROSECONDS(WITHIN) * 2);
    assert_state(worker.t, READY);
}

/* The address may be any; nothing else of the PSW is the handler's to change. */
static void test_a_handler_moves_the_thread(void **state)
{
    uint64_t mask;

    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    mask = psw_mask_of(worker.t);
    fault();
    takes_event();
    assert_call(OK, handler, REPLY, 0, BH_RESUME, UINT64_MAX - 1, UINT64_MAX, UINT64_MAX);
    assert_int_equal(psw_address_of(worker.t), UINT64_MAX - 1);
    assert_int_equal(psw_mask_of(worker.t), mask);
}

static void test_a_waiting_handler_gets_the_event_at_once(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    make_call(handler, RECV, endpoint, BH_NO_DEADLINE);
    fault();
    assert_state(handler, READY);
    assert_state(worker.t, ANSWERING);
    assert_words(handler, BH_REASON_FAULT, CODE, TEID, PROCESS_BASE);
    make_reply_recv(handler, endpoint, BH_NO_DEADLINE, BH_RESUME, 0x3000);
    assert_state(worker.t, READY);
    assert_int_equal(psw_address_of(worker.t), 0x3000);
    assert_state(handler, RECEIVING);
}

/* The thread goes on, and its handler waits for the next event, or does not. */
static void test_a_handler_answers_and_waits_until_a_deadline(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    make_reply_recv(handler, endpoint, host.clock + MICROSECONDS(3 * WITHIN), BH_RESUME, 0x3000);
    assert_state(worker.t, READY);
    assert_int_equal(psw_address_of(worker.t), 0x3000);
    assert_state(handler, RECEIVING);
    pass(MICROSECONDS(3 * WITHIN));
    assert_state(handler, READY);
    assert_errors(error_of(handler), BH_E_TIMEOUT);
    assert_state(worker.t, READY);
}

static void test_a_handler_answers_and_polls(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    make_reply_recv(handler, endpoint, 0, BH_RESUME, 0x3000);
    assert_state(worker.t, READY);
    assert_int_equal(psw_address_of(worker.t), 0x3000);
    assert_state(handler, READY);
    assert_errors(error_of(handler), BH_E_TIMEOUT);
}

static void foreign_handler_takes_event(void)
{
    prepare();
    set_portal(BH_REASON_FAULT);
    grant(&other, endpoint, BH_R_ENDPOINT_RECV, 0);
    fault();
    assert_call(OK, other.t, RECV, endpoint, 0);
}

/* The handler of another partition outlives the one that it stops, and its deadline holds. */
static void test_a_foreign_handler_stops_and_waits_until_a_deadline(void **state)
{
    (void)state;
    foreign_handler_takes_event();
    make_reply_recv(other.t, endpoint, host.clock + 5000, BH_STOP);
    assert_state(worker.t, ENDED);
    assert_state(other.t, RECEIVING);
    pass(5000);
    assert_state(other.t, READY);
    assert_errors(error_of(other.t), BH_E_TIMEOUT);
}

/* An answer that is anything but "resume" stops, with the handler, which is of the partition. */
static void test_a_handler_stops(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    make_call(handler, REPLY, 0, BH_STOP);
    assert_stopped();
    assert_audit(PARTITION_STOP, worker.t, BH_AUDIT_HANDLER_STOP, worker.p);
    assert_audit_back(1, BH_AUDIT_HANDLER_STOP, worker.t, BH_REASON_FAULT, handler);
}

static void test_a_handler_stops_with_reply_recv(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    make_reply_recv(handler, endpoint, BH_NO_DEADLINE, UINT64_C(0x100000000));
    assert_stopped();
    assert_int_equal(endpoint_receivers[object_of(endpoint)], 0);
}

static void test_the_default_portal_stands_for_the_others(void **state)
{
    uint32_t special;

    (void)state;
    prepare();
    set_portal(BH_REASON_DEFAULT);
    fault();
    takes_event();
    assert_call(OK, handler, REPLY, 0, BH_RESUME, 0);
    special = new_endpoint(worker.partition);
    grant(&worker, special, BH_R_ENDPOINT_RECV, 0);
    assert_invoke(OK, INIT, worker.thread, THREAD_PORTAL, BH_REASON_FAULT, special, WITHIN);
    fault();
    assert_call(TIMEOUT, handler, RECV, endpoint, 0);
    assert_call(OK, handler, RECV, special, 0);
    assert_int_equal(result(handler, 0), 0);
}

/* ---- a handler that fails ---- */

static void test_an_event_that_nobody_takes_times_out(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    pass(MICROSECONDS(WITHIN) - 1);
    assert_state(worker.t, CALLING);
    pass(1);
    assert_stopped();
    assert_audit(PARTITION_STOP, worker.t, BH_AUDIT_PORTAL_TIMEOUT, worker.p);
    assert_audit_back(1, BH_AUDIT_PORTAL_TIMEOUT, worker.t, BH_REASON_FAULT, NOBODY);
}

static void test_an_event_that_nobody_answers_times_out(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    pass(MICROSECONDS(WITHIN) / 2);
    takes_event();
    pass(MICROSECONDS(WITHIN));
    assert_stopped();
    assert_audit_back(1, BH_AUDIT_PORTAL_TIMEOUT, worker.t, BH_REASON_FAULT, handler);
}

static void test_a_handler_that_exits_stops_the_partition(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    make_call(handler, EXIT, 0, 3);
    assert_stopped();
    assert_audit(PARTITION_STOP, handler, BH_AUDIT_THREAD_END, worker.p);
    assert_audit_back(1, BH_AUDIT_THREAD_END, handler, 3, 0);
}

static void test_a_handler_that_faults_stops_the_partition(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    run(handler);
    portal_send(handler, BH_REASON_FAULT, BH_REASON_FAULT, CODE, TEID, 0);
    leave();
    assert_stopped();
    assert_audit_back(1, BH_AUDIT_FAULT, handler, CODE, TEID);
}

static void test_stopping_a_handler_stops_the_partition(void **state)
{
    uint32_t slot;

    (void)state;
    prepare();
    slot = free_slot();
    assert_invoke(OK, INIT, worker.partition, PARTITION_CREATE_THREAD, slot, worker.captable,
                  worker.space, 6, 0);
    assert_invoke(OK, INIT, slot, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    assert_invoke(OK, INIT, slot, THREAD_START);
    set_portal(BH_REASON_FAULT);
    fault();
    assert_call(OK, object_of(slot), RECV, endpoint, 0);
    assert_invoke(OK, INIT, slot, THREAD_STOP);
    assert_stopped();
    assert_audit(PARTITION_STOP, object_of(slot), BH_AUDIT_THREAD_STOP, worker.p);
}

/* The thread that waits for its handler is stopped: the handler has nobody to answer. */
static void test_the_thread_itself_is_stopped(void **state)
{
    (void)state;
    prepare();
    set_portal(BH_REASON_FAULT);
    fault();
    takes_event();
    assert_invoke(OK, INIT, worker.thread, THREAD_STOP);
    assert_state(worker.t, ENDED);
    assert_call(NO_CALLER, handler, REPLY, 0, BH_RESUME);
    pass(MICROSECONDS(WITHIN) * 2);
    assert_state(handler, READY);
}

/* A partition may let another one handle its events. If that one dies, the partition that cannot go
 * on is the one of the event; the handler's partition is not stopped for it. */
static void test_a_foreign_handler_that_dies_stops_the_partition_of_the_event(void **state)
{
    (void)state;
    foreign_handler_takes_event();
    make_call(other.t, EXIT, 0, 0);
    assert_state(worker.t, ENDED);
    assert_invoke(OK, INIT, worker.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 1), 1);
    assert_invoke(OK, INIT, other.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 1), 0);
}

static void test_a_foreign_handler_that_is_stopped_stops_the_partition_of_the_event(void **state)
{
    (void)state;
    foreign_handler_takes_event();
    assert_invoke(OK, INIT, other.partition, PARTITION_STOP);
    assert_state(worker.t, ENDED);
}

/* Calls of processes and events share an endpoint; each is answered as what it is. */
static void test_events_and_calls_on_one_endpoint(void **state)
{
    (void)state;
    prepare();
    grant(&other, endpoint, BH_R_ENDPOINT_CALL, 8);
    set_portal(BH_REASON_FAULT);
    fault();
    make_call(other.t, CALL, endpoint, 1, 2, 3, 4);
    takes_event();
    make_reply_recv(handler, endpoint, BH_NO_DEADLINE, BH_RESUME, 0);
    assert_state(worker.t, READY);
    assert_int_equal(result(handler, 0), 8);
    assert_words(handler, 1, 2, 3, 4);
    make_call(handler, REPLY, 0, BH_STOP, 5, 6, 7);
    assert_words(other.t, BH_STOP, 5, 6, 7);
    assert_state(worker.t, READY);
    assert_int_equal(event_of(other.t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_without_a_portal_a_fault_stops_the_partition),
        kernel_test(test_a_handler_resumes),
        kernel_test(test_a_handler_moves_the_thread),
        kernel_test(test_a_waiting_handler_gets_the_event_at_once),
        kernel_test(test_a_handler_answers_and_waits_until_a_deadline),
        kernel_test(test_a_handler_answers_and_polls),
        kernel_test(test_a_foreign_handler_stops_and_waits_until_a_deadline),
        kernel_test(test_a_handler_stops),
        kernel_test(test_a_handler_stops_with_reply_recv),
        kernel_test(test_the_default_portal_stands_for_the_others),
        kernel_test(test_an_event_that_nobody_takes_times_out),
        kernel_test(test_an_event_that_nobody_answers_times_out),
        kernel_test(test_a_handler_that_exits_stops_the_partition),
        kernel_test(test_a_handler_that_faults_stops_the_partition),
        kernel_test(test_stopping_a_handler_stops_the_partition),
        kernel_test(test_the_thread_itself_is_stopped),
        kernel_test(test_a_foreign_handler_that_dies_stops_the_partition_of_the_event),
        kernel_test(test_a_foreign_handler_that_is_stopped_stops_the_partition_of_the_event),
        kernel_test(test_events_and_calls_on_one_endpoint),
    };

    return cmocka_run_group_tests_name("kernel portals", tests, NULL, NULL);
}
