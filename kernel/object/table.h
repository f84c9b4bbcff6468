/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pool of translation tables, disjoint from every region. A space's page tables are one run of
 * leaf entries, built when it is created: so an update is an index and a store, and nothing is
 * allocated later. CPU and I/O page tables have the same shape (256 entries of 8 bytes).
 * Belongs to: kernel.
 */
#ifndef KERNEL_TABLE_H
#define KERNEL_TABLE_H

#include "libs/abi/abi.h"

#define PAGE_TABLES 6144u /* 2 KiB each, 1 MiB of addresses each */
#define LEAVES (PAGE_TABLES * BH_BATCH)
#define SEGMENT_TABLES 80u /* 16 KiB each, 2 GiB of addresses each */
#define REGION_TABLES 16u  /* 16 KiB each, one for an I/O space */
#define TABLE_ENTRIES 2048u

#define ENTRY_UPPER_INVALID 0x20u
#define ENTRY_INVALID 0x400u /* page-table entries, CPU and I/O */
#define ENTRY_PROTECTED 0x200u
#define ENTRY_NO_EXECUTE 0x100u /* CPU only */

extern uint64_t table_leaf[LEAVES];
extern uint64_t table_segment[SEGMENT_TABLES * TABLE_ENTRIES];
extern uint64_t table_region[REGION_TABLES * TABLE_ENTRIES];
/*@ ghost extern uint32_t table_leaf_owner[PAGE_TABLES]; // the space of each page table */
extern uint32_t table_pages_used;
extern uint32_t table_segments_used;
extern uint32_t table_regions_used;

/*@
  // What the hardware reads in a leaf.
  logic integer leaf_frame(integer e) = e / 4096;
  predicate leaf_invalid(integer e) = e / 0x400 % 2 == 1;
  predicate leaf_protected(integer e) = e / 0x200 % 2 == 1;
  predicate leaf_no_execute(integer e) = e / 0x100 % 2 == 1;

  predicate pools_ok = table_pages_used <= PAGE_TABLES && table_segments_used <= SEGMENT_TABLES &&
    table_regions_used <= REGION_TABLES;
*/

/*@ assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> leaf_invalid(entry);
*/
static inline uint32_t entry_invalid(uint64_t entry)
{
    return (uint32_t)(entry / ENTRY_INVALID % 2u);
}

/*@ assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> leaf_protected(entry);
*/
static inline uint32_t entry_protected(uint64_t entry)
{
    return (uint32_t)(entry / ENTRY_PROTECTED % 2u);
}

/* 1 if this many tables are left. */
/*@ requires pools_ok;
    assigns \nothing;
    ensures \result == 0 || \result == 1;
    ensures \result == 1 <==> table_pages_used + page_tables <= PAGE_TABLES &&
        table_segments_used + segment_tables <= SEGMENT_TABLES &&
        table_regions_used + region_tables <= REGION_TABLES;
*/
uint32_t table_available(uint64_t page_tables, uint32_t segment_tables, uint32_t region_tables);

/* Page tables for space s, all entries invalid. Returns the first leaf. */
/*@ requires pools_ok && table_pages_used + page_tables <= PAGE_TABLES;
    assigns table_pages_used,
        table_leaf_owner[table_pages_used .. table_pages_used + page_tables - 1],
        table_leaf[table_pages_used * 256 .. (table_pages_used + page_tables) * 256 - 1];
    ensures \result == \old(table_pages_used) * 256;
    ensures table_pages_used == \old(table_pages_used) + page_tables;
    ensures \forall integer i; \old(table_pages_used) <= i < table_pages_used ==>
        table_leaf_owner[i] == s;
    ensures \forall integer i; \result <= i < table_pages_used * 256 ==>
        leaf_invalid(table_leaf[i]);
*/
uint32_t table_take_pages(uint32_t s, uint32_t page_tables);

/* A segment table with all entries invalid. Returns its first entry. */
/*@ requires pools_ok && table_segments_used < SEGMENT_TABLES;
    assigns table_segments_used, table_segment[table_segments_used * 2048 ..
        table_segments_used * 2048 + 2047];
    ensures \result == \old(table_segments_used) * 2048;
    ensures table_segments_used == \old(table_segments_used) + 1;
    ensures \forall integer i; \result <= i < \result + 2048 ==>
        table_segment[i] == ENTRY_UPPER_INVALID;
*/
uint32_t table_take_segment(void);

/* A region-third table for I/O, all entries invalid. Returns its first entry. */
/*@ requires pools_ok && table_regions_used < REGION_TABLES;
    assigns table_regions_used, table_region[table_regions_used * 2048 ..
        table_regions_used * 2048 + 2047];
    ensures \result == \old(table_regions_used) * 2048;
    ensures table_regions_used == \old(table_regions_used) + 1;
    ensures \forall integer i; \result <= i < \result + 2048 ==>
        table_region[i] == ENTRY_UPPER_INVALID;
*/
uint32_t table_take_region(void);

/* Segment entries [first, first + n) name page tables from the one that leaf starts. */
/*@ requires first + n <= SEGMENT_TABLES * TABLE_ENTRIES && leaf + n * 256 <= LEAVES;
    assigns table_segment[first .. first + n - 1];
    ensures \forall integer i; first <= i < first + n ==>
        table_segment[i] == leaf_origin + (leaf + (i - first) * 256) * 8;
*/
void table_link_pages(uint32_t first, uint32_t n, uint32_t leaf);

#endif
