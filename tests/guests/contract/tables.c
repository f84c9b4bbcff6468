/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: I/O translation tables. Belongs to: test. */
#include "tests/guests/contract/contract.h"

uint64_t region_table[2048] __attribute__((aligned(16384)));
uint64_t segment_table[2048] __attribute__((aligned(16384)));
uint64_t page_table[SEGMENT_TABLES][256] __attribute__((aligned(4096)));
uint8_t ring[RING_PAGES * PAGE] __attribute__((aligned(4096)));
uint8_t frame[FRAMES][PAGE] __attribute__((aligned(4096)));

uint64_t *region_entry(void)
{
    return &region_table[fn.sdma / IOT_REGION3_SIZE % IOT_TABLE_ENTRIES];
}

uint64_t *segment_entry(uint64_t offset)
{
    return &segment_table[(fn.sdma + offset) / IOT_SEGMENT_SIZE % IOT_TABLE_ENTRIES];
}

uint64_t *page_entry(uint64_t offset)
{
    return &page_table[offset / MIB % SEGMENT_TABLES][offset / PAGE % IOT_PAGE_ENTRIES];
}

void tables_clear(void)
{
    uint32_t i;

    for (i = 0; i < IOT_TABLE_ENTRIES; i++) {
        region_table[i] = IOT_UPPER_EMPTY;
        segment_table[i] = IOT_UPPER_EMPTY;
    }
    for (i = 0; i < SEGMENT_TABLES * IOT_PAGE_ENTRIES; i++)
        page_table[i / IOT_PAGE_ENTRIES][i % IOT_PAGE_ENTRIES] = IOT_PTE_EMPTY;
    *region_entry() = (uint64_t)segment_table + IOT_RTE_FLAGS;
    for (i = 0; i < SEGMENT_TABLES; i++)
        *segment_entry(i * MIB) = (uint64_t)page_table[i];
    for (i = 0; i < RING_PAGES; i++)
        page_table[0][i] = (uint64_t)ring + i * PAGE;
}

uint64_t tables_iota(void)
{
    return (uint64_t)region_table + 0x804u;
}

void map(uint64_t offset, uint32_t i, uint64_t flags)
{
    *page_entry(offset) = (uint64_t)frame[i] + flags;
}

/* As Linux does it: the address stays. */
void unmap(uint64_t offset)
{
    *page_entry(offset) |= IOT_PTE_INVALID;
}
