/* SPDX-License-Identifier: BSD-2-Clause */
/* Ready threads by priority. Belongs to: kernel. */
#include "kernel/sched/ready.h"

uint64_t ready_set[BH_PRIORITIES];
uint64_t ready_levels;
uint32_t ready_turn[BH_PRIORITIES];
uint32_t current = NOBODY;
static uint32_t yielding; /* 1: the running thread goes behind its equals */

void ready_yield(uint32_t t)
{
    ready_turn[thread_priority(t)] = (t + 1u) % 64u;
    yielding = 1;
    ready_levels |= READY_CHOICE;
}

/* The running thread is as urgent as any in a set, so it alone is compared. Of equals it stays. */
void ready_wake(uint32_t t)
{
    thread_state(t) = THREAD_READY;
    if (ready_choice_owed() != 0 ||
        (current != NOBODY && thread_priority(t) <= thread_priority(current))) {
        ready_insert(t);
        return;
    }
    if (current != NOBODY) {
        ready_insert(current);
    }
    current = t;
}

void ready_compete(uint32_t t)
{
    ready_insert(t);
    ready_levels |= READY_CHOICE;
}

/* The first in turn of the most urgent set. */
static uint32_t take_from_sets(void)
{
    uint32_t priority = (63u - first_of(ready_levels)) % BH_PRIORITIES;
    uint32_t t = first_from(ready_set[priority], ready_turn[priority]);

    ready_remove(t);
    return t;
}

uint32_t ready_next(void)
{
    uint32_t stays = yielding == 0 ? 1u : 0u;

    yielding = 0;
    ready_levels &= ~READY_CHOICE;
    if (current != NOBODY && thread_state(current) == THREAD_READY) {
        if (stays != 0 && ready_above(thread_priority(current)) == 0) {
            return current;
        }
        ready_insert(current);
    }
    return ready_levels == 0 ? NOBODY : take_from_sets();
}
