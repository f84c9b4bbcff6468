/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoints: call, receive. Belongs to: kernel. */
#include "kernel/object/endpoint.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/reply.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"

uint64_t endpoint_callers[ENDPOINTS];
uint64_t endpoint_receivers[ENDPOINTS];
uint32_t endpoint_turn[ENDPOINTS];
uint32_t endpoint_partition[ENDPOINTS];
uint32_t endpoint_count;

/* The server's registers become those of a finished RECV, and it owns the reply. */
static void deliver(uint32_t client, uint32_t server)
{
    thread_caller[server] = client;
    thread_server[client] = server;
    thread_state[client] = THREAD_ANSWERING;
    thread_error(server, BH_E_OK);
    thread_result(server, 0, thread_badge[client]);
    if (thread_event[client] == 0) {
        reply_copy_words(client, server);
    } else {
        reply_copy_event(client, server);
    }
}

void endpoint_submit(uint32_t t, uint32_t e)
{
    uint64_t receivers = endpoint_receivers[e];
    uint32_t server;

    ready_remove(t);
    if (receivers == 0) {
        thread_state[t] = THREAD_CALLING;
        thread_object[t] = e;
        endpoint_callers[e] |= bit_of(t);
        return;
    }
    server = first_of(receivers);
    endpoint_receivers[e] = receivers & ~bit_of(server);
    deliver(t, server);
    timer_cancel(server);
    thread_state[server] = THREAD_READY;
    ready_add(server);
}

void endpoint_call(uint32_t t, uint64_t index)
{
    uint32_t slot = cap_slot(thread_captable[t], index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_CALL);

    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    thread_badge[t] = cap_badge[slot];
    thread_event[t] = 0;
    endpoint_submit(t, cap_object[slot]);
}

/* A signal that waits goes first: a server that is called all the time still sees it. */
static uint32_t take_pending(uint32_t t, uint32_t e)
{
    uint32_t client;

    if (thread_bound[t] != NOBODY && notification_word[thread_bound[t]] != 0) {
        notification_take(thread_bound[t], t, BH_E_NOTIFIED);
        return 1;
    }
    if (endpoint_callers[e] == 0) {
        return 0;
    }
    client = first_from(endpoint_callers[e], endpoint_turn[e]);
    endpoint_callers[e] &= ~bit_of(client);
    endpoint_turn[e] = (client + 1u) % 64u;
    deliver(client, t);
    return 1;
}

static void receive(uint32_t t, uint32_t e, uint64_t deadline)
{
    if (take_pending(t, e) != 0) {
        return;
    }
    if (deadline == 0) {
        thread_error(t, BH_E_TIMEOUT);
        return;
    }
    thread_state[t] = THREAD_RECEIVING;
    thread_object[t] = e;
    endpoint_receivers[e] |= bit_of(t);
    ready_remove(t);
    timer_arm(t, deadline);
}

void endpoint_recv(uint32_t t, uint64_t index, uint64_t deadline)
{
    uint32_t slot = cap_slot(thread_captable[t], index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);

    if (error == BH_E_OK && thread_caller[t] != NOBODY) {
        error = BH_E_STATE;
    }
    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    receive(t, cap_object[slot], deadline);
}

/* The endpoint is checked first: a server never answers and then finds itself without work. */
void endpoint_reply_recv(uint32_t t, uint64_t index)
{
    uint32_t slot = cap_slot(thread_captable[t], index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);

    if (error == BH_E_OK && thread_caller[t] == NOBODY) {
        error = BH_E_NO_CALLER;
    }
    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    reply_answer(t);
    if (thread_state[t] == THREAD_READY) {
        receive(t, cap_object[slot], BH_NO_DEADLINE);
    }
}
