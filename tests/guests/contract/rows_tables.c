/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: rows about what tables hold (14 to 20, 25, 32, 33). Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define HERE MIB        /* in a segment of its own */
#define NEXT (2u * MIB) /* in the next one */
#define LAST (MIB + 255u * PAGE)

static void mapped(uint64_t offset, uint32_t i, uint64_t flags)
{
    map(offset, i, flags);
    refresh(offset, PAGE);
}

static void effect(const char *name, struct outcome o, uint64_t offset, uint32_t i)
{
    row(name);
    row_outcome(o);
    row_state(o.cc == 1);
    function_recover();
    row_writes(offset, i);
    row_end();
}

static void effect_fresh(const char *name, struct outcome o, uint64_t offset, uint32_t i)
{
    effect(name, o, offset, i);
    function_fresh();
}

static void absent_segment(void)
{
    mapped(HERE, 1, 0);
    *segment_entry(HERE) = IOT_UPPER_EMPTY;
    effect_fresh("14-segment-invalid", refresh(HERE, MIB), HERE, 1);
    mapped(HERE, 1, 0);
    *segment_entry(HERE) |= IOT_UPPER_INVALID;
    effect_fresh("14-segment-invalid-stale", refresh(HERE, PAGE), HERE, 1);
    mapped(HERE, 1, 0);
    map(NEXT, 2, 0);
    *segment_entry(HERE) = IOT_UPPER_EMPTY;
    effect_fresh("14-segment-invalid-goes-on", refresh(HERE, 2u * MIB), NEXT, 2);
}

static void absent_region(void)
{
    mapped(HERE, 1, 0);
    *region_entry() = IOT_UPPER_EMPTY;
    effect_fresh("14-region-invalid", refresh(HERE, MIB), HERE, 1);
    mapped(HERE, 1, 0);
    mapped(NEXT, 2, 0);
    *region_entry() = IOT_UPPER_EMPTY;
    effect_fresh("14-region-invalid-range-only", refresh(HERE, MIB), NEXT, 2);
}

static void relinked(void)
{
    mapped(HERE, 1, 0);
    *page_entry(NEXT) = (uint64_t)frame[2];
    *segment_entry(HERE) = (uint64_t)page_table[2];
    effect_fresh("15-relinked-new", refresh(HERE, PAGE), HERE, 2);
    mapped(HERE, 1, 0);
    *segment_entry(HERE) = (uint64_t)page_table[2];
    effect_fresh("15-relinked-to-empty", refresh(HERE, MIB), HERE, 1);
}

/* A bad upper entry, with a page mapped below before. */
static void bad_segment(const char *name, uint64_t entry)
{
    mapped(HERE, 1, 0);
    *segment_entry(HERE) = entry;
    effect_fresh(name, refresh(HERE, PAGE), HERE, 1);
}

static void bad_region(const char *name, uint64_t entry)
{
    mapped(HERE, 1, 0);
    *region_entry() = entry;
    effect_fresh(name, refresh(HERE, PAGE), HERE, 1);
}

static void bad_entries(void)
{
    uint64_t segments = (uint64_t)segment_table;
    uint64_t pages = (uint64_t)page_table[1];

    bad_segment("16-segment-zero", 0);
    bad_segment("16-segment-type", pages + IOT_TYPE_REGION3);
    bad_segment("17-segment-outside", OUTSIDE);
    bad_region("16-region-zero", 0);
    bad_region("16-region-type", segments + IOT_LENGTH_FULL);
    bad_region("16-region-length", segments + IOT_RTE_FLAGS - 1u);
    bad_region("16-region-offset", segments + IOT_RTE_FLAGS + 0x40u);
    bad_region("17-region-outside", OUTSIDE + IOT_RTE_FLAGS);
}

static void rest_of_range(void)
{
    map(NEXT, 2, 0);
    *segment_entry(HERE) = 0;
    effect_fresh("16-rest-is-served", refresh(HERE, 2u * MIB), NEXT, 2);
    mapped(HERE, 1, 0);
    unmap(HERE);
    *segment_entry(NEXT) = 0;
    effect_fresh("27-before-the-failure", refresh(HERE, 2u * MIB), HERE, 1);
}

