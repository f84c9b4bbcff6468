/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * I/O spaces: what a PCI function may reach by DMA. Entries change by update; the hardware is told
 * by flush; what it was not told yet is owed. Belongs to: kernel. Pages are 4 KiB.
 */
#ifndef KERNEL_IOSPACE_H
#define KERNEL_IOSPACE_H

#include "kernel/object/space.h"
#include "kernel/object/thread.h"

extern uint32_t iospace_function[SPACES]; /* the bound PCI function, or NOBODY */
#define IOSPACE_CLEARING 2u
extern uint64_t iospace_updated[SPACES]; /* 0 never, 1 by an update, IOSPACE_CLEARING by a clear */
extern uint64_t iospace_owed_from[SPACES]; /* leaves [from, to) are owed to the hardware */
extern uint64_t iospace_owed_to[SPACES];
extern uint64_t iospace_clear_at[SPACES]; /* where a clear goes on */

/*@
  logic integer segments_of(integer base, integer pages) =
    (base + pages - 1) / 524288 - base / 524288 + 1;

  logic integer s_of(integer w) = w / 4;

  // Leaf i of space s, counted in the space, is owed.
  predicate owed(integer s, integer i) = iospace_owed_from[s] <= i < iospace_owed_to[s];

  predicate owed_ok(integer s) =
    iospace_owed_from[s] <= iospace_owed_to[s] <= space_pages[s] &&
    iospace_clear_at[s] <= space_pages[s];

  predicate iospaces_ok =
    (\forall integer s; 0 <= s < space_count && space_is_io[s] == 1 ==>
        owed_ok(s) && (iospace_updated[s] == 0 ==> no_valid_leaf(s))) &&
    (\forall integer s; space_count <= s < SPACES ==> iospace_owed_from[s] == 0 &&
        iospace_owed_to[s] == 0 && iospace_clear_at[s] == 0);

  predicate owed_grew{L1,L2}(integer s) = \forall integer i; owed{L1}(s, i) ==> owed{L2}(s, i);

  // What the hardware may have seen differently is owed to it.
  predicate changes_owed{L1,L2}(integer s) = \forall integer i;
    0 <= i < \at(space_pages[s], L1) &&
    \at(table_leaf[\at(space_leaf[s], L1) + i], L2) !=
        \at(table_leaf[\at(space_leaf[s], L1) + i], L1) ==>
    owed{L2}(s, i);

  predicate other_leaves_kept{L1,L2}(integer s) = \forall integer r, i;
    0 <= r < \at(space_count, L1) && r != s && leaf_in{L1}(r, i) ==>
    \at(table_leaf[i], L2) == \at(table_leaf[i], L1);

  // What a translator may ask of window w, and the leaf that it then gets.
  predicate word_fits(integer word, integer w) =
    leaf_invalid(word) ||
    (word / 4096 < window_pages[w] && (word % 4096 == BH_WORD_READ_ONLY ||
        (word % 4096 == 0 && (window_rights[w] & BH_R_REGION_WRITE) != 0)));

  predicate word_stored(integer e, integer word, integer w) =
    word_fits(word, w) && (leaf_invalid(e) <==> leaf_invalid(word)) &&
    (leaf_invalid(word) || (leaf_frame(e) == window_first[w] + word / 4096 &&
        (leaf_protected(e) <==> leaf_protected(word))));

  predicate message_ok(integer t) =
    thread_message(t) % 4096 == 0 && thread_message(t) < 0x4000000000000000;

  predicate caps_name_iospaces = \forall integer i; 0 <= i < CAP_SLOTS && cap_type[i] == BH_IOSPACE
    ==> cap_object[i] < space_count && space_is_io[cap_object[i]] == 1;

  // The capability that thread t names, and whether it may change entries by it.
  logic integer named_slot(integer t) = thread_captable(t) * 128 + thread_save[t][2] % 128;

  predicate may_map(integer t) = thread_save[t][2] < 128 &&
    cap_type[named_slot(t)] == BH_IOSPACE &&
    (cap_rights[named_slot(t)] & BH_R_IOSPACE_MAP) == BH_R_IOSPACE_MAP;
*/

