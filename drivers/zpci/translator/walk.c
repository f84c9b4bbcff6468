/* SPDX-License-Identifier: BSD-2-Clause */
/* Walk through the guest's upper tables. Belongs to: translator (pure). */
#include "drivers/zpci/translator/walk.h"

#include "libs/zformats/ccdf.h"

const uint8_t *guest_base;
uint64_t guest_bytes;

#define REGION_PAGES (IOT_REGION3_SIZE / IOT_PAGE_SIZE)

/* Everything of an entry that must have one certain value. */
#define RTE_FIXED (IOT_UPPER_INVALID | IOT_TYPE_MASK | IOT_OFFSET_MASK | IOT_LENGTH_FULL)

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

uint64_t walk_odd_segment(uint64_t entry, uint64_t protection)
{
    if (entry == 0)
        return bad_link(PEC_TABLE_ENTRY);
    if (!iot_upper_valid(entry))
        return LINK_ABSENT;
    if (!iot_ste_type_ok(entry))
        return bad_link(PEC_TABLE_TYPE);
    if (!iot_ste_is_1m(entry))
        return bad_link(PEC_TABLE_ENTRY);
    return iot_ste_1m_frame(entry) * IOT_PAGE_SIZE + protection + LINK_FRAME;
}
