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
extern uint32_t table_leaf_owner[PAGE_TABLES]; /* the space of each page table */
extern uint32_t table_pages_used;
extern uint32_t table_segments_used;
extern uint32_t table_regions_used;

/* 1 if this many tables are left. */
uint32_t table_available(uint64_t page_tables, uint32_t segment_tables, uint32_t region_tables);

/* Page tables for space s, all entries invalid. Returns the first leaf.
 * Requires: table_available. */
uint32_t table_take_pages(uint32_t s, uint32_t page_tables);

/* A segment table with all entries invalid. Returns its first entry. Requires: available. */
uint32_t table_take_segment(void);

/* A region-third table for I/O, all entries invalid. Returns its first entry. */
uint32_t table_take_region(void);

/* Segment entries [first, first + n) name page tables from the one that leaf starts. */
void table_link_pages(uint32_t first, uint32_t n, uint32_t leaf);

#endif
