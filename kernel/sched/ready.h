/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who runs: one set of ready threads per priority, so that choosing takes a fixed number of steps.
 * The running thread is in no set. Where it is certain whom a choice would name, the processor is
 * handed over at once and no set is searched: a call and its reply touch none. What they pass is
 * inline. Belongs to: kernel.
 */
#ifndef KERNEL_READY_H
#define KERNEL_READY_H

#include "kernel/object/bits.h"
#include "kernel/object/thread.h"

extern uint64_t ready_set[BH_PRIORITIES];
extern uint64_t ready_levels;              /* ready_level(priority) if its set is not empty */
extern uint32_t ready_turn[BH_PRIORITIES]; /* where going round starts */
extern uint32_t current;                   /* the running thread, or NOBODY */

/* In ready_levels: who runs is to be chosen before the kernel is left. It stands above every
 * priority, so that nobody takes the processor at once while a choice is owed. The way out
 * (entry.S) tests it as the sign. */
#define READY_CHOICE 0x8000000000000000u

/* The more urgent, the further left. */
static inline uint64_t ready_level(uint64_t priority)
{
    return bit_of(63u - (uint32_t)priority);
}

/* 1 if a thread in a set is more urgent than this priority, or a choice is owed. */
static inline uint32_t ready_above(uint64_t priority)
{
    return ready_levels >> priority > 1u ? 1u : 0u;
}

/* Requires: t is in no set. */
static inline void ready_insert(uint32_t t)
{
    uint64_t priority = thread_priority(t);

    ready_set[priority] |= bit_of(t);
    ready_levels |= ready_level(priority);
}

/* Requires: t is in its set. */
static inline void ready_remove(uint32_t t)
{
    uint64_t priority = thread_priority(t);
    uint64_t left = ready_set[priority] & ~bit_of(t);

    ready_set[priority] = left;
    if (left == 0) {
        ready_levels &= ~ready_level(priority);
    }
}

/* Thread t may run from now on, and does if it is more urgent than the running one.
 * Requires: it was not ready; if the running thread stopped being ready, a choice is owed. */
void ready_wake(uint32_t t);

/* Thread t, which may run, into its set; a choice is owed. */
void ready_compete(uint32_t t);

/* Thread t may run from now on; the running thread no longer may, and no choice is owed for it
 * yet. Requires: t was not ready. */
static inline void ready_hand_over(uint32_t t)
{
    thread_state(t) = THREAD_READY;
    if (ready_above(thread_priority(t)) == 0) {
        current = t;
        return;
    }
    ready_compete(t);
}

/* Thread t may not run any more. Requires: it was ready; its state changes afterwards. */
static inline void ready_drop(uint32_t t)
{
    if (t == current) {
        ready_levels |= READY_CHOICE;
    } else {
        ready_remove(t);
    }
}

/* 1 if who runs is to be chosen. */
static inline uint32_t ready_choice_owed(void)
{
    return (ready_levels & READY_CHOICE) != 0 ? 1u : 0u;
}

/* The choice: the thread to run next, out of every set, or NOBODY; the others that are ready are in
 * sets. */
uint32_t ready_next(void);

/* Others of the running thread's priority go first. */
void ready_yield(uint32_t t);

#endif
