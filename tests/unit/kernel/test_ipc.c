/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: calls, replies, notifications, and what becomes of who waits for somebody that is gone.
 * Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/notification.h"
#include "tests/unit/kernel/machine.h"

#define EMPTY 61u
#define BADGE(n) (1000u + (n))
#define CLIENTS 3u
#define FOREVER BH_NO_DEADLINE

static struct process server, client[CLIENTS];
static uint32_t endpoint, notification; /* slots; the server's */

static void prepare(void)
{
    uint32_t i;

    new_process(&server, 5);
    endpoint = new_endpoint(server.partition);
    notification = new_notification(server.partition);
    grant(&server, endpoint, BH_R_ENDPOINT_RECV, 0);
    grant(&server, notification, BH_R_NOTIFICATION_WAIT, 0);
    for (i = 0; i < CLIENTS; i++) {
        new_process(&client[i], 5);
        grant(&client[i], endpoint, BH_R_ENDPOINT_CALL, BADGE(i));
        grant(&client[i], notification, BH_R_NOTIFICATION_SIGNAL, 1u << i);
    }
}

static void calls(uint32_t i)
{
    make_call(client[i].t, CALL, endpoint, 10 + i, 20 + i, 30 + i, 40 + i);
}

static void serves(uint64_t deadline)
{
    make_call(server.t, RECV, endpoint, deadline);
}

static void assert_took_call_of(uint32_t i)
{
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_OK);
    assert_int_equal(result(server.t, 0), BADGE(i));
    assert_words(server.t, 10 + i, 20 + i, 30 + i, 40 + i);
    assert_state(client[i].t, ANSWERING);
}

static void replies(void)
{
    assert_call(OK, server.t, REPLY, 0, 1, 2, 3, 4);
}

static void assert_answered(uint32_t i)
{
    assert_state(client[i].t, READY);
    assert_errors(error_of(client[i].t), BH_E_OK);
    assert_words(client[i].t, 1, 2, 3, 4);
}

/* ---- call and reply ---- */

static void test_a_call_waits_for_its_server(void **state)
{
    (void)state;
    prepare();
    calls(0);
    assert_state(client[0].t, CALLING);
    serves(0);
    assert_took_call_of(0);
    replies();
    assert_answered(0);
}

static void test_a_server_waits_for_a_call(void **state)
{
    (void)state;
    prepare();
    serves(FOREVER);
    assert_state(server.t, RECEIVING);
    calls(1);
    assert_took_call_of(1);
    replies();
    assert_answered(1);
}

/* Four words, one result: nothing else of the server's registers reaches the client, or back. */
static void test_registers_that_are_not_words_stay(void **state)
{
    uint32_t n;

    (void)state;
    prepare();
    for (n = 8; n < 16; n++) {
        set_gr(client[0].t, n, 0xc0 + n);
        set_gr(server.t, n, 0x50 + n);
    }
    make_call(client[0].t, CALL, endpoint, 1, 2, 3, 4, 0xc8, 0xc9);
    make_call(server.t, RECV, endpoint, 0, 0, 0, 0, 0x58, 0x59);
    make_call(server.t, REPLY, 0, 5, 6, 7, 8, 0x58, 0x59);
    for (n = 8; n < 16; n++) {
        assert_int_equal(gr(client[0].t, n), 0xc0 + n);
        assert_int_equal(gr(server.t, n), 0x50 + n);
    }
    assert_int_equal(gr(client[0].t, 3), 0);
    assert_words(client[0].t, 5, 6, 7, 8);
}

static void test_the_right_to_reply_is_used_up(void **state)
{
    (void)state;
    prepare();
    assert_call(NO_CALLER, server.t, REPLY, 0, 1, 2, 3, 4);
    calls(0);
    serves(0);
    replies();
    assert_call(NO_CALLER, server.t, REPLY, 0, 9, 9, 9, 9);
    assert_answered(0);
}

static void test_a_server_holds_one_call_at_a_time(void **state)
{
    (void)state;
    prepare();
    calls(0);
    calls(1);
    serves(0);
    assert_call(STATE, server.t, RECV, endpoint, 0);
    assert_state(client[1].t, CALLING);
    assert_int_equal(caller_of(server.t), client[0].t);
}