static void frames_outside(void)
{
    *page_entry(HERE) = OUTSIDE;
    row_all("17-frame-outside", refresh(HERE, PAGE));
    function_fresh();
    mapped(HERE, 1, 0);
    *page_entry(HERE) = OUTSIDE;
    effect_fresh("17-frame-outside-instead", refresh(HERE, PAGE), HERE, 1);
}

/* Two page tables in one frame, and one table for two segments. */
static void shared_frames(void)
{
    map(2u * MIB, 1, 0);
    map(3u * MIB, 2, 0);
    effect("19-two-tables-first", refresh(2u * MIB, 2u * MIB), 2u * MIB, 1);
    effect_fresh("19-two-tables-second", refresh(2u * MIB, 2u * MIB), 3u * MIB, 2);
    map(HERE, 1, 0);
    *segment_entry(NEXT) = (uint64_t)page_table[1];
    effect("19-one-table-first", refresh(HERE, 2u * MIB), HERE, 1);
    effect("19-one-table-second", refresh(HERE, 2u * MIB), NEXT, 1);
    unmap(HERE);
    effect_fresh("19-one-table-one-refreshed", refresh(HERE, MIB), NEXT, 1);
}

/* Sector-sized pattern at 0x800 of page 0, where nothing else is. */
static void frame_zero(void)
{
    uint64_t at = 0x800;
    uint32_t i;

    for (i = 0; i < 512u; i += 8u)
        asm volatile("stg %0,0(%1)"
                     :
                     : "d"(UINT64_C(0x0123456789abcdef) * (i + 1u)), "a"(at + i)
                     : "memory");
    *page_entry(HERE) = 0;
    row("20-entry-zero");
    row_outcome(refresh(HERE, PAGE));
    row_state(0);
    function_recover();
    row_text(disk_reads(HERE + at, (const uint8_t *)at) ? "read" : "not-read");
    row_end();
    function_fresh();
}

static void one_mib_frames(void)
{
    *segment_entry(HERE) = BIG_FRAME + IOT_STE_1M;
    row("32-segment-frame");
    row_outcome(refresh(HERE, MIB));
    row_state(0);
    row_text(disk_writes(LAST, (uint8_t *)BIG_FRAME + (LAST - HERE)) ? "written" : "not-written");
    row_end();
    map(HERE, 1, 0);
    *segment_entry(HERE) = (uint64_t)page_table[1];
    effect("33-back-to-table", refresh(HERE, MIB), HERE, 1);
    effect_fresh("33-back-to-table-rest", refresh(HERE, MIB), LAST, 1);
    mapped(HERE, 1, 0);
    *segment_entry(HERE) = BIG_FRAME + IOT_STE_1M;
    row("33-table-to-frame");
    row_outcome(refresh(HERE, MIB));
    row_state(0);
    row_text(disk_writes(HERE, (uint8_t *)BIG_FRAME) ? "written" : "not-written");
    row_end();
    function_fresh();
    *segment_entry(HERE) = BIG_FRAME + IOT_STE_1M + IOT_PROTECTED;
    effect("32-segment-frame-protected", refresh(HERE, MIB), HERE, 1);
    function_fresh();
    *segment_entry(HERE) = OUTSIDE + IOT_STE_1M;
    row_all("32-segment-frame-outside", refresh(HERE, PAGE));
    function_fresh();
}

static void protected_page(const char *name, struct outcome o)
{
    row(name);
    row_outcome(o);
    row_state(0);
    row_reads(HERE, 1);
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
}

static void protection(void)
{
    map(HERE, 1, IOT_PROTECTED);
    protected_page("24-page-protected", refresh(HERE, PAGE));
    map(HERE, 1, 0);
    *segment_entry(HERE) |= IOT_PROTECTED;
    protected_page("25-segment-protected", refresh(HERE, PAGE));
    mapped(HERE, 1, 0);
    *segment_entry(HERE) |= IOT_PROTECTED;
    protected_page("25-segment-protected-later", refresh(HERE, MIB));
    mapped(HERE, 1, 0);
    *region_entry() |= IOT_PROTECTED;
    protected_page("25-region-protected-later", refresh(HERE, MIB));
}

void rows_tables(void)
{
    function_fresh();
    absent_segment();
    absent_region();
    relinked();
    bad_entries();
    rest_of_range();
    frames_outside();
    shared_frames();
    frame_zero();
    one_mib_frames();
    protection();
}
