/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: one server and three clients. Belongs to: test. */
#include "tests/unit/kernel/ipc.h"

struct process server, client[CLIENTS];
uint32_t endpoint, notification;

void prepare_ipc(void)
{
    uint32_t n;

    new_process(&server, 5);
    endpoint = new_endpoint(server.partition);
    notification = new_notification(server.partition);
    grant(&server, endpoint, BH_R_ENDPOINT_RECV, 0);
    grant(&server, notification, BH_R_NOTIFICATION_WAIT, 0);
    for (n = 0; n < CLIENTS; n++) {
        new_process(&client[n], 5);
        grant(&client[n], endpoint, BH_R_ENDPOINT_CALL, BADGE(n));
        grant(&client[n], notification, BH_R_NOTIFICATION_SIGNAL, 1u << n);
    }
}

void calls(uint32_t n)
{
    make_call(client[n].t, CALL, endpoint, 10 + n, 20 + n, 30 + n, 40 + n);
}

void signals(uint32_t n)
{
    assert_call(OK, client[n].t, SIGNAL, notification);
}

void serves(uint64_t deadline)
{
    make_call(server.t, RECV, endpoint, deadline);
}

void replies(void)
{
    assert_call(OK, server.t, REPLY, 0, 1, 2, 3, 4);
}

void assert_took_call_of(uint32_t n)
{
    assert_state(server.t, READY);
    assert_errors(error_of(server.t), BH_E_OK);
    assert_int_equal(result(server.t, 0), BADGE(n));
    assert_words(server.t, 10 + n, 20 + n, 30 + n, 40 + n);
    assert_state(client[n].t, ANSWERING);
}

void assert_answered(uint32_t n)
{
    assert_state(client[n].t, READY);
    assert_errors(error_of(client[n].t), BH_E_OK);
    assert_words(client[n].t, 1, 2, 3, 4);
}