static void test_reply_recv_answers_and_takes_the_next(void **state)
{
    (void)state;
    prepare();
    calls(0);
    calls(1);
    serves(0);
    make_call(server.t, REPLY_RECV, endpoint, 1, 2, 3, 4);
    assert_answered(0);
    assert_took_call_of(1);
    make_call(server.t, REPLY_RECV, endpoint, 1, 2, 3, 4);
    assert_answered(1);
    assert_state(server.t, RECEIVING);
    pass(MICROSECONDS(100000000));
    assert_state(server.t, RECEIVING);
    calls(2);
    assert_took_call_of(2);
}

/* A server that names a wrong endpoint has not answered yet, and may do so. */
static void test_reply_recv_checks_before_it_answers(void **state)
{
    (void)state;
    prepare();
    assert_call(NO_CALLER, server.t, REPLY_RECV, endpoint, 1, 2, 3, 4);
    grant(&client[1], server.thread, EVERYTHING, 0);
    calls(0);
    serves(0);
    assert_call(CAP, server.t, REPLY_RECV, EMPTY, 1, 2, 3, 4);
    assert_call(CAP, server.t, REPLY_RECV, BH_SLOTS + endpoint, 1, 2, 3, 4);
    assert_call(TYPE, server.t, REPLY_RECV, notification, 1, 2, 3, 4);
    assert_state(client[0].t, ANSWERING);
    replies();
    assert_answered(0);
}

static void test_calls_need_their_rights(void **state)
{
    uint64_t absent = UINT64_C(0x100000000) + endpoint;

    (void)state;
    prepare();
    assert_call(RIGHT, client[0].t, RECV, endpoint, 0);
    assert_call(RIGHT, client[0].t, REPLY_RECV, endpoint, 0);
    assert_call(RIGHT, server.t, CALL, endpoint, 0);
    assert_call(RIGHT, server.t, SIGNAL, notification);
    assert_call(RIGHT, client[0].t, WAIT, notification, 0);
    assert_call(CAP, client[0].t, CALL, EMPTY, 0);
    assert_call(CAP, client[0].t, CALL, absent, 0);
    assert_call(CAP, server.t, RECV, absent, 0);
    assert_call(CAP, client[0].t, SIGNAL, EMPTY);
    assert_call(CAP, server.t, WAIT, BH_SLOTS + notification, 0);
    assert_call(TYPE, client[0].t, CALL, notification, 0);
    assert_call(TYPE, server.t, RECV, notification, 0);
    assert_call(TYPE, client[0].t, SIGNAL, endpoint);
    assert_call(TYPE, server.t, WAIT, endpoint, 0);
}

/* Sending events is the kernel's right alone: who holds only that cannot call. */
static void test_the_right_to_send_events_does_not_let_call(void **state)
{
    struct process other;

    (void)state;
    prepare();
    new_process(&other, 1);
    grant(&other, endpoint, BH_R_ENDPOINT_EVENT, 0);
    grant(&other, notification, BH_R_NOTIFICATION_EVENT, 1);
    assert_call(RIGHT, other.t, CALL, endpoint, 0);
    assert_call(RIGHT, other.t, SIGNAL, notification);
}

/* Nobody who calls all the time keeps others waiting. */
static void test_callers_are_served_in_turn(void **state)
{
    uint32_t round;

    (void)state;
    prepare();
    calls(2);
    calls(0);
    calls(1);
    serves(0);
    for (round = 0; round < 3; round++) {
        assert_took_call_of(0);
        replies();
        calls(0);
        serves(0);
        assert_took_call_of(1);
        replies();
        calls(1);
        serves(0);
        assert_took_call_of(2);
        replies();
        calls(2);
        serves(0);
    }
}

static void test_two_servers_share_an_endpoint(void **state)
{
    uint32_t second;

    (void)state;
    prepare();
    second = new_thread(&server, 5);
    serves(FOREVER);
    make_call(second, RECV, endpoint, FOREVER);
    calls(0);
    calls(1);
    assert_took_call_of(0);
    assert_state(second, READY);
    assert_int_equal(result(second, 0), BADGE(1));
    make_call(second, REPLY, 0, 7, 7, 7, 7);
    assert_words(client[1].t, 7, 7, 7, 7);
    assert_state(client[0].t, ANSWERING);
    replies();
    assert_answered(0);
}

