/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of up to 64 threads as one word: thread 0 is the leftmost bit, so "first" is one
 * instruction. Belongs to: kernel.
 */
#ifndef KERNEL_BITS_H
#define KERNEL_BITS_H

#include <stdint.h>

#define NOBODY 0xffffffffu /* "no thread", "no object" in every index field */

static inline uint64_t bit_of(uint32_t index)
{
    return 0x8000000000000000u >> (index % 64u);
}

/* Requires: set != 0. */
static inline uint32_t first_of(uint64_t set)
{
    return (uint32_t)__builtin_clzll(set) % 64u;
}

/* The first member at or after start, going round. Requires: set != 0. */
static inline uint32_t first_from(uint64_t set, uint32_t start)
{
    uint32_t turn = start % 64u;
    uint64_t turned = (set << turn) | (set >> ((64u - turn) % 64u));

    return (first_of(turned) + turn) % 64u;
}

#endif
