/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's upper translation tables: one load for each entry, checked against the guest's
 * memory before it is read. Belongs to: translator (pure).
 *
 * A link says where the next level is, in one word: origin (a multiple of 2 KiB) + protection 0x200
 * + event code * 4 + kind. Protection accumulates from the anchor down. */
#ifndef BULKHEAD_TRANSLATOR_WALK_H
#define BULKHEAD_TRANSLATOR_WALK_H

#include <stdint.h>

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

/* The link that the region-third table of a plain RTTO anchor holds for an I/O page (number). */
uint64_t walk_region(uint64_t iota, uint64_t page);

/* The link that the segment table holds for an I/O page. Any link may be given: what is not a table
 * is handed on. A page table that is returned lies in the guest's memory. */
uint64_t walk_segment(uint64_t link, uint64_t page);

/* Address of the segment-table entry for an I/O page. Requires: link_kind is LINK_TABLE. */
static inline uint64_t walk_segment_at(uint64_t link, uint64_t page)
{
    return link_origin(link) + page / IOT_PAGE_ENTRIES % IOT_TABLE_ENTRIES * sizeof(uint64_t);
}

/* Address of the page-table entry for an I/O page. Requires: link_kind is LINK_TABLE. */
static inline uint64_t walk_page_at(uint64_t link, uint64_t page)
{
    return link_origin(link) + page % IOT_PAGE_ENTRIES * sizeof(uint64_t);
}

#endif