/* An I/O space of pages [base, base + pages). */
/*@ requires law2 && iospaces_ok && space_count < SPACES;
    requires size: 0 < pages && pages % 256 == 0 && base % 256 == 0 && base + pages <= SPACE_LIMIT;
    requires table_pages_used + pages / 256 <= PAGE_TABLES;
    requires table_segments_used + segments_of(base, pages) <= SEGMENT_TABLES;
    requires table_regions_used < REGION_TABLES;
    assigns space_count, space_partition[space_count], space_base[space_count],
        space_pages[space_count], space_leaf[space_count], space_root[space_count],
        space_is_io[space_count], iospace_function[space_count], table_pages_used,
        table_leaf_owner[table_pages_used .. table_pages_used + pages / 256 - 1],
        table_leaf[table_pages_used * 256 .. table_pages_used * 256 + pages - 1],
        table_segments_used, table_segment[table_segments_used * 2048 ..
            (table_segments_used + segments_of(base, pages)) * 2048 - 1],
        table_regions_used,
        table_region[table_regions_used * 2048 .. table_regions_used * 2048 + 2047];
    ensures law2;
    ensures iospaces_ok;
    ensures \result == \old(space_count) && space_count == \old(space_count) + 1;
    ensures anchor: space_root[\result] ==
        region_origin + \old(table_regions_used) * 2048 * 8 + 0x804;
    ensures linked: \let first = \old(table_segments_used) * 2048 + base % 524288 / 256;
        \forall integer k; first <= k < first + pages / 256 ==>
            table_segment[k] == leaf_origin + (space_leaf[\result] + (k - first) * 256) * 8;
*/
uint32_t iospace_create(uint32_t p, uint64_t base, uint64_t pages);

/* How many 2 GiB ranges [base, base + pages) touches: segment tables that it needs. */
/*@ requires 0 < pages && base + pages <= SPACE_LIMIT;
    assigns \nothing;
    ensures \result == segments_of(base, pages) && 0 < \result <= 2048;
*/
uint32_t iospace_segments(uint64_t base, uint64_t pages);

/* The method UPDATE of thread t, from its capability to its error: what changed is owed. */
/*@ requires law2 && iospaces_ok && caps_name_iospaces;
    requires t < 64 && thread_captable(t) < CAPTABLES && message_ok(t);
    assigns table_leaf[0 .. LEAVES - 1], iospace_updated[0 .. SPACES - 1],
        iospace_owed_from[0 .. SPACES - 1], iospace_owed_to[0 .. SPACES - 1], hw_cursor,
        hw_loaded[0 .. 255], thread_save[t][2 .. 3];
    ensures leaves_ok;
    ensures iospaces_ok;
    ensures refused: !\old(may_map(t)) ==> thread_save[t][2] != BH_E_OK &&
        \forall integer i; 0 <= i < LEAVES ==> table_leaf[i] == \old(table_leaf[i]);
    ensures owed: \let s = cap_object[\old(named_slot(t))];
        \old(may_map(t)) ==> changes_owed{Pre,Post}(s) && owed_grew{Pre,Post}(s) &&
            other_leaves_kept{Pre,Post}(s);
*/
void iospace_update(uint32_t t);

/* The method FLUSH of thread t, from its capability to its error: hardware RPCIT over the first
 * piece of what is owed. */
/*@ requires law2 && iospaces_ok && caps_name_iospaces;
    requires t < 64 && thread_captable(t) < CAPTABLES;
    assigns iospace_owed_from[0 .. SPACES - 1], thread_save[t][2 .. 3];
    ensures iospaces_ok;
    ensures refused: !\old(may_map(t)) ==> thread_save[t][2] != BH_E_OK &&
        \forall integer s; 0 <= s < SPACES ==> iospace_owed_from[s] == \old(iospace_owed_from[s]);
*/
void iospace_flush(uint32_t t);

/* The hardware has confirmed that it uses nothing old: nothing is owed any more. */
/*@ requires s < SPACES;
    assigns iospace_owed_from[s], iospace_owed_to[s];
    ensures iospace_owed_from[s] == 0 && iospace_owed_to[s] == 0;
*/
void iospace_settled(uint32_t s);

/*@ requires law2 && iospaces_ok && caps_name_regions;
    requires t < 64 && thread_captable(t) < CAPTABLES && message_ok(t);
    requires object < space_count && space_is_io[object] == 1;
    assigns table_leaf[space_leaf[object] .. space_leaf[object] + space_pages[object] - 1],
        iospace_updated[object], iospace_owed_from[object], iospace_owed_to[object],
        iospace_clear_at[object], hw_cursor, hw_loaded[0 .. 255],
        window_region[object * 4 .. object * 4 + 3], window_first[object * 4 .. object * 4 + 3],
        window_pages[object * 4 .. object * 4 + 3], window_rights[object * 4 .. object * 4 + 3],
        thread_save[t][3 .. 7];
    ensures law2;
    ensures iospaces_ok;
    ensures sealed: partition_sealed != 0 ==> windows_kept{Pre,Post};
    ensures owed: changes_owed{Pre,Post}(object);
*/
uint32_t iospace_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t iospace_ok(uint32_t s);

#endif