static void test_a_server_may_call_another(void **state)
{
    struct process back;
    uint32_t inner;

    (void)state;
    prepare();
    new_process(&back, 5);
    inner = new_endpoint(back.partition);
    grant(&back, inner, BH_R_ENDPOINT_RECV, 0);
    grant(&server, inner, BH_R_ENDPOINT_CALL, 77);
    calls(0);
    serves(0);
    make_call(server.t, CALL, inner, 5, 5, 5, 5);
    assert_call(OK, back.t, RECV, inner, 0);
    assert_int_equal(result(back.t, 0), 77);
    make_call(back.t, REPLY, 0, 6, 6, 6, 6);
    assert_words(server.t, 6, 6, 6, 6);
    replies();
    assert_answered(0);
}

/* ---- deadlines ---- */

static void test_recv_polls(void **state)
{
    (void)state;
    prepare();
    assert_call(TIMEOUT, server.t, RECV, endpoint, 0);
    assert_state(server.t, READY);
}

static void test_recv_until_a_deadline(void **state)
{
    (void)state;
    prepare();
    serves(host.clock + 5000);
    assert_int_equal(host.timer, host.clock + 5000);
    pass(4999);
    assert_state(server.t, RECEIVING);
    pass(1);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
    calls(0);
    assert_state(client[0].t, CALLING);
}

static void test_recv_until_a_time_that_is_over(void **state)
{
    (void)state;
    prepare();
    serves(host.clock - 1);
    pass(0);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
}

static void test_a_call_ends_the_deadline_of_its_server(void **state)
{
    (void)state;
    prepare();
    serves(host.clock + 5000);
    calls(0);
    pass(10000);
    assert_took_call_of(0);
    replies();
    assert_answered(0);
}

static void test_deadlines_of_many(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < CLIENTS; i++) {
        grant(&client[i], server.thread, 0, 0);
        assert_invoke(OK, INIT, client[i].captable, CAPTABLE_DROP, endpoint);
        grant(&client[i], endpoint, BH_R_ENDPOINT_RECV, 0);
        make_call(client[i].t, RECV, endpoint, host.clock + 1000 * (CLIENTS - i));
    }
    serves(host.clock + 3000);
    pass(1000);
    assert_state(client[2].t, READY);
    assert_state(client[1].t, RECEIVING);
    pass(1000);
    assert_state(client[1].t, READY);
    assert_state(client[0].t, RECEIVING);
    pass(1000);
    assert_state(client[0].t, READY);
    assert_state(server.t, READY);
}

/* ---- notifications ---- */

static void signals(uint32_t i)
{
    assert_call(OK, client[i].t, SIGNAL, notification);
}

static void test_signals_collect_until_they_are_taken(void **state)
{
    (void)state;
    prepare();
    assert_call(TIMEOUT, server.t, WAIT, notification, 0);
    signals(0);
    signals(2);
    signals(0);
    assert_call(OK, server.t, WAIT, notification, FOREVER);
    assert_int_equal(result(server.t, 0), 5);
    assert_call(TIMEOUT, server.t, WAIT, notification, 0);
}

static void test_a_signal_wakes_who_waits(void **state)
{
    (void)state;
    prepare();
    make_call(server.t, WAIT, notification, host.clock + 1000);
    assert_state(server.t, WAITING);
    signals(1);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_OK);
    assert_int_equal(result(server.t, 0), 2);
    pass(2000);
    assert_errors(error_of(server.t), BH_E_OK);
    assert_int_equal(notification_word[object_of(notification)], 0);
}

static void test_a_wait_ends_at_its_deadline(void **state)
{
    (void)state;
    prepare();
    make_call(server.t, WAIT, notification, host.clock + 1000);
    pass(1000);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
    signals(0);
    assert_int_equal(notification_word[object_of(notification)], 1);
}

