/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests, ranges, segments. Belongs to: translator (pure). */
#include "drivers/zpci/translator/refresh.h"

#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/entries.h"
#include "drivers/zpci/translator/guest.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/walk.h"

uint32_t refresh_event;
uint64_t refresh_page;
uint32_t refresh_refused;

/* A block of a segment table in which nothing is linked, as Linux leaves it. */
#define EMPTY GUEST_ORDER(IOT_UPPER_EMPTY)
#define EMPTY_8 EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY
static const uint64_t empty_block[GUEST_BLOCK_WORDS] = {EMPTY_8, EMPTY_8, EMPTY_8, EMPTY_8};

void refresh_note(uint32_t event, uint64_t page)
{
    if (refresh_event != 0)
        return;
    refresh_event = event;
    refresh_page = page;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The last page of the unit that `page` is in, but not beyond `last`. */
static uint64_t unit_end(uint64_t page, uint64_t unit, uint64_t last)
{
    return least(page / unit * unit + unit - 1u, last);
}

/* `page` begins a group of segments with nothing mapped, and nothing linked in the guest's table.
 */
static int group_is_empty(uint32_t f, uint64_t link, uint64_t page)
{
    uint64_t at = walk_segment_at(link, page);

    return page % MIRROR_GROUP_PAGES == 0 && mirror_group_live(f, page) == 0 && at < guest_bytes &&
           guest_same(guest_at(at), empty_block);
}

/* A whole page table that is as it was; not where the levels above protect: see entries.c. */
static inline int is_unchanged(uint32_t f, uint64_t link, uint64_t page, uint64_t stop)
{
    return link_kind(link) == LINK_TABLE && link_protection(link) == 0 &&
           stop - page == IOT_PAGE_ENTRIES - 1u &&
           guest_same_table(guest_at(link_origin(link)), &mirror_word[mirror_slot(f, page)]);
}

static void region_table(uint32_t f, uint64_t region, uint64_t page, uint64_t last)
{
    uint64_t link;
    uint64_t stop;

    for (; page <= last; page = stop + 1u) {
        if (group_is_empty(f, region, page)) {
            stop = page + MIRROR_GROUP_PAGES - 1u;
            continue;
        }
        stop = unit_end(page, IOT_PAGE_ENTRIES, last);
        link = walk_segment(region, page);
        if (!is_unchanged(f, link, page, stop))
            entries_segment(f, link, page, (uint32_t)(stop - page) + 1u);
    }
}

/* No segment table: what is mapped below goes, in steps of what has something mapped. */
static void region_absent(uint32_t f, uint64_t page, uint64_t last)
{
    uint64_t stop;

    for (; page <= last; page = stop + 1u) {
        stop = unit_end(page, MIRROR_GROUP_PAGES, last);
        if (mirror_group_live(f, page) == 0)
            continue;
        stop = unit_end(page, IOT_PAGE_ENTRIES, last);
        entries_segment(f, LINK_ABSENT, page, (uint32_t)(stop - page) + 1u);
    }
}

void refresh_pages(uint32_t f, uint64_t iota, uint64_t page, uint64_t last)
{
    uint64_t link;
    uint64_t stop;

    for (; page <= last; page = stop + 1u) {
        stop = unit_end(page, WALK_REGION_PAGES, last);
        link = walk_region(iota, page);
        if (link_kind(link) == LINK_BAD)
            refresh_note(link_event(link), page);
        if (link_kind(link) == LINK_TABLE)
            region_table(f, link, page, stop);
        else
            region_absent(f, page, stop);
    }
}

void refresh_unmap_all(uint32_t f)
{
    region_absent(f, mirror_first[f], mirror_first[f] + mirror_pages[f] - 1u);
}
