/* SPDX-License-Identifier: BSD-2-Clause */
/* The clock and memory: one instruction each (kernel/machine.h). Belongs to: kernel. */
#ifndef KERNEL_ACCESS_H
#define KERNEL_ACCESS_H

#include <stdint.h>

static inline uint64_t hw_time(void)
{
    uint64_t now;

    asm volatile("stckf %0" : "=Q"(now) : : "cc");
    return now;
}

static inline uint64_t hw_load(uint64_t address)
{
    return *(volatile uint64_t *)address;
}

static inline void hw_store(uint64_t address, uint64_t value)
{
    *(volatile uint64_t *)address = value;
}

#endif
