/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Portals: how the kernel delivers one reason of one thread (a fault, a guest's exit) to the
 * thread that serves it, and what happens when that one does not answer. Belongs to: kernel.
 */
#ifndef KERNEL_PORTAL_H
#define KERNEL_PORTAL_H

#include "kernel/object/thread.h"

#define PORTALS (THREADS * BH_REASONS)

extern uint32_t portal_endpoint[PORTALS]; /* index: portal_slot(thread, reason); NOBODY none */
extern uint64_t portal_badge[PORTALS];
extern uint32_t portal_time[PORTALS]; /* microseconds until the answer is due */

/* Requires: reason < BH_REASONS. */
static inline uint32_t portal_slot(uint32_t t, uint32_t reason)
{
    return reason * THREADS + t;
}

/* Thread t cannot go on for this reason. Without a portal, its partition stops.
 * Requires: t is ready. Ensures: t is not. */
void portal_send(uint32_t t, uint32_t reason, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3);

/* The server's words answer the event of t: 1 if it goes on, 0 if its partition was stopped. */
uint32_t portal_answered(uint32_t t, uint32_t server);

/* Nobody answered in time. */
void portal_timeout(uint32_t t);

#endif
