/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of Region, Space and I/O space. Errors, units and names:
 * libs/stubs/stubs.h. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_SPACE_H
#define BH_STUBS_SPACE_H

#include "libs/stubs/invoke.h"

/* GR3 first frame, GR4 frames, GR5 owner. */
static inline uint64_t bh_region_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, REGION_INSPECT, results, 0);
}

/* Make pages [page, page + pages) of a region a window with these maximum rights
 * (BH_R_REGION_*); its number goes to *window. */
static inline uint64_t bh_space_add_window(uint64_t cap, uint64_t region_slot, uint64_t page,
                                           uint64_t pages, uint64_t rights, uint64_t *window)
{
    return BH_VALUE(cap, SPACE_ADD_WINDOW, window, region_slot, page, pages, rights);
}

/* Unmap its entries and drop it; AGAIN: repeat, entries are left. */
static inline uint64_t bh_space_drop_window(uint64_t cap, uint64_t window)
{
    return BH_PLAIN(cap, SPACE_DROP_WINDOW, window);
}

/* Map 1 to 256 pages of a window, from its page wpage on, at virtual page `page`. */
static inline uint64_t bh_space_map(uint64_t cap, uint64_t page, uint64_t window, uint64_t wpage,
                                    uint64_t pages, uint64_t rights)
{
    return BH_PLAIN(cap, SPACE_MAP, page, window, wpage, pages, rights);
}

/* Unmap 1 to 256 virtual pages. */
static inline uint64_t bh_space_unmap(uint64_t cap, uint64_t page, uint64_t pages)
{
    return BH_PLAIN(cap, SPACE_UNMAP, page, pages);
}

/* GR3 region, GR4 first frame, GR5 pages, GR6 rights; window 4: GR3 pages of the space,
 * GR4 owner. */
static inline uint64_t bh_space_inspect(uint64_t cap, uint64_t window, struct bh_results *results)
{
    return BH_INVOKE(cap, SPACE_INSPECT, results, window);
}

/* GR3 frame, GR4 rights (0 if unmapped) of a virtual page. */
static inline uint64_t bh_space_entry(uint64_t cap, uint64_t page, struct bh_results *results)
{
    return BH_INVOKE(cap, SPACE_ENTRY, results, page);
}

/* As bh_space_add_window, for DMA. */
static inline uint64_t bh_iospace_add_window(uint64_t cap, uint64_t region_slot, uint64_t page,
                                             uint64_t pages, uint64_t rights, uint64_t *window)
{
    return BH_VALUE(cap, IOSPACE_ADD_WINDOW, window, region_slot, page, pages, rights);
}

/* Drop a window of a space without valid entries. */
static inline uint64_t bh_iospace_drop_window(uint64_t cap, uint64_t window)
{
    return BH_PLAIN(cap, IOSPACE_DROP_WINDOW, window);
}

/* Store 1 to 256 entries of one page table, from I/O page `page` on, out of the words in the
 * message buffer (window page * 4096 | BH_WORD_*); the number stored goes to *stored, which with
 * BOUND is less than `pages`. Nothing is promised to the device before bh_iospace_flush. */
static inline uint64_t bh_iospace_update(uint64_t cap, uint64_t page, uint64_t pages,
                                         uint64_t window, uint64_t *stored)
{
    return bh_svc_short(cap, BH_M_IOSPACE_UPDATE, page, pages, window, stored);
}

/* Tell the hardware what changed; AGAIN: repeat, more is owed. */
static inline uint64_t bh_iospace_flush(uint64_t cap)
{
    return bh_svc_bare(cap, BH_M_IOSPACE_FLUSH);
}

/* Invalidate every entry, then flush; AGAIN: repeat. */
static inline uint64_t bh_iospace_clear(uint64_t cap)
{
    return BH_PLAIN(cap, IOSPACE_CLEAR, 0);
}

/* GR3 region, GR4 first frame, GR5 pages, GR6 rights; window 4: GR3 first I/O page, GR4 pages,
 * GR5 owed pages, GR6 bound function + 1, GR7 owner. */
static inline uint64_t bh_iospace_inspect(uint64_t cap, uint64_t window, struct bh_results *results)
{
    return BH_INVOKE(cap, IOSPACE_INSPECT, results, window);
}

/* GR3 frame, GR4 rights (0 if unmapped) of an I/O page. */
static inline uint64_t bh_iospace_entry(uint64_t cap, uint64_t page, struct bh_results *results)
{
    return BH_INVOKE(cap, IOSPACE_ENTRY, results, page);
}

#endif
