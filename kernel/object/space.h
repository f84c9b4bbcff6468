/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spaces: translations owned by the kernel, and the windows onto regions that every leaf of them
 * lies in (law 2). Process spaces and I/O spaces share windows, leaves and the one bound check.
 * Belongs to: kernel. Pages and frames are 4 KiB.
 */
#ifndef KERNEL_SPACE_H
#define KERNEL_SPACE_H

#include "kernel/object/table.h"

#define SPACES 64u /* process spaces and I/O spaces, numbered together */
#define WINDOWS (SPACES * BH_WINDOWS)

extern uint32_t space_partition[SPACES];
extern uint32_t space_leaf[SPACES];  /* first leaf */
extern uint64_t space_pages[SPACES]; /* leaves */
extern uint64_t space_base[SPACES];  /* page number of the first leaf; 0 for a process */
extern uint64_t space_root[SPACES];  /* address-space control element, or I/O anchor */
extern uint32_t space_is_io[SPACES];
extern uint32_t space_count;

extern uint32_t window_region[WINDOWS];
extern uint64_t window_first[WINDOWS];  /* frame */
extern uint64_t window_pages[WINDOWS];  /* 0: no window */
extern uint32_t window_rights[WINDOWS]; /* BH_R_REGION_READ, WRITE, EXECUTE */

/*
 * THE bound check: may a leaf of space s name this page of this window with these rights?
 * OK only if page < pages of the window and the rights are within the window's maximum.
 */
static inline uint32_t window_check(uint32_t s, uint64_t window, uint64_t page, uint32_t rights)
{
    uint32_t w = s * BH_WINDOWS + (uint32_t)(window % BH_WINDOWS);

    if (window >= BH_WINDOWS || page >= window_pages[w] || (rights & ~window_rights[w]) != 0) {
        return BH_E_BOUND;
    }
    return BH_E_OK;
}

/* A process space of pages [0, pages). Requires: pages a multiple of 256, tables available. */
uint32_t space_create(uint32_t p, uint64_t pages);

/* A new entry of both kinds of space: what creation shares. */
uint32_t space_take(uint32_t p, uint64_t base, uint64_t pages);

/* Map n pages: check, then commit. space_map_check writes nothing. */
uint32_t space_map_check(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                         uint64_t rights);
void space_map_commit(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                      uint64_t rights);

/* The frame behind a virtual address, if it is page-aligned and mapped writable; else 0. */
uint64_t space_writable_frame(uint32_t s, uint64_t address);

uint32_t space_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t space_ok(uint32_t s);

#endif
