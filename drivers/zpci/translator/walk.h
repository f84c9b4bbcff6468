/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's upper translation tables: one load for each entry, checked against the guest's
 * memory before it is read. Belongs to: translator (pure).
 *
 * A link says where the next level is, in one word: origin (a multiple of 2 KiB) + protection 0x200
 * + event code * 4 + kind. Protection accumulates from the anchor down. */
#ifndef BULKHEAD_TRANSLATOR_WALK_H
#define BULKHEAD_TRANSLATOR_WALK_H

#include <stdint.h>

#include "drivers/zpci/translator/guest.h"
#include "libs/zformats/iotable.h"

#define LINK_TABLE 0u  /* origin of a segment or page table; not yet checked against the memory */
#define LINK_FRAME 1u  /* origin of a 1 MiB frame */
#define LINK_ABSENT 2u /* an invalid entry: nothing is mapped below */
#define LINK_BAD 3u    /* an entry that breaks the format or lies outside the guest's memory */

#define LINK_ORIGIN_UNIT UINT64_C(0x800)
#define LINK_EVENT_UNIT 4u
#define LINK_EVENT_LIMIT 16u

static inline uint64_t link_kind(uint64_t link)
{
    return link % LINK_EVENT_UNIT;
}

/* PEC_* of a bad link (libs/zformats/ccdf.h). */
static inline uint32_t link_event(uint64_t link)
{
    return (uint32_t)(link / LINK_EVENT_UNIT % LINK_EVENT_LIMIT);
}

static inline uint64_t link_origin(uint64_t link)
{
    return link / LINK_ORIGIN_UNIT * LINK_ORIGIN_UNIT;
}

/* 0 or IOT_PROTECTED. */
static inline uint64_t link_protection(uint64_t link)
{
    return link & IOT_PROTECTED;
}

/* Address of the segment-table entry for an I/O page, and of the page-table entry. Requires:
 * link_kind is LINK_TABLE. */
static inline uint64_t walk_segment_at(uint64_t link, uint64_t page)
{
    return link_origin(link) + page / IOT_PAGE_ENTRIES % IOT_TABLE_ENTRIES * sizeof(uint64_t);
}

static inline uint64_t walk_page_at(uint64_t link, uint64_t page)
{
    return link_origin(link) + page % IOT_PAGE_ENTRIES * sizeof(uint64_t);
}

/* The link for a region-third entry that is not plainly right. */
uint64_t walk_odd_region(uint64_t entry);

#define WALK_RTE_FIXED (IOT_UPPER_INVALID | IOT_TYPE_MASK | IOT_OFFSET_MASK | IOT_LENGTH_FULL)
#define WALK_REGION_PAGES (IOT_REGION3_SIZE / IOT_PAGE_SIZE)

/* The link that the region-third table of a plain RTTO anchor holds for an I/O page (number). */
static inline uint64_t walk_region(uint64_t iota, uint64_t page)
{
    uint64_t at = iota / IOT_TABLE_BYTES * IOT_TABLE_BYTES +
                  page / WALK_REGION_PAGES % IOT_TABLE_ENTRIES * sizeof(uint64_t);
    uint64_t entry;

    if (at >= guest_bytes)
        return walk_odd_region(0);
    entry = guest_load(guest_at(at));
    if ((entry & WALK_RTE_FIXED) != IOT_RTE_FLAGS)
        return walk_odd_region(entry);
    return entry / IOT_TABLE_BYTES * IOT_TABLE_BYTES + ((iota | entry) & IOT_PROTECTED);
}

/* The link for a segment-table entry, under the protection (0 or 0x200) of the levels above, if it
 * is anything but a valid entry for a page table. */
uint64_t walk_odd_segment(uint64_t entry, uint64_t protection);

#define WALK_STE_FIXED (IOT_UPPER_INVALID | IOT_TYPE_MASK | IOT_STE_1M)

/* The link that the segment table holds for an I/O page. A page table that it names lies in the
 * guest's memory. Requires: link_kind is LINK_TABLE. */
static inline uint64_t walk_segment(uint64_t link, uint64_t page)
{
    uint64_t at = walk_segment_at(link, page);
    uint64_t entry;

    if (at >= guest_bytes)
        return walk_odd_segment(0, 0);
    entry = guest_load(guest_at(at));
    if ((entry & WALK_STE_FIXED) != 0 || entry == 0 || entry >= guest_bytes)
        return walk_odd_segment(entry, (link | entry) & IOT_PROTECTED);
    return link_origin(entry) + ((link | entry) & IOT_PROTECTED);
}

#endif
