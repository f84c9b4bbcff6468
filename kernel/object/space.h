/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spaces: translations owned by the kernel, and the windows onto regions that every leaf of them
 * lies in (law 2). Process spaces and I/O spaces share windows, leaves and the one bound check.
 * Belongs to: kernel. Pages and frames are 4 KiB.
 */
#ifndef KERNEL_SPACE_H
#define KERNEL_SPACE_H

#include "kernel/object/captable.h"
#include "kernel/object/region.h"
#include "kernel/object/table.h"

#define SPACES (BH_POOL_SPACE + BH_POOL_IOSPACE + BH_POOL_VCPU) /* numbered together */
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

#include "kernel/object/space_spec.h"

/* The window that a process means; the caller compares. */
/*@ requires s < SPACES;
    assigns \nothing;
    ensures \result == s * 4 + number % 4 && \result < WINDOWS;
*/
static inline uint32_t window_slot(uint32_t s, uint64_t number)
{
    return s * BH_WINDOWS + (uint32_t)(number % BH_WINDOWS);
}

/* The leaf of a page. */
/*@ requires s < SPACES && space_placed(s) && table_pages_used <= PAGE_TABLES;
    requires space_base[s] <= page < space_base[s] + space_pages[s];
    assigns \nothing;
    ensures \result == leaf_of(s, page);
    ensures space_leaf[s] <= \result < space_leaf[s] + space_pages[s] && \result < LEAVES;
*/
static inline uint32_t space_leaf_at(uint32_t s, uint64_t page)
{
    return space_leaf[s] + (uint32_t)(page - space_base[s]);
}

/*
 * THE bound check: may a leaf of space s name this page of this window with these rights?
 * OK only if page < pages of the window and the rights are within the window's maximum.
 */
/*@ requires s < SPACES;
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_BOUND;
    ensures \result == BH_E_OK <==> window < 4 && page < window_pages[s * 4 + window % 4] &&
        (rights & window_rights[s * 4 + window % 4]) == rights;
*/
static inline uint32_t window_check(uint32_t s, uint64_t window, uint64_t page, uint32_t rights)
{
    uint32_t w = window_slot(s, window);

    if (window >= BH_WINDOWS || page >= window_pages[w] || (rights & window_rights[w]) != rights) {
        return BH_E_BOUND;
    }
    return BH_E_OK;
}

/* A new entry of both kinds of space: what creation shares. */
/*@ requires law2 && space_count < SPACES;
    requires size: pages % 256 == 0 && base % 256 == 0 && base + pages <= SPACE_LIMIT;
    requires table_pages_used + pages / 256 <= PAGE_TABLES;
    assigns space_count, space_partition[space_count], space_base[space_count],
        space_pages[space_count], space_leaf[space_count], table_pages_used,
        table_leaf_owner[table_pages_used .. table_pages_used + pages / 256 - 1],
        table_leaf[table_pages_used * 256 .. table_pages_used * 256 + pages - 1];
    ensures spaces_ok;
    ensures leaves_ok;
    ensures \result == \old(space_count) && space_count == \old(space_count) + 1;
    ensures space_base[\result] == base && space_pages[\result] == pages;
    ensures table_pages_used == \old(table_pages_used) + pages / 256;
    ensures \forall integer i;
        space_leaf[\result] <= i < space_leaf[\result] + space_pages[\result] ==>
        leaf_invalid(table_leaf[i]);
*/
uint32_t space_take(uint32_t p, uint64_t base, uint64_t pages);

/* A process space of pages [0, pages). */
/*@ requires law2 && space_count < SPACES;
    requires size: 0 < pages <= 2048 * 256 && pages % 256 == 0;
    requires table_pages_used + pages / 256 <= PAGE_TABLES;
    requires table_segments_used < SEGMENT_TABLES;
    assigns space_count, space_partition[space_count], space_base[space_count],
        space_pages[space_count], space_leaf[space_count], space_root[space_count],
        table_pages_used,
        table_leaf_owner[table_pages_used .. table_pages_used + pages / 256 - 1],
        table_leaf[table_pages_used * 256 .. table_pages_used * 256 + pages - 1],
        table_segments_used,
        table_segment[table_segments_used * 2048 .. table_segments_used * 2048 + 2047];
    ensures spaces_ok;
    ensures leaves_ok;
    ensures \result == \old(space_count) && space_count == \old(space_count) + 1;
    ensures linked: \let first = \old(table_segments_used) * 2048;
        space_root[\result] == segment_origin + first * 8 + 3 &&
        (\forall integer k; first <= k < first + pages / 256 ==>
            table_segment[k] == leaf_origin + (space_leaf[\result] + (k - first) * 256) * 8) &&
        (\forall integer k; first + pages / 256 <= k < first + 2048 ==>
            table_segment[k] == ENTRY_UPPER_INVALID);
*/
uint32_t space_create(uint32_t p, uint64_t pages);

/* Map n pages: check, then commit. space_map_check writes nothing. */
/*@ requires s < SPACES && space_placed(s);
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_ARG || \result == BH_E_RANGE ||
        \result == BH_E_BOUND;
    ensures \result == BH_E_OK ==> map_allowed(s, page, window, wpage, n, rights);
*/
uint32_t space_map_check(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                         uint64_t rights);

/*@ requires law2 && s < space_count && space_is_io[s] == 0;
    requires map_allowed(s, page, window, wpage, n, rights);
    assigns table_leaf[leaf_of(s, page) .. leaf_of(s, page) + n - 1], hw_stale;
    ensures leaves_ok && hw_stale == 0;
    ensures mapped: \forall integer i; leaf_of(s, page) <= i < leaf_of(s, page) + n ==>
        entry_is(table_leaf[i], window_first[s * 4 + window] + wpage + i - leaf_of(s, page),
   rights);
*/
void space_map_commit(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                      uint64_t rights);

/* The frame behind a virtual address, if it is page-aligned and mapped writable; else 0. */
/*@ requires s < SPACES && space_placed(s) && space_base[s] == 0 && pools_ok;
    assigns \nothing;
    ensures \result != 0 ==> address % 4096 == 0 && address / 4096 < space_pages[s] &&
        \let e = table_leaf[space_leaf[s] + address / 4096];
        !leaf_invalid(e) && !leaf_protected(e) && \result == leaf_frame(e);
*/
uint64_t space_writable_frame(uint32_t s, uint64_t address);

/*@ requires law2 && caps_name_regions && hw_stale == 0;
    requires t < 64 && thread_captable(t) < CAPTABLES;
    requires object < space_count && space_is_io[object] == 0;
    assigns table_leaf[space_leaf[object] .. space_leaf[object] + space_pages[object] - 1],
   hw_stale, window_region[object * 4 .. object * 4 + 3], window_first[object * 4 .. object * 4 +
   3], window_pages[object * 4 .. object * 4 + 3], window_rights[object * 4 .. object * 4 + 3],
        thread_save[t][3 .. 6];
    ensures leaves_ok;
    ensures windows_ok && hw_stale == 0;
    ensures sealed: partition_sealed != 0 ==> windows_kept{Pre,Post};
*/
uint32_t space_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t space_ok(uint32_t s);

#endif
