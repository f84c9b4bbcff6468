/* SPDX-License-Identifier: BSD-2-Clause */
/* Walks of a deprivileged guest's spaces. Belongs to: kernel. */
#include "kernel/arch/s390x/pv/translate.h"

#include "kernel/machine.h"

#define PAGE_TABLE_BYTES 2048u
#define TABLE_LEVELS 4u
#define ENTRY_TYPE_UNIT 4u

struct translate_kept translate_kept[TRANSLATE_KEPT] __attribute__((aligned(32)));

void translate_purge(void)
{
    uint32_t i;

    for (i = 0; i < TRANSLATE_KEPT; i++) {
        translate_kept[i] = (struct translate_kept){0};
    }
}

/* While DAT is off, LOAD REAL ADDRESS translates nothing on QEMU: hence by loads. */
static uint64_t leaf_of(uint64_t asce, uint64_t address)
{
    static const uint32_t shift[TABLE_LEVELS] = {20, 31, 42, 53};
    uint64_t entry = asce;
    uint32_t level = (uint32_t)(entry / ENTRY_TYPE_UNIT % TABLE_LEVELS);
    uint32_t i;

    if (level < TABLE_LEVELS - 1u && address >> (shift[level] + 11u) != 0) {
        return ENTRY_INVALID;
    }
    for (i = 0; i < TABLE_LEVELS; i++) {
        entry =
            hw_load(entry - entry % BH_PAGE_SIZE + (address >> shift[level]) % TABLE_ENTRIES * 8u);
        if ((entry & ENTRY_UPPER_INVALID) != 0) {
            return ENTRY_INVALID;
        }
        if (level == 0) {
            break;
        }
        level--;
    }
    return hw_load(entry - entry % PAGE_TABLE_BYTES + address / BH_PAGE_SIZE % BH_BATCH * 8u);
}

uint64_t translate_walk(uint64_t asce, uint64_t address)
{
    uint64_t leaf = leaf_of(asce, address);

    if ((leaf & ENTRY_INVALID) == 0) {
        translate_kept[address / BH_PAGE_SIZE % TRANSLATE_KEPT] = (struct translate_kept){
            .page = address - address % BH_PAGE_SIZE, .asce = asce, .leaf = leaf};
    }
    return leaf;
}

uint64_t translate_text_split(uint64_t asce, uint64_t address)
{
    uint64_t on_first = BH_PAGE_SIZE - address % BH_PAGE_SIZE;
    uint64_t first = translate_fetch(asce, address + on_first - 8u);
    uint64_t second = translate_fetch(asce, address + on_first);
    uint64_t text;

    if (first == 0) {
        return 0;
    }
    text = hw_load(first) << (8u - on_first) * 8u;
    return second != 0 ? text | hw_load(second) >> on_first * 8u : text;
}