static void test_a_signal_wakes_one_of_two(void **state)
{
    uint32_t second;

    (void)state;
    prepare();
    second = new_thread(&server, 5);
    make_call(second, WAIT, notification, FOREVER);
    make_call(server.t, WAIT, notification, FOREVER);
    signals(0);
    assert_int_equal(state_of(server.t) == THREAD_READY, 1);
    assert_state(second, WAITING);
    signals(1);
    assert_state(second, READY);
    assert_int_equal(result(second, 0), 2);
}

static void test_a_signal_without_bits_wakes_nobody(void **state)
{
    struct process other;

    (void)state;
    prepare();
    new_process(&other, 1);
    grant(&other, notification, BH_R_NOTIFICATION_SIGNAL, 0);
    make_call(server.t, WAIT, notification, FOREVER);
    assert_call(OK, other.t, SIGNAL, notification);
    assert_state(server.t, WAITING);
}

/* ---- bound notifications ---- */

static void bind(void)
{
    assert_invoke(OK, INIT, server.thread, THREAD_BIND, notification);
}

static void test_a_bound_notification_ends_recv(void **state)
{
    (void)state;
    prepare();
    bind();
    serves(host.clock + 1000);
    signals(1);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_NOTIFIED);
    assert_int_equal(result(server.t, 0), 2);
    pass(2000);
    assert_call(TIMEOUT, server.t, RECV, endpoint, 0);
}

/* A server that is called all the time still sees its interruptions. */
static void test_a_pending_signal_goes_before_a_call(void **state)
{
    (void)state;
    prepare();
    bind();
    calls(0);
    signals(1);
    assert_call(NOTIFIED, server.t, RECV, endpoint, FOREVER);
    assert_int_equal(result(server.t, 0), 2);
    assert_state(client[0].t, CALLING);
    serves(FOREVER);
    assert_took_call_of(0);
}

static void test_a_pending_signal_ends_reply_recv(void **state)
{
    (void)state;
    prepare();
    bind();
    calls(0);
    serves(0);
    signals(2);
    make_call(server.t, REPLY_RECV, endpoint, 1, 2, 3, 4);
    assert_answered(0);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_NOTIFIED);
    assert_int_equal(result(server.t, 0), 4);
}

static void test_a_bound_thread_that_works_is_not_disturbed(void **state)
{
    (void)state;
    prepare();
    bind();
    calls(0);
    serves(0);
    signals(1);
    assert_took_call_of(0);
    assert_int_equal(notification_word[object_of(notification)], 2);
}

static void test_who_waits_goes_before_who_is_bound(void **state)
{
    uint32_t second;

    (void)state;
    prepare();
    bind();
    second = new_thread(&server, 5);
    serves(FOREVER);
    make_call(second, WAIT, notification, FOREVER);
    signals(0);
    assert_state(second, READY);
    assert_state(server.t, RECEIVING);
    signals(0);
    assert_state(server.t, READY);
}

/* ---- somebody is gone ---- */

static void test_a_client_learns_that_its_server_exited(void **state)
{
    (void)state;
    prepare();
    calls(0);
    serves(0);
    make_call(server.t, EXIT, 0, 9);
    assert_state(server.t, ENDED);
    assert_state(client[0].t, READY);
    assert_errors(error_of(client[0].t), BH_E_STOPPED);
    assert_audit(THREAD_END, server.t, 9, 0);
}

static void test_a_client_learns_that_its_server_was_stopped(void **state)
{
    (void)state;
    prepare();
    calls(0);
    serves(0);
    assert_invoke(OK, INIT, server.thread, THREAD_STOP);
    assert_errors(error_of(client[0].t), BH_E_STOPPED);
    assert_audit(THREAD_STOP, server.t, INIT, 0);
}

/* Taken, queued, or called later: no client waits for a partition that is stopped. */
static void test_no_client_waits_for_a_stopped_partition(void **state)
{
    (void)state;
    prepare();
    calls(0);
    serves(0);
    calls(1);
    assert_invoke(OK, INIT, server.partition, PARTITION_STOP);
    assert_state(client[0].t, READY);
    assert_errors(error_of(client[0].t), BH_E_STOPPED);
    assert_state(client[1].t, READY);
    assert_errors(error_of(client[1].t), BH_E_STOPPED);
    calls(2);
    assert_state(client[2].t, READY);
    assert_errors(error_of(client[2].t), BH_E_STOPPED);
}

