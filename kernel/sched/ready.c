/* SPDX-License-Identifier: BSD-2-Clause */
/* Ready threads by priority. Belongs to: kernel. */
#include "kernel/sched/ready.h"

uint64_t ready_set[BH_PRIORITIES];
uint64_t ready_levels;
uint32_t ready_turn[BH_PRIORITIES];
uint32_t current = NOBODY;
uint32_t candidate = NOBODY;
uint32_t reschedule;
static uint32_t yielding; /* 1: the running thread goes behind its equals */

void ready_yield(uint32_t t)
{
    ready_turn[thread_priority(t)] = (t + 1u) % 64u;
    yielding = 1;
    reschedule = 1;
}

/* The better of the running thread and the candidate; the other goes into its set. Of equals the
 * running one stays. */
static uint32_t front(void)
{
    uint32_t woken = candidate;

    candidate = NOBODY;
    if (current == NOBODY || thread_state(current) != THREAD_READY) {
        return woken;
    }
    if (yielding != 0 || (woken != NOBODY && thread_priority(woken) > thread_priority(current))) {
        ready_insert(current);
        return woken;
    }
    if (woken != NOBODY) {
        ready_insert(woken);
    }
    return current;
}

/* The first in turn of the most urgent set. Requires: a set is not empty. */
static uint32_t take_from_sets(void)
{
    uint32_t priority = BH_PRIORITIES - 1u - first_of(ready_levels) % BH_PRIORITIES;
    uint32_t t = first_from(ready_set[priority], ready_turn[priority]);

    ready_remove(t);
    return t;
}

uint32_t ready_search(void)
{
    uint32_t t = front();

    yielding = 0;
    if (ready_levels == 0) {
        return t;
    }
    if (t == NOBODY) {
        return take_from_sets();
    }
    if (BH_PRIORITIES - 1u - first_of(ready_levels) % BH_PRIORITIES > thread_priority(t)) {
        ready_insert(t);
        return take_from_sets();
    }
    return t;
}
