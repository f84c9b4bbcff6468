/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoints: call, receive. Belongs to: kernel. */
#include "kernel/object/endpoint.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/reply.h"
#include "kernel/object/servers.h"
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
    endpoint_join(client, server, thread_badge(client));
    if (thread_event(client) == 0) {
        reply_copy_words(client, server);
    } else {
        reply_put_words(server, thread_word(client, 0u), thread_word(client, 1u),
                        thread_word(client, 2u), thread_word(client, 3u));
    }
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
    server = endpoint_take_receiver(t, e, thread_badge(t));
    deliver(t, server);
    ready_wake(server);
}

void endpoint_call(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot((uint32_t)thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_CALL);
    uint32_t e = cap_object[slot];
    uint32_t server;

    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    if (endpoint_receivers[e] != 0) { /* the words go from registers to registers */
        server = endpoint_take_receiver(t, e, cap_badge[slot]);
        reply_copy_words(t, server);
        ready_hand_over(server);
        return;
    }
    if (partition_stopped[endpoint_partition[e]] != 0 || endpoint_dead[e] != 0) {
        thread_error(t, BH_E_STOPPED);
        return;
    }
    thread_badge(t) = cap_badge[slot];
    endpoint_submit(t, e);
}

/* Whether work waits for thread t at endpoint e. */
static inline uint32_t is_pending(uint32_t t, uint32_t e)
{
    uint64_t bound = thread_bound(t);

    return endpoint_callers[e] != 0 || (bound != NOBODY && notification_word[bound] != 0);
}

/* A signal that waits goes first: a server that is called all the time still sees it.
 * Requires: work waits. */
static __attribute__((noinline)) void take_pending(uint32_t t, uint32_t e)
{
    uint32_t client;

    if (thread_bound(t) != NOBODY && notification_word[thread_bound(t)] != 0) {
        notification_take(thread_bound(t), t, BH_E_NOTIFIED);
        return;
    }
    client = first_from(endpoint_callers[e], endpoint_turn[e]);
    endpoint_callers[e] &= ~bit_of(client);
    endpoint_turn[e] = (client + 1u) % 64u;
    deliver(client, t);
}

/* Thread t, which runs, waits for work from here on; whoever calls this sees to who runs next. */
static inline void wait_for_work(uint32_t t, uint32_t e)
{
    thread_state(t) = THREAD_RECEIVING;
    thread_object(t) = e;
    endpoint_receivers[e] |= bit_of(t);
}

/* Thread t, which runs, takes work or waits for it. */
static void receive(uint32_t t, uint32_t e, uint64_t deadline)
{
    if (is_pending(t, e) != 0) {
        take_pending(t, e);
        return;
    }
    if (deadline == 0) {
        thread_error(t, BH_E_TIMEOUT);
        return;
    }
    wait_for_work(t, e);
    ready_drop(t);
    timer_arm(t, deadline);
}

void endpoint_recv(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);

    if (error == BH_E_OK && thread_caller(t) != NOBODY) {
        error = BH_E_STATE;
    }
    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    receive(t, cap_object[slot], thread_argument(t, 0));
}

static __attribute__((noinline)) void take_next(uint32_t t, uint32_t e, uint32_t client)
{
    ready_wake(client);
    take_pending(t, e);
}

/* Nothing waits for t, which has a deadline. */
static __attribute__((noinline)) void receive_until(uint32_t t, uint32_t e, uint32_t client,
                                                    uint64_t deadline)
{
    if (deadline == 0) {
        ready_wake(client);
        thread_error(t, BH_E_TIMEOUT);
        return;
    }
    wait_for_work(t, e);
    timer_arm(t, deadline);
    ready_hand_over(client);
}

/* Thread t has answered and client may go on: t takes work, or leaves the processor to it. */
static inline void receive_next(uint32_t t, uint32_t e, uint32_t client)
{
    uint64_t deadline = THREAD_WORD(t, SAVE_GR + 3u);

    if (is_pending(t, e) != 0) {
        take_next(t, e, client);
        return;
    }
    if (deadline != BH_NO_DEADLINE) {
        receive_until(t, e, client, deadline);
        return;
    }
    wait_for_work(t, e);
    ready_hand_over(client);
}

/* This answer may stop the partition, and t with it. */
static __attribute__((noinline)) void answer_event(uint32_t t, uint32_t e)
{
    uint32_t client = reply_answer(t);

    if (client != NOBODY) {
        receive_next(t, e, client);
    } else if (thread_state(t) == THREAD_READY) {
        receive(t, e, THREAD_WORD(t, SAVE_GR + 3u));
    }
}

/* The endpoint is checked first: a server never answers and then finds itself without work. */
void endpoint_reply_recv(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_RECV);
    uint32_t client;

    if (error == BH_E_OK && thread_caller(t) == NOBODY) {
        error = BH_E_NO_CALLER;
    }
    if (error != BH_E_OK) {
        thread_error(t, error);
        return;
    }
    if (thread_event(thread_caller(t)) != 0) {
        answer_event(t, cap_object[slot]);
        return;
    }
    client = (uint32_t)thread_caller(t);
    reply_words(t, client);
    (void)reply_use(t);
    receive_next(t, cap_object[slot], client);
}
