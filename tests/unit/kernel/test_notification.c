/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: notifications, alone and bound to a server; what becomes of who waits for somebody that is
 * gone. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/notification.h"
#include "tests/unit/kernel/ipc.h"

/* ---- notifications ---- */

static void test_signals_collect_until_they_are_taken(void **state)
{
    (void)state;
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
    bind();
    calls(0);
    serves(0);
    signals(2);
    make_reply_recv(server.t, endpoint, BH_NO_DEADLINE, 1, 2, 3, 4);
    assert_answered(0);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_NOTIFIED);
    assert_int_equal(result(server.t, 0), 4);
}

static void test_a_bound_thread_that_works_is_not_disturbed(void **state)
{
    (void)state;
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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

/* Server and client end together: the client, just woken by the server's end, ends as well. */
static void test_a_pair_in_one_partition_is_stopped(void **state)
{
    uint32_t second;

    (void)state;
    prepare_ipc();
    second = new_thread(&server, 5);
    assert_invoke(OK, INIT, server.captable, CAPTABLE_DROP, endpoint);
    grant(&server, endpoint, EVERYTHING, 0);
    make_call(second, CALL, endpoint, 0);
    assert_call(OK, server.t, RECV, endpoint, 0);
    assert_invoke(OK, INIT, server.partition, PARTITION_STOP);
    assert_state(server.t, ENDED);
    assert_state(second, ENDED);
}

static void test_a_call_of_a_thread_that_is_gone_is_forgotten(void **state)
{
    (void)state;
    prepare_ipc();
    calls(0);
    calls(1);
    assert_invoke(OK, INIT, client[0].partition, PARTITION_STOP);
    serves(0);
    assert_took_call_of(1);
    assert_invoke(OK, INIT, client[1].partition, PARTITION_STOP);
    assert_call(NO_CALLER, server.t, REPLY, 0, 0);
    assert_call(TIMEOUT, server.t, RECV, endpoint, 0);
}

/* A server of two ends, then the other: only then nobody is left to answer. */
static void test_the_end_of_the_last_server_ends_calls(void **state)
{
    struct process both, alone;
    uint32_t first, other, called;

    (void)state;
    new_process(&both, 5);
    first = both.t;
    new_process(&alone, 5);
    other = new_thread(&both, 5);
    called = new_endpoint(both.partition);
    grant(&both, called, BH_R_ENDPOINT_RECV, 0);
    grant(&alone, called, BH_R_ENDPOINT_CALL, 0);
    drop_slot(called);
    seal();
    make_call(alone.t, CALL, called, 1);
    assert_state(alone.t, CALLING);
    make_call(first, EXIT, 0, 0);
    assert_state(alone.t, CALLING);
    make_call(other, EXIT, 0, 0);
    assert_state(alone.t, READY);
    assert_errors(error_of(alone.t), BH_E_STOPPED);
    assert_call(STOPPED, alone.t, CALL, called, 1);
}

/* Init may receive from everything until it ends: it is no server that anybody waits for. */
static void test_init_is_no_server_once_it_has_ended(void **state)
{
    struct process one;
    uint32_t called;

    (void)state;
    new_process(&one, 5);
    called = new_endpoint(one.partition);
    grant(&one, called, BH_R_ENDPOINT_CALL, 0);
    seal();
    make_call(one.t, CALL, called, 1);
    assert_state(one.t, CALLING);
    make_call(INIT, EXIT, 0, 0);
    assert_state(one.t, READY);
    assert_errors(error_of(one.t), BH_E_STOPPED);
}

static void test_a_server_that_is_gone_takes_no_call(void **state)
{
    (void)state;
    prepare_ipc();
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
    prepare_ipc();
    make_call(server.t, WAIT, notification, host.clock + 1000);
    assert_invoke(OK, INIT, server.thread, THREAD_STOP);
    signals(0);
    assert_int_equal(notification_word[object_of(notification)], 1);
    pass(2000);
    assert_state(server.t, ENDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        kernel_test(test_a_pair_in_one_partition_is_stopped),
        kernel_test(test_a_call_of_a_thread_that_is_gone_is_forgotten),
        kernel_test(test_the_end_of_the_last_server_ends_calls),
        kernel_test(test_init_is_no_server_once_it_has_ended),
        kernel_test(test_a_server_that_is_gone_takes_no_call),
        kernel_test(test_who_waits_for_signals_may_be_stopped),
    };

    return cmocka_run_group_tests_name("kernel notifications", tests, NULL, NULL);
}
