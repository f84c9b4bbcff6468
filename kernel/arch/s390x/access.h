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

static inline uint64_t hw_load_text(uint64_t address)
{
    uint64_t text;

    asm volatile("lg %0,0(%1)" : "=d"(text) : "a"(address) : "memory"); /* on any boundary */
    return text;
}

static inline void hw_store(uint64_t address, uint64_t value)
{
    *(volatile uint64_t *)address = value;
}

static inline void hw_store_byte(uint64_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

static inline void hw_move(uint64_t to, uint64_t from, uint64_t bytes)
{
    register uint64_t target asm("2") = to;
    register uint64_t target_left asm("3") = bytes;
    register uint64_t source asm("4") = from;
    register uint64_t source_left asm("5") = bytes;

    asm volatile("0: mvcle %0,%2,0\n\t"
                 "jo 0b"
                 : "+d"(target), "+d"(target_left), "+d"(source), "+d"(source_left)
                 :
                 : "cc", "memory");
}

#endif
