/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake's walk of real I/O translation tables, with QEMU's order of checks: a zero entry is an
 * error, an invalid one ends the walk, an origin of zero or a wrong type is a type error. */
#include "drivers/zpci/insn/fake_walk.h"

#include "libs/zformats/ccdf.h"
#include "libs/zformats/iotable.h"

/* Entry number index of the table at origin; outside of storage it reads as zero. */
static uint64_t entry_at(const struct fake_memory *memory, uint64_t origin, uint64_t index)
{
    uint64_t entry;

    return fake_memory_word(memory, origin + index * sizeof(entry), &entry) == 0 ? entry : 0;
}

static uint16_t region_error(uint64_t entry)
{
    if (!iot_rte_length_ok(entry))
        return PEC_TABLE_LENGTH;
    if (!iot_rte_type_ok(entry) || iot_rte_table(entry) == 0)
        return PEC_TABLE_TYPE;
    return 0;
}

static uint16_t walk_page(const struct fake_memory *memory, uint64_t table, uint64_t iova,
                          struct fake_leaf *leaf)
{
    uint64_t entry = entry_at(memory, table * IOT_PAGE_TABLE_BYTES, iot_page_index(iova));

    leaf->size = IOT_PAGE_SIZE;
    if (entry == 0)
        return PEC_TABLE_ENTRY;
    if (!iot_pte_valid(entry))
        return 0;
    if (iot_pte_frame(entry) == 0)
        return PEC_TABLE_TYPE;
    leaf->frame = iot_pte_frame(entry);
    leaf->protect |= iot_protected(entry);
    leaf->valid = 1;
    return 0;
}

static uint16_t walk_segment(const struct fake_memory *memory, uint64_t table, uint64_t iova,
                             struct fake_leaf *leaf)
{
    uint64_t entry = entry_at(memory, table * IOT_TABLE_BYTES, iot_segment_index(iova));

    leaf->size = IOT_SEGMENT_SIZE;
    if (entry == 0)
        return PEC_TABLE_ENTRY;
    if (!iot_upper_valid(entry))
        return 0;
    if (!iot_ste_type_ok(entry) || iot_ste_table(entry) == 0)
        return PEC_TABLE_TYPE;
    leaf->protect |= iot_protected(entry);
    if (!iot_ste_is_1m(entry))
        return walk_page(memory, iot_ste_table(entry), iova, leaf);
    leaf->size = IOT_PAGE_SIZE;
    leaf->frame = iot_ste_1m_frame(entry) + iot_page_index(iova);
    leaf->valid = 1;
    return 0;
}

uint16_t fake_walk(const struct fake_memory *memory, uint64_t iota, uint64_t iova,
                   struct fake_leaf *leaf)
{
    uint64_t entry = entry_at(memory, iota_table(iota) * IOT_TABLE_BYTES, iot_region3_index(iova));
    uint16_t error;

    *leaf = (struct fake_leaf){.size = IOT_REGION3_SIZE};
    leaf->protect = (iota & IOTA_PROTECTED) != 0;
    if (entry == 0)
        return PEC_TABLE_ENTRY;
    if (!iot_upper_valid(entry))
        return 0;
    error = region_error(entry);
    if (error)
        return error;
    leaf->protect |= iot_protected(entry);
    return walk_segment(memory, iot_rte_table(entry), iova, leaf);
}
