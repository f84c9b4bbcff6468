/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who runs: one set of ready threads per priority, so that choosing takes a fixed number of steps.
 * Inline, because every call and reply passes here twice. Belongs to: kernel.
 */
#ifndef KERNEL_READY_H
#define KERNEL_READY_H

#include "kernel/object/bits.h"
#include "kernel/object/thread.h"

extern uint64_t ready_set[BH_PRIORITIES];
extern uint64_t ready_levels;              /* bit_of(31 - priority) if its set is not empty */
extern uint32_t ready_turn[BH_PRIORITIES]; /* where going round starts */
extern uint32_t current;                   /* the running thread, or NOBODY */
extern uint32_t reschedule;                /* 1: choose again before leaving the kernel */

/* Requires: t was not ready. */
static inline void ready_add(uint32_t t)
{
    uint32_t priority = thread_priority[t];

    ready_set[priority] |= bit_of(t);
    ready_levels |= bit_of(BH_PRIORITIES - 1u - priority);
    reschedule = 1;
}

/* Requires: t was ready. */
static inline void ready_remove(uint32_t t)
{
    uint32_t priority = thread_priority[t];
    uint64_t left = ready_set[priority] & ~bit_of(t);

    ready_set[priority] = left;
    if (left == 0) {
        ready_levels &= ~bit_of(BH_PRIORITIES - 1u - priority);
    }
    reschedule = 1;
}

/* The most urgent ready thread, or NOBODY. */
static inline uint32_t ready_choose(void)
{
    uint32_t priority;

    if (ready_levels == 0) {
        return NOBODY;
    }
    priority = BH_PRIORITIES - 1u - first_of(ready_levels) % BH_PRIORITIES;
    return first_from(ready_set[priority], ready_turn[priority]);
}

/* Others of the running thread's priority go first. */
void ready_yield(uint32_t t);

#endif
