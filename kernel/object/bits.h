/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of up to 64 threads as one word: thread 0 is the leftmost bit, so "first" is one
 * instruction. Belongs to: kernel.
 */
#ifndef KERNEL_BITS_H
#define KERNEL_BITS_H

#include <stdint.h>

#define NOBODY 0xffffffffu /* "no thread", "no object" in every index field */

/*@ predicate member(uint64_t members, integer i) = ((members >> (63 - i)) & 1) == 1; */

/*@ assigns \nothing;
    ensures \forall integer i; 0 <= i < 64 ==> (member(\result, i) <==> i == index % 64);
*/
static inline uint64_t bit_of(uint32_t index)
{
    return 0x8000000000000000u >> (index % 64u);
}

/*@ requires members != 0;
    assigns \nothing;
    ensures \result < 64 && member(members, \result);
    ensures \forall integer i; 0 <= i < \result ==> !member(members, i);
*/
static inline uint32_t first_of(uint64_t members)
{
    return (uint32_t)__builtin_clzll(members) % 64u;
}

/* The first member at or after start, going round. */
/*@ requires members != 0;
    assigns \nothing;
    ensures \result < 64 && member(members, \result);
*/
static inline uint32_t first_from(uint64_t members, uint32_t start)
{
    uint64_t after = members & (UINT64_MAX >> (start % 64u));

    return first_of(after != 0 ? after : members);
}

#endif
