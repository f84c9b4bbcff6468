/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoints: call, receive. Belongs to: kernel. */
#include "kernel/object/endpoint.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/reply.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"

uint64_t endpoint_callers[ENDPOINTS];
uint64_t endpoint_receivers[ENDPOINTS];
uint32_t endpoint_turn[ENDPOINTS];
uint32_t endpoint_partition[ENDPOINTS];
uint32_t endpoint_count;

/* Server and client belong together until the reply. */
static inline void join(uint32_t client, uint32_t server)
{
    thread_caller(server) = client;
    thread_server(client) = server;
    thread_state(client) = THREAD_ANSWERING;
}

/* The server's registers become those of a finished RECV, and it owns the reply. */
static void deliver(uint32_t client, uint32_t server)
{
    join(client, server);
    thread_error(server, BH_E_OK);
    thread_result(server, 0, thread_badge(client));
    if (thread_event(client) == 0) {
        reply_copy_words(client, server);
    } else {
        reply_copy_event(client, server);
    }
}

/* A server without work, out of its queue. Requires: there is one. */
static inline uint32_t take_receiver(uint32_t e)
{
    uint32_t server = first_of(endpoint_receivers[e]);

    endpoint_receivers[e] &= ~bit_of(server);
    timer_cancel(server);
    return server;
}

static void queue(uint32_t t, uint32_t e)
{
    thread_state(t) = THREAD_CALLING;
    thread_object(t) = e;
    endpoint_callers[e] |= bit_of(t);
}

void endpoint_submit(uint32_t t, uint32_t e)
{
    uint32_t server;

    ready_drop(t);
    if (endpoint_receivers[e] == 0) {
        queue(t, e);
        return;
    }
    server = take_receiver(e);
    deliver(t, server);
    ready_wake(server);
}

/* The same for a call whose server waits: the words go from registers to registers. */
static inline void hand_over(uint32_t t, uint32_t e, uint64_t badge)
{
    uint32_t server = take_receiver(e);

    join(t, server); /* t runs, so it is in no set: its new state is all */
    thread_error(server, BH_E_OK);
    thread_result(server, 0, badge);
    reply_copy_words(t, server);
    ready_wake(server);
}

void endpoint_call(uint32_t t, uint64_t index)
{
    uint32_t slot = cap_slot((uint32_t)thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_CALL);
    uint32_t e = cap_object[slot];

    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    thread_event(t) = 0;
    if (endpoint_receivers[e] != 0) {
        hand_over(t, e, cap_badge[slot]);
        return;
    }
    if (partition_stopped[endpoint_partition[e]] != 0) {
        thread_error(t, BH_E_STOPPED);
        return;
    }
    thread_badge(t) = cap_badge[slot];
    endpoint_submit(t, e);
}

/* A signal that waits goes first: a server that is called all the time still sees it. */
static __attribute__((noinline)) uint32_t take_pending(uint32_t t, uint32_t e)
{
    uint32_t client;

    if (thread_bound(t) != NOBODY && notification_word[thread_bound(t)] != 0) {
        notification_take(thread_bound(t), t, BH_E_NOTIFIED);
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

/* Thread t, which runs, takes work or waits for it. */
static inline void receive(uint32_t t, uint32_t e, uint64_t deadline)
{
    uint64_t bound = thread_bound(t);

    if ((endpoint_callers[e] != 0 || (bound != NOBODY && notification_word[bound] != 0)) &&
        take_pending(t, e) != 0) {
        return;
    }
    if (deadline == 0) {
        thread_error(t, BH_E_TIMEOUT);
        return;
    }
    thread_state(t) = THREAD_RECEIVING;
    thread_object(t) = e;
    endpoint_receivers[e] |= bit_of(t);
    reschedule = 1;
    if (deadline != BH_NO_DEADLINE) {
        timer_arm(t, deadline);
    }
}

void endpoint_recv(uint32_t t, uint64_t index, uint64_t deadline)
{
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);

    if (error == BH_E_OK && thread_caller(t) != NOBODY) {
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
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);

    if (error == BH_E_OK && thread_caller(t) == NOBODY) {
        error = BH_E_NO_CALLER;
    }
    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    if (thread_event(thread_caller(t)) == 0) {
        reply_words(t);
        receive(t, cap_object[slot], BH_NO_DEADLINE);
        return;
    }
    reply_answer(t);
    if (thread_state(t) == THREAD_READY) {
        receive(t, cap_object[slot], BH_NO_DEADLINE);
    }
}
