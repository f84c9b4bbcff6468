/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: calls and replies, their order, rights and deadlines. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/object/audit.h"
#include "tests/unit/kernel/ipc.h"

#define EMPTY 61u

/* ---- call and reply ---- */

static void test_a_call_waits_for_its_server(void **state)
{
    (void)state;
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
    calls(0);
    calls(1);
    serves(0);
    make_reply_recv(server.t, endpoint, BH_NO_DEADLINE, 1, 2, 3, 4);
    assert_answered(0);
    assert_took_call_of(1);
    make_reply_recv(server.t, endpoint, BH_NO_DEADLINE, 1, 2, 3, 4);
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
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
    prepare_ipc();
    assert_call(TIMEOUT, server.t, RECV, endpoint, 0);
    assert_state(server.t, READY);
}

static void test_recv_until_a_deadline(void **state)
{
    (void)state;
    prepare_ipc();
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
    prepare_ipc();
    serves(host.clock - 1);
    pass(0);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
}

static void test_a_call_ends_the_deadline_of_its_server(void **state)
{
    (void)state;
    prepare_ipc();
    serves(host.clock + 5000);
    calls(0);
    pass(10000);
    assert_took_call_of(0);
    replies();
    assert_answered(0);
}

/* The client goes on in every case: it was answered before anybody looked at a deadline. */
static void answers_until(uint64_t deadline)
{
    make_reply_recv(server.t, endpoint, deadline, 1, 2, 3, 4);
    assert_answered(0);
}

static void prepare_answer(void)
{
    prepare_ipc();
    calls(0);
    serves(0);
}

static void test_reply_recv_polls(void **state)
{
    (void)state;
    prepare_answer();
    answers_until(0);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
    assert_call(NO_CALLER, server.t, REPLY, 0, 9, 9, 9, 9);
    calls(1);
    serves(0);
    assert_took_call_of(1);
}

static void test_reply_recv_until_a_deadline(void **state)
{
    (void)state;
    prepare_answer();
    answers_until(host.clock + 5000);
    assert_state(server.t, RECEIVING);
    assert_int_equal(host.timer, host.clock + 5000);
    pass(4999);
    assert_state(server.t, RECEIVING);
    pass(1);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
    calls(1);
    assert_state(client[1].t, CALLING); /* nobody waits for it any more */
}

static void test_reply_recv_until_a_time_that_is_over(void **state)
{
    (void)state;
    prepare_answer();
    answers_until(host.clock - 1);
    pass(0);
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
}

static void test_a_call_ends_the_deadline_of_reply_recv(void **state)
{
    (void)state;
    prepare_answer();
    answers_until(host.clock + 5000);
    calls(1);
    assert_took_call_of(1);
    pass(10000);
    assert_took_call_of(1);
}

/* The deadline of the one before is no longer that of the next. */
static void test_every_reply_recv_has_its_own_deadline(void **state)
{
    (void)state;
    prepare_answer();
    answers_until(host.clock + 5000);
    calls(0);
    assert_took_call_of(0);
    answers_until(FOREVER);
    pass(10000);
    assert_state(server.t, RECEIVING);
    calls(0);
    answers_until(host.clock + 2000);
    pass(2000);
    assert_errors(error_of(server.t), BH_E_TIMEOUT);
}

/* Work that waits is taken, whatever the deadline says. */
static void test_reply_recv_takes_what_waits(void **state)
{
    const uint64_t deadlines[] = {0, host.clock - 1, host.clock + 5000, FOREVER};
    uint32_t i;

    (void)state;
    prepare_answer();
    for (i = 0; i < sizeof(deadlines) / sizeof(deadlines[0]); i++) {
        calls(1);
        answers_until(deadlines[i]);
        assert_took_call_of(1);
        replies();
        calls(0);
        serves(0);
        assert_took_call_of(0);
    }
    pass(10000);
    assert_took_call_of(0);
}

static void test_deadlines_of_many(void **state)
{
    uint32_t i;

    (void)state;
    prepare_ipc();
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
        kernel_test(test_reply_recv_polls),
        kernel_test(test_reply_recv_until_a_deadline),
        kernel_test(test_reply_recv_until_a_time_that_is_over),
        kernel_test(test_a_call_ends_the_deadline_of_reply_recv),
        kernel_test(test_every_reply_recv_has_its_own_deadline),
        kernel_test(test_reply_recv_takes_what_waits),
        kernel_test(test_deadlines_of_many),
        kernel_test(test_other_calls),
    };

    return cmocka_run_group_tests_name("kernel IPC", tests, NULL, NULL);
}
