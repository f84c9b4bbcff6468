/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Endpoints: a call carries four words, waits for its one reply, and lends nothing else.
 * Belongs to: kernel.
 */
#ifndef KERNEL_ENDPOINT_H
#define KERNEL_ENDPOINT_H

#include "kernel/object/thread.h"

#define ENDPOINTS 64u

extern uint64_t endpoint_callers[ENDPOINTS];   /* threads whose call nobody took yet */
extern uint64_t endpoint_receivers[ENDPOINTS]; /* servers without work */
extern uint32_t endpoint_turn[ENDPOINTS];      /* where going round the callers starts */
extern uint32_t endpoint_partition[ENDPOINTS];
extern uint32_t endpoint_count;

void endpoint_call(uint32_t t);
void endpoint_recv(uint32_t t);
void endpoint_reply_recv(uint32_t t);

/* The call of thread t (its badge, event and words are set) goes to endpoint e.
 * Requires: t is ready. Ensures: t is not. */
void endpoint_submit(uint32_t t, uint32_t e);

uint32_t endpoint_ok(uint32_t e);

#endif
