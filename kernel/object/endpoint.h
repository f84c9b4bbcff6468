/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Endpoints: a call carries four words, waits for its one reply, and lends nothing else.
 * Belongs to: kernel.
 */
#ifndef KERNEL_ENDPOINT_H
#define KERNEL_ENDPOINT_H

#include "kernel/object/thread.h"
#include "kernel/sched/timer.h"

#define ENDPOINTS 64u

extern uint64_t endpoint_callers[ENDPOINTS];   /* threads whose call nobody took yet */
extern uint64_t endpoint_receivers[ENDPOINTS]; /* servers without work */
extern uint32_t endpoint_turn[ENDPOINTS];      /* where going round the callers starts */
extern uint32_t endpoint_partition[ENDPOINTS];
extern uint32_t endpoint_count;

/* The call of client reaches server with this badge: the server owns the reply, and its registers
 * become those of a finished RECV, but for the words. */
static inline void endpoint_join(uint32_t client, uint32_t server, uint64_t badge)
{
    thread_caller(server) = client;
    thread_server(client) = server;
    thread_state(client) = THREAD_ANSWERING;
    thread_error(server, BH_E_OK);
    thread_result(server, 0, badge);
}

/* The first server without work gets the call of client, but for the words; it is still to be made
 * ready. Requires: there is one. */
static inline uint32_t endpoint_take_receiver(uint32_t client, uint32_t e, uint64_t badge)
{
    uint32_t server = first_of(endpoint_receivers[e]);

    endpoint_receivers[e] &= ~bit_of(server);
    timer_cancel(server);
    endpoint_join(client, server, badge);
    return server;
}

void endpoint_call(uint32_t t);
void endpoint_recv(uint32_t t);
void endpoint_reply_recv(uint32_t t);

/* The call of thread t (its badge, event and words are set) goes to endpoint e.
 * Requires: t is ready. Ensures: t is not. */
void endpoint_submit(uint32_t t, uint32_t e);

uint32_t endpoint_ok(uint32_t e);

#endif
