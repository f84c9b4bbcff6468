/* SPDX-License-Identifier: BSD-2-Clause */
/* The mirror: for every I/O page the guest's word as last accepted, with the protection of the
 * levels above it; what the kernel's I/O space holds follows from it. Belongs to: translator
 * (pure).
 *
 * page: I/O page number (iova / 4096). slot: index into the pool of mirror words. segment: 256
 * pages, one page table. A word that was not accepted is IOT_PTE_EMPTY here, so it differs from the
 * guest's and is looked at again in every request. */
#ifndef BULKHEAD_TRANSLATOR_MIRROR_H
#define BULKHEAD_TRANSLATOR_MIRROR_H

#include <stdint.h>

#include "drivers/zpci/translator/guest.h"
#include "drivers/zpci/translator/limits.h"
#include "libs/zformats/iotable.h"

#define MIRROR_SEGMENTS (TRANSLATOR_PAGES / 256u)
#define MIRROR_GROUP_SEGMENTS 32u /* in a word of the bit map; 256 bytes of the guest's table */
#define MIRROR_GROUP_PAGES 8192u
#define MIRROR_GROUPS (TRANSLATOR_PAGES / MIRROR_GROUP_PAGES)

extern uint64_t mirror_used;                        /* slots taken */
extern uint64_t mirror_word[TRANSLATOR_PAGES];      /* in the guest's byte order */
extern uint32_t mirror_valid[MIRROR_SEGMENTS];      /* valid words of a segment */
extern uint64_t mirror_first[TRANSLATOR_FUNCTIONS]; /* the function's window: first page */
extern uint64_t mirror_pages[TRANSLATOR_FUNCTIONS]; /* 0: no such function */
extern uint32_t mirror_base[TRANSLATOR_FUNCTIONS];  /* slot of the first page */
extern uint32_t mirror_live[MIRROR_GROUPS];         /* bit of a segment: mirror_valid is not 0 */

/* Takes the window [first, first + pages) for function f and empties it: 1, or 0 if f has one, the
 * pages are no multiples of 256 or empty, or the pool is used up. Slot and page are equal modulo
 * MIRROR_GROUP_PAGES, which may leave a gap in the pool. */
int mirror_take(uint32_t f, uint64_t first, uint64_t pages);

/* Forgets every word of f. Mappings that are still counted stay so: see budget_drop_all. */
void mirror_reset(uint32_t f);

/* Requires, for all below: page is inside the window of f. */
static inline uint32_t mirror_slot(uint32_t f, uint64_t page)
{
    return mirror_base[f] + (uint32_t)(page - mirror_first[f]);
}

static inline uint32_t mirror_segment_valid(uint32_t f, uint64_t page)
{
    return mirror_valid[mirror_slot(f, page) / IOT_PAGE_ENTRIES];
}

/* The bits of the 32 segments around a page. */
static inline uint32_t mirror_group_live(uint32_t f, uint64_t page)
{
    return mirror_live[mirror_slot(f, page) / MIRROR_GROUP_PAGES];
}

/* Sets or clears the bit of a slot's segment. */
void mirror_mark(uint32_t slot);

/* The segment of a slot gained and lost so many valid words. */
static inline void mirror_count(uint32_t slot, uint32_t gained, uint32_t lost)
{
    uint32_t *valid = &mirror_valid[slot / IOT_PAGE_ENTRIES];
    uint32_t before = *valid;

    *valid = before + gained - lost;
    if (before == 0 || *valid == 0)
        mirror_mark(slot);
}

static inline uint64_t mirror_get(uint64_t slot)
{
    return guest_order(mirror_word[slot]);
}

static inline void mirror_put(uint64_t slot, uint64_t word)
{
    mirror_word[slot] = guest_order(word);
}

#endif
