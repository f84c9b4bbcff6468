/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's memory as the translator sees it: read-only, and changed by the guest at any time.
 * Belongs to: translator.
 *
 * at: guest absolute address in bytes. Values are big-endian in memory and in host order as
 * results. The window is a multiple of 4 KiB, so a table entry, a page table and an aligned block
 * of 256 bytes lie inside it if their first byte does. */
#ifndef BULKHEAD_TRANSLATOR_GUEST_H
#define BULKHEAD_TRANSLATOR_GUEST_H

#include <stdint.h>
#include <string.h>

#define GUEST_BLOCK_BYTES 256u /* what the machine compares in one instruction */
#define GUEST_BLOCK_WORDS 32u
#define GUEST_TABLE_WORDS 256u

extern const uint8_t *guest_base;
extern uint64_t guest_bytes; /* a multiple of 4096, at most TRANSLATOR_FRAMES * 4096 */

/* Tests change the guest's memory just before it is read. */
#ifdef TRANSLATOR_GUEST_HOOK
void guest_hook(const uint8_t *at);
#else
static inline void guest_hook(const uint8_t *at)
{
    (void)at;
}
#endif

/* Host order to the guest's and back; GUEST_ORDER is a constant expression. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define GUEST_ORDER(value) (value)
#else
#define GUEST_ORDER(value) __builtin_bswap64(value)
#endif

static inline uint64_t guest_order(uint64_t value)
{
    return GUEST_ORDER(value);
}

/* Requires, here and below: at is inside the guest's memory. */
static inline const uint8_t *guest_at(uint64_t at)
{
    return guest_base + at;
}

/* The doubleword at an 8-byte boundary, in exactly one load. Decide on the result alone: a second
 * load may see another value. */
static inline uint64_t guest_load(const uint8_t *entry)
{
    guest_hook(entry);
    return guest_order(*(const volatile uint64_t *)(const void *)entry);
}

/* 1 if the block at a 256-byte boundary equals 32 words in the guest's order. The compare may see
 * each byte at another moment, so only "equal" means something: every byte was that of a word which
 * the guest had written before. */
static inline int guest_same(const uint8_t *block, const uint64_t *words)
{
    guest_hook(block);
    return memcmp(block, words, GUEST_BLOCK_BYTES) == 0;
}

/* The same for a page table: 256 words. */
static inline int guest_same_table(const uint8_t *table, const uint64_t *words)
{
    uint32_t i;

#pragma GCC unroll 8
    for (i = 0; i < GUEST_TABLE_WORDS; i += GUEST_BLOCK_WORDS) {
        if (!guest_same(table + i * sizeof(uint64_t), words + i))
            return 0;
    }
    return 1;
}

/* Requires: base is aligned to 4096; bytes as for guest_bytes. */
static inline void guest_set(const uint8_t *base, uint64_t bytes)
{
    guest_base = base;
    guest_bytes = bytes;
}

#endif
