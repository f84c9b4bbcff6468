/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Windows of a space: which pages of which regions its leaves may name. They change only before
 * seal. Belongs to: kernel.
 */
#ifndef KERNEL_WINDOW_H
#define KERNEL_WINDOW_H

#include "kernel/object/iospace.h"

/* Methods that process and I/O spaces share (arguments and results in thread t's registers). */
/*@ requires law2 && caps_name_regions && s < space_count;
    requires t < 64 && thread_captable(t) < CAPTABLES;
    assigns window_region[s * 4 .. s * 4 + 3], window_first[s * 4 .. s * 4 + 3],
        window_pages[s * 4 .. s * 4 + 3], window_rights[s * 4 .. s * 4 + 3],
        thread_save[t][3];
    ensures windows_ok;
    ensures leaves_ok;
    ensures sealed: partition_sealed != 0 ==> windows_kept{Pre,Post};
    ensures refused: \result != BH_E_OK ==> windows_kept{Pre,Post};
    ensures granted: \result == BH_E_OK ==>
        \let w = s * 4 + thread_save[t][3];
        \let slot = thread_captable(t) * 128 + thread_save[t][4] % 128;
        \old(window_pages[s * 4 + \at(thread_save[t][3], Post)]) == 0 &&
        cap_type[slot] == BH_REGION && window_region[w] == cap_object[slot] &&
        (window_rights[w] & cap_rights[slot]) == window_rights[w] &&
        \forall integer k; 0 <= k < WINDOWS && k != w ==> window_kept{Pre,Post}(k);
*/
uint32_t window_add(uint32_t t, uint32_t s);

/* Of a process space: entries that named it are invalidated. */
/*@ requires law2 && hw_stale == 0 && t < 64 && s < space_count && space_is_io[s] == 0;
    assigns window_pages[s * 4 .. s * 4 + 3], hw_stale,
        table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1];
    ensures windows_ok;
    ensures leaves_ok;
    ensures hw_stale == 0;
    ensures sealed: partition_sealed != 0 ==> windows_kept{Pre,Post};
    ensures shrunk: \forall integer w; 0 <= w < WINDOWS ==>
        window_pages[w] == 0 || window_pages[w] == \old(window_pages[w]);
*/
uint32_t window_drop(uint32_t t, uint32_t s);

/* 1 if the message buffer of a thread of space s, or the state page of a vCPU whose VMM it is, lies
 * in window w of the space (window_use.c). */
/*@ assigns \nothing;
    ensures \result == 0 || \result == 1;
*/
uint32_t window_in_use(uint32_t s, uint32_t w);

/* Of an I/O space, which must not have been updated yet: then it has no valid entry. */
/*@ requires law2 && t < 64 && s < space_count;
    requires iospace_updated[s] == 0 ==> no_valid_leaf(s);
    assigns window_pages[s * 4 .. s * 4 + 3];
    ensures windows_ok;
    ensures leaves_ok;
    ensures sealed: partition_sealed != 0 ==> windows_kept{Pre,Post};
    ensures shrunk: \forall integer w; 0 <= w < WINDOWS ==>
        window_pages[w] == 0 || window_pages[w] == \old(window_pages[w]);
*/
uint32_t window_drop_io(uint32_t t, uint32_t s);

/*@ requires t < 64 && s < SPACES;
    assigns thread_save[t][3 .. 6];
*/
uint32_t window_inspect(uint32_t t, uint32_t s);

/*@ requires law2 && t < 64 && s < space_count;
    assigns thread_save[t][3 .. 4];
*/
uint32_t window_inspect_entry(uint32_t t, uint32_t s);

/* The space's first unused window number, or BH_WINDOWS. */
/*@ requires s < SPACES;
    assigns \nothing;
    ensures \result <= 4;
    ensures \result < 4 ==> window_pages[s * 4 + \result] == 0;
    ensures \result == 4 ==> window_pages[s * 4] != 0 && window_pages[s * 4 + 1] != 0 &&
        window_pages[s * 4 + 2] != 0 && window_pages[s * 4 + 3] != 0;
*/
uint32_t window_free(uint32_t s);

/* A window onto [page, page + pages) of the region; its number. */
/*@ requires law2 && s < space_count && region < region_count && 0 < pages;
    requires window_pages[s * 4] == 0 || window_pages[s * 4 + 1] == 0 ||
        window_pages[s * 4 + 2] == 0 || window_pages[s * 4 + 3] == 0;
    requires page + pages <= region_frames[region];
    requires 0 < rights <= 7;
    assigns window_region[s * 4 .. s * 4 + 3], window_first[s * 4 .. s * 4 + 3],
        window_pages[s * 4 .. s * 4 + 3], window_rights[s * 4 .. s * 4 + 3];
    ensures windows_ok;
    ensures leaves_ok;
    ensures \result < 4 && \old(window_pages[s * 4 + \result]) == 0;
    ensures \let w = s * 4 + \result;
        window_region[w] == region && window_first[w] == region_first[region] + page &&
        window_pages[w] == pages && window_rights[w] == rights &&
        \forall integer k; 0 <= k < WINDOWS && k != w ==> window_kept{Pre,Post}(k);
*/
uint32_t window_put(uint32_t s, uint32_t region, uint64_t page, uint64_t pages, uint32_t rights);

#endif
