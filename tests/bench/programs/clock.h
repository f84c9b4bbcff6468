/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock of the benchmarks. Belongs to: test. Under an emulator that counts instructions one
 * instruction is one nanosecond, and a nanosecond 4.096 units of the TOD clock.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdint.h>

/* STCKF: the time, in one instruction and one load. */
static inline uint64_t clock_now(void)
{
    uint64_t now;

    __asm__ volatile("stckf %0" : "=Q"(now) : : "cc", "memory");
    return now;
}

static inline uint64_t clock_instructions(uint64_t units)
{
    return (units * 1000u + 2048u) / 4096u;
}

/* The page that the benchmark's processes share: who wrote the time last. */
struct clock_page {
    volatile uint64_t ticker; /* the one that only counts time */
    volatile uint64_t waiter; /* the one that a signal wakes */
    volatile uint64_t wakeups;
};

#endif
