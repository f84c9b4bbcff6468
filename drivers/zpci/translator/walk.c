/* SPDX-License-Identifier: BSD-2-Clause */
/* Upper entries that are invalid, bad, or a 1 MiB frame. Belongs to: translator (pure).
 *
 * An entry of 0 is bad, as is one outside the guest's memory: QEMU reads such a one as 0. The order
 * of the checks is QEMU's too, so that the guest meets the same event codes. */
#include "drivers/zpci/translator/walk.h"

#include "libs/zformats/ccdf.h"

const uint8_t *guest_base;
uint64_t guest_bytes;

static uint64_t bad_link(uint32_t event)
{
    return LINK_BAD + (uint64_t)event * LINK_EVENT_UNIT;
}

uint64_t walk_odd_region(uint64_t entry)
{
    if (entry == 0)
        return bad_link(PEC_TABLE_ENTRY);
    if (!iot_upper_valid(entry))
        return LINK_ABSENT;
    return bad_link(iot_rte_length_ok(entry) ? PEC_TABLE_TYPE : PEC_TABLE_LENGTH);
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
