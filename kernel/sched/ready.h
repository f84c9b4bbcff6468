/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who runs: one set of ready threads per priority, so that choosing takes a fixed number of steps.
 * The running thread is in no set, nor is the candidate: the thread that was woken first since the
 * last choice. So a call or reply hands the processor over without touching a set. Inline, because
 * every call and reply passes here twice. Belongs to: kernel.
 */
#ifndef KERNEL_READY_H
#define KERNEL_READY_H

#include "kernel/object/bits.h"
#include "kernel/object/thread.h"

extern uint64_t ready_set[BH_PRIORITIES];
extern uint64_t ready_levels;              /* bit_of(31 - priority) if its set is not empty */
extern uint32_t ready_turn[BH_PRIORITIES]; /* where going round starts */
extern uint32_t current;                   /* the running thread, or NOBODY */
extern uint32_t candidate;                 /* woken, in no set yet, or NOBODY */
extern uint32_t reschedule;                /* 1: choose again before leaving the kernel */

/* Requires: t is in no set. */
static inline void ready_insert(uint32_t t)
{
    uint64_t priority = thread_priority(t);

    ready_set[priority] |= bit_of(t);
    ready_levels |= bit_of(BH_PRIORITIES - 1u - (uint32_t)priority);
}

/* Requires: t is in its set. */
static inline void ready_remove(uint32_t t)
{
    uint64_t priority = thread_priority(t);
    uint64_t left = ready_set[priority] & ~bit_of(t);

    ready_set[priority] = left;
    if (left == 0) {
        ready_levels &= ~bit_of(BH_PRIORITIES - 1u - (uint32_t)priority);
    }
}

/* Thread t may run from now on. Requires: it was not ready. */
static inline void ready_wake(uint32_t t)
{
    thread_state(t) = THREAD_READY;
    reschedule = 1;
    if (candidate == NOBODY) {
        candidate = t;
    } else {
        ready_insert(t);
    }
}

/* Thread t may not run any more. Requires: it was ready; its state changes afterwards. */
static inline void ready_drop(uint32_t t)
{
    reschedule = 1;
    if (t == current) {
        return;
    }
    if (t == candidate) {
        candidate = NOBODY;
    } else {
        ready_remove(t);
    }
}

/* The thread to run next, out of every set, or NOBODY; the others that are ready are in sets. */
uint32_t ready_search(void);

static inline uint32_t ready_next(void)
{
    uint32_t t = candidate;

    /* The running thread handed over to one that is as urgent as any other. */
    if (t != NOBODY && current != NOBODY && thread_state(current) != THREAD_READY &&
        (ready_levels == 0 ||
         thread_priority(t) >= BH_PRIORITIES - 1u - first_of(ready_levels) % BH_PRIORITIES)) {
        candidate = NOBODY;
        return t;
    }
    return ready_search();
}

/* Others of the running thread's priority go first. */
void ready_yield(uint32_t t);

#endif
