/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: numbers that look random and repeat with their seed, on every host. Belongs to: test. */
#ifndef TESTS_FUZZ_RANDOM_H
#define TESTS_FUZZ_RANDOM_H

#include <stdint.h>

static uint64_t random_state = 1;

static inline void random_seed(uint64_t seed)
{
    random_state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators". */
static inline uint64_t random_next(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * UINT64_C(0x2545f4914f6cdd1d);
}

/* A number below limit, which is above 0. */
static inline uint32_t random_below(uint32_t limit)
{
    return (uint32_t)((random_next() >> 32) % limit);
}

#endif
