/* SPDX-License-Identifier: BSD-2-Clause */
/* Ready threads by priority. Belongs to: kernel. */
#include "kernel/sched/ready.h"

uint64_t ready_set[BH_PRIORITIES];
uint64_t ready_levels;
uint32_t ready_turn[BH_PRIORITIES];
uint32_t current = NOBODY;
uint32_t reschedule;

void ready_yield(uint32_t t)
{
    ready_turn[thread_priority[t]] = (t + 1u) % 64u;
    reschedule = 1;
}
