/* SPDX-License-Identifier: BSD-2-Clause */
/* Walk through the guest's upper tables. Belongs to: translator (pure). */
#include "drivers/zpci/translator/walk.h"

#include "drivers/zpci/translator/guest.h"
#include "libs/zformats/ccdf.h"

const uint8_t *guest_base;
uint64_t guest_bytes;

#define REGION_PAGES (IOT_REGION3_SIZE / IOT_PAGE_SIZE)

/* Everything of an entry that must have one certain value. */
#define RTE_FIXED (IOT_UPPER_INVALID | IOT_TYPE_MASK | IOT_OFFSET_MASK | IOT_LENGTH_FULL)
#define STE_FIXED (IOT_UPPER_INVALID | IOT_TYPE_MASK | IOT_STE_1M)

static uint64_t bad_link(uint32_t event)
{
    return LINK_BAD + (uint64_t)event * LINK_EVENT_UNIT;
}

/* An entry that is not plainly right. The order is that in which QEMU looks. */
static uint64_t odd_region_entry(uint64_t entry)
{
    if (entry == 0)
        return bad_link(PEC_TABLE_ENTRY);
    if (!iot_upper_valid(entry))
        return LINK_ABSENT;
    return bad_link(iot_rte_length_ok(entry) ? PEC_TABLE_TYPE : PEC_TABLE_LENGTH);
}

uint64_t walk_region(uint64_t iota, uint64_t page)
{
    uint64_t at = iota / IOT_TABLE_BYTES * IOT_TABLE_BYTES +
                  page / REGION_PAGES % IOT_TABLE_ENTRIES * sizeof(uint64_t);
    uint64_t entry;

    if (at >= guest_bytes)
        return bad_link(PEC_TABLE_ENTRY);
    entry = guest_load(guest_at(at));
    if ((entry & RTE_FIXED) != IOT_RTE_FLAGS)
        return odd_region_entry(entry);
    return entry / IOT_TABLE_BYTES * IOT_TABLE_BYTES + ((iota | entry) & IOT_PROTECTED);
}

static uint64_t odd_segment_entry(uint64_t entry, uint64_t protection)
{
    if (entry == 0)
        return bad_link(PEC_TABLE_ENTRY);
    if (!iot_upper_valid(entry))
        return LINK_ABSENT;
    if (!iot_ste_type_ok(entry))
        return bad_link(PEC_TABLE_TYPE);
    return iot_ste_1m_frame(entry) * IOT_PAGE_SIZE + protection + LINK_FRAME;
}

uint64_t walk_segment(uint64_t link, uint64_t page)
{
    uint64_t protection;
    uint64_t entry;
    uint64_t at;

    if (link_kind(link) != LINK_TABLE)
        return link;
    at = walk_segment_at(link, page);
    if (at >= guest_bytes)
        return bad_link(PEC_TABLE_ENTRY);
    entry = guest_load(guest_at(at));
    protection = (link | entry) & IOT_PROTECTED;
    if ((entry & STE_FIXED) != 0 || entry == 0)
        return odd_segment_entry(entry, protection);
    if (link_origin(entry) >= guest_bytes)
        return bad_link(PEC_TABLE_ENTRY);
    return link_origin(entry) + protection;
}