static void test_a_call_of_a_thread_that_is_gone_is_forgotten(void **state)
{
    (void)state;
    prepare();
    calls(0);
    calls(1);
    assert_invoke(OK, INIT, client[0].partition, PARTITION_STOP);
    serves(0);
    assert_took_call_of(1);
    assert_invoke(OK, INIT, client[1].partition, PARTITION_STOP);
    assert_call(NO_CALLER, server.t, REPLY, 0, 0);
    assert_call(TIMEOUT, server.t, RECV, endpoint, 0);
}

static void test_a_server_that_is_gone_takes_no_call(void **state)
{
    (void)state;
    prepare();
    serves(host.clock + 1000);
    assert_invoke(OK, INIT, server.thread, THREAD_STOP);
    assert_int_equal(endpoint_receivers[object_of(endpoint)], 0);
    calls(0);
    assert_state(client[0].t, CALLING);
    pass(2000);
    assert_state(server.t, ENDED);
}

static void test_who_waits_for_signals_may_be_stopped(void **state)
{
    (void)state;
    prepare();
    make_call(server.t, WAIT, notification, host.clock + 1000);
    assert_invoke(OK, INIT, server.thread, THREAD_STOP);
    signals(0);
    assert_int_equal(notification_word[object_of(notification)], 1);
    pass(2000);
    assert_state(server.t, ENDED);
}

/* ---- other calls ---- */

static void test_other_calls(void **state)
{
    uint64_t records = audit_count;

    (void)state;
    call_as(INIT, BH_CALL_NULL, 0, 0, ARGUMENTS(0));
    assert_errors(error_of(INIT), BH_E_OK);
    call_as(INIT, 10, 0, 0, ARGUMENTS(0));
    assert_errors(error_of(INIT), BH_E_CALL);
    call_as(INIT, 255, 0, 0, ARGUMENTS(0));
    assert_errors(error_of(INIT), BH_E_CALL);
    assert_call(OK, INIT, YIELD, 0);
    assert_int_equal(audit_count, records);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_a_call_waits_for_its_server),
        kernel_test(test_a_server_waits_for_a_call),
        kernel_test(test_registers_that_are_not_words_stay),
        kernel_test(test_the_right_to_reply_is_used_up),
        kernel_test(test_a_server_holds_one_call_at_a_time),
        kernel_test(test_reply_recv_answers_and_takes_the_next),
        kernel_test(test_reply_recv_checks_before_it_answers),
        kernel_test(test_calls_need_their_rights),
        kernel_test(test_the_right_to_send_events_does_not_let_call),
        kernel_test(test_callers_are_served_in_turn),
        kernel_test(test_two_servers_share_an_endpoint),
        kernel_test(test_a_server_may_call_another),
        kernel_test(test_recv_polls),
        kernel_test(test_recv_until_a_deadline),
        kernel_test(test_recv_until_a_time_that_is_over),
        kernel_test(test_a_call_ends_the_deadline_of_its_server),
        kernel_test(test_deadlines_of_many),
        kernel_test(test_signals_collect_until_they_are_taken),
        kernel_test(test_a_signal_wakes_who_waits),
        kernel_test(test_a_wait_ends_at_its_deadline),
        kernel_test(test_a_signal_wakes_one_of_two),
        kernel_test(test_a_signal_without_bits_wakes_nobody),
        kernel_test(test_a_bound_notification_ends_recv),
        kernel_test(test_a_pending_signal_goes_before_a_call),
        kernel_test(test_a_pending_signal_ends_reply_recv),
        kernel_test(test_a_bound_thread_that_works_is_not_disturbed),
        kernel_test(test_who_waits_goes_before_who_is_bound),
        kernel_test(test_a_client_learns_that_its_server_exited),
        kernel_test(test_a_client_learns_that_its_server_was_stopped),
        kernel_test(test_no_client_waits_for_a_stopped_partition),
        kernel_test(test_a_call_of_a_thread_that_is_gone_is_forgotten),
        kernel_test(test_a_server_that_is_gone_takes_no_call),
        kernel_test(test_who_waits_for_signals_may_be_stopped),
        kernel_test(test_other_calls),
    };

    return cmocka_run_group_tests_name("kernel IPC", tests, NULL, NULL);
}
