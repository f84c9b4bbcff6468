/* SPDX-License-Identifier: BSD-2-Clause */
/* The pool of translation tables. Belongs to: kernel. */
#include "kernel/object/table.h"
#include "kernel/machine.h"

#define SEGMENT_TABLE_BYTES 16384u

uint64_t table_leaf[LEAVES] __attribute__((section(".tables.leaf"), aligned(16384)));
uint64_t table_segment[SEGMENT_TABLES * TABLE_ENTRIES]
    __attribute__((section(".tables.segment"), aligned(16384)));
uint64_t table_region[REGION_TABLES * TABLE_ENTRIES]
    __attribute__((section(".tables.region"), aligned(16384)));
/*@ ghost uint32_t table_leaf_owner[PAGE_TABLES]; */
uint32_t table_pages_used;
uint32_t table_segments_used;
uint32_t table_regions_used;

uint32_t table_available(uint64_t page_tables, uint32_t segment_tables, uint32_t region_tables)
{
    return page_tables <= PAGE_TABLES - table_pages_used &&
                   segment_tables <= SEGMENT_TABLES - table_segments_used &&
                   region_tables <= REGION_TABLES - table_regions_used
               ? 1u
               : 0u;
}

uint32_t table_take_pages(uint32_t s, uint32_t page_tables)
{
    uint32_t first = table_pages_used;
    uint32_t i;

    (void)s; /* for the proof alone */
    /*@ ghost uint32_t k = first;
        /@ loop invariant first <= k <= first + page_tables;
           loop invariant \forall integer p; first <= p < k ==> table_leaf_owner[p] == s;
           loop assigns k, table_leaf_owner[first .. first + page_tables - 1];
           loop variant first + page_tables - k;
        @/
        while (k < first + page_tables) {
            table_leaf_owner[k] = s;
            k++;
        }
    */
    /*@ loop invariant first * 256 <= i <= (first + page_tables) * 256;
        loop invariant \forall integer k; first * 256 <= k < i ==> leaf_invalid(table_leaf[k]);
        loop assigns i, table_leaf[first * 256 .. (first + page_tables) * 256 - 1];
        loop variant (first + page_tables) * 256 - i;
    */
    for (i = first * BH_BATCH; i < (first + page_tables) * BH_BATCH; i++) {
        table_leaf[i] = ENTRY_INVALID;
    }
    table_pages_used = first + page_tables;
    return first * BH_BATCH;
}

uint32_t table_take_segment(void)
{
    uint32_t first = table_segments_used * TABLE_ENTRIES;
    uint32_t i;

    /*@ loop invariant first <= i <= first + 2048;
        loop invariant \forall integer k; first <= k < i ==> table_segment[k] ==
       ENTRY_UPPER_INVALID; loop assigns i, table_segment[first .. first + 2047]; loop variant first
       + 2048 - i;
    */
    for (i = first; i < first + TABLE_ENTRIES; i++) {
        table_segment[i] = ENTRY_UPPER_INVALID;
    }
    table_segments_used++;
    return first;
}

uint32_t table_take_region(void)
{
    uint32_t first = table_regions_used * TABLE_ENTRIES;
    uint32_t i;

    /*@ loop invariant first <= i <= first + 2048;
        loop invariant \forall integer k; first <= k < i ==> table_region[k] == ENTRY_UPPER_INVALID;
        loop assigns i, table_region[first .. first + 2047];
        loop variant first + 2048 - i;
    */
    for (i = first; i < first + TABLE_ENTRIES; i++) {
        table_region[i] = ENTRY_UPPER_INVALID;
    }
    table_regions_used++;
    return first;
}

void table_link_pages(uint32_t first, uint32_t n, uint32_t leaf)
{
    uint32_t i;

    /*@ loop invariant 0 <= i <= n;
        loop invariant \forall integer k; first <= k < first + i ==>
            table_segment[k] == leaf_origin + (leaf + (k - first) * 256) * 8;
        loop assigns i, table_segment[first .. first + n - 1];
        loop variant n - i;
    */
    for (i = 0; i < n; i++) {
        table_segment[first + i] = hw_leaf_address(leaf + i * BH_BATCH);
    }
}
