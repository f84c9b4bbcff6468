/* SPDX-License-Identifier: BSD-2-Clause */
/* Mirror words, and the counts and bits that sum them up. Belongs to: translator (pure). */
#include "drivers/zpci/translator/mirror.h"

uint64_t mirror_used;
uint64_t mirror_word[TRANSLATOR_PAGES];
uint32_t mirror_valid[MIRROR_SEGMENTS];
uint64_t mirror_first[TRANSLATOR_FUNCTIONS];
uint64_t mirror_pages[TRANSLATOR_FUNCTIONS];
uint32_t mirror_base[TRANSLATOR_FUNCTIONS];
uint32_t mirror_live[MIRROR_GROUPS];

static uint32_t live_bit(uint32_t slot)
{
    return UINT32_C(1) << slot / IOT_PAGE_ENTRIES % MIRROR_GROUP_SEGMENTS;
}

/* The first free slot that equals `first` modulo MIRROR_GROUP_PAGES. */
static uint64_t aligned_slot(uint64_t first)
{
    uint64_t offset = first % MIRROR_GROUP_PAGES;
    uint64_t group = mirror_used / MIRROR_GROUP_PAGES * MIRROR_GROUP_PAGES;

    return group + offset + (mirror_used > group + offset ? MIRROR_GROUP_PAGES : 0);
}

int mirror_take(uint32_t f, uint64_t first, uint64_t pages)
{
    uint64_t slot = aligned_slot(first);

    if (mirror_pages[f] != 0 || pages == 0 || slot > TRANSLATOR_PAGES ||
        pages > TRANSLATOR_PAGES - slot || first % IOT_PAGE_ENTRIES != 0 ||
        pages % IOT_PAGE_ENTRIES != 0)
        return 0;
    mirror_first[f] = first;
    mirror_pages[f] = pages;
    mirror_base[f] = (uint32_t)slot;
    mirror_used = slot + pages;
    mirror_reset(f);
    return 1;
}

void mirror_reset(uint32_t f)
{
    uint32_t slot = mirror_base[f];
    uint32_t end = slot + (uint32_t)mirror_pages[f];

    for (; slot < end; slot += (uint32_t)IOT_PAGE_ENTRIES)
        mirror_count(slot, 0, mirror_valid[slot / IOT_PAGE_ENTRIES]);
    for (slot = mirror_base[f]; slot < end; slot++)
        mirror_put(slot, IOT_PTE_EMPTY);
}

void mirror_mark(uint32_t slot)
{
    uint32_t group = slot / MIRROR_GROUP_PAGES;

    if (mirror_valid[slot / IOT_PAGE_ENTRIES] != 0)
        mirror_live[group] |= live_bit(slot);
    else
        mirror_live[group] &= ~live_bit(slot);
}
