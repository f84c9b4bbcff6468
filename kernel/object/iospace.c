/* SPDX-License-Identifier: BSD-2-Clause */
/* I/O spaces: update, flush, clear. Belongs to: kernel. */
#include "kernel/object/iospace.h"
#include "kernel/machine.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/thread.h"
#include "kernel/object/window.h"

#define CLEAR_PIECE 1024u   /* leaves in one call */
#define FLUSH_PIECE 4096u   /* pages in one hardware RPCIT */
#define ANCHOR_FLAGS 0x804u /* translation on, region-third table: libs/zformats/iotable.h */
#define RTE_FLAGS 0x7u

uint32_t iospace_function[SPACES];
uint64_t iospace_updated[SPACES];
uint64_t iospace_owed_from[SPACES];
uint64_t iospace_owed_to[SPACES];
uint64_t iospace_clear_at[SPACES];

#define SEGMENT_PAGES 524288u /* 2 GiB, what a segment table covers */

uint32_t iospace_segments(uint64_t base, uint64_t pages)
{
    return (uint32_t)((base + pages - 1u) / SEGMENT_PAGES - base / SEGMENT_PAGES) + 1u;
}

/* Page tables of the pages [page, end) that lie in the 2 GiB range of page. Returns their end. */
/*@ requires s < SPACES && space_placed(s) && pools_ok && table_segments_used < SEGMENT_TABLES;
    requires root <= 15 * 2048;
    requires page % 256 == 0 && space_base[s] <= page < end == space_base[s] + space_pages[s];
    assigns table_segments_used, table_region[root + page / 524288],
        table_segment[table_segments_used * 2048 .. table_segments_used * 2048 + 2047];
    ensures table_segments_used == \old(table_segments_used) + 1;
    ensures \result == \min((page / 524288 + 1) * 524288, end);
    ensures region: table_region[root + page / 524288] ==
        segment_origin + \old(table_segments_used) * 2048 * 8 + RTE_FLAGS;
    ensures linked:
        \let first = \old(table_segments_used) * 2048 + page % 524288 / 256;
        \forall integer k; first <= k < first + (\result - page) / 256 ==>
            table_segment[k] == leaf_origin + (leaf_of(s, page) + (k - first) * 256) * 8;
*/
static uint64_t link_segment(uint32_t s, uint32_t root, uint64_t page, uint64_t end)
{
    uint32_t segment = table_take_segment();
    uint64_t next = (page / SEGMENT_PAGES + 1u) * SEGMENT_PAGES;
    uint64_t stop = next < end ? next : end;

    table_link_pages(segment + (uint32_t)(page % SEGMENT_PAGES / BH_BATCH),
                     (uint32_t)((stop - page) / BH_BATCH), space_leaf_at(s, page));
    table_region[root + (uint32_t)(page / SEGMENT_PAGES % TABLE_ENTRIES)] =
        hw_segment_address(segment) + RTE_FLAGS;
    return stop;
}

uint32_t iospace_create(uint32_t p, uint64_t base, uint64_t pages)
{
    uint32_t s = space_take(p, base, pages);
    uint32_t root = table_take_region();
    uint64_t page = base;
    uint32_t i;

    /*@ loop invariant 0 <= i <= segments_of(base, pages) && pools_ok;
        loop invariant i == 0 ==> page == base;
        loop invariant i > 0 ==> page == \min((base / 524288 + i) * 524288, base + pages);
        loop invariant table_segments_used == \at(table_segments_used, Pre) + i;
        loop invariant \let first = \at(table_segments_used, Pre) * 2048 + base % 524288 / 256;
            \forall integer k; first <= k < first + (page - base) / 256 ==>
            table_segment[k] == leaf_origin + (space_leaf[s] + (k - first) * 256) * 8;
        loop assigns i, page, table_segments_used, table_region[root .. root + 2047],
            table_segment[\at(table_segments_used, Pre) * 2048 ..
                (\at(table_segments_used, Pre) + segments_of(base, pages)) * 2048 - 1];
        loop variant SEGMENT_TABLES - i;
    */
    for (i = 0; i < SEGMENT_TABLES && page < base + pages; i++) {
        //@ ghost uint64_t from = page;
        page = link_segment(s, root, page, base + pages);
        /*@ assert entry: (\at(table_segments_used, Pre) + i) * 2048 + from % 524288 / 256 ==
            \at(table_segments_used, Pre) * 2048 + base % 524288 / 256 + (from - base) / 256; */
        //@ assert whole: from % 256 == 0 && page % 256 == 0 && base % 256 == 0 && from < page;
        /*@ assert old: \let first = \at(table_segments_used, Pre) * 2048 + base % 524288 / 256;
            \forall integer k; first <= k < first + (from - base) / 256 ==>
            table_segment[k] == leaf_origin + (space_leaf[s] + (k - first) * 256) * 8; */
        /*@ assert new: \let first = \at(table_segments_used, Pre) * 2048 + base % 524288 / 256;
            \forall integer k; first + (from - base) / 256 <= k < first + (page - base) / 256 ==>
            table_segment[k] == leaf_origin + (space_leaf[s] + (k - first) * 256) * 8; */
    }
    space_is_io[s] = 1;
    space_root[s] = hw_region_address(root) + ANCHOR_FLAGS;
    iospace_function[s] = NOBODY;
    //@ assert fresh: no_valid_leaf(s) && owed_ok(s);
    /*@ assert unchanged: \forall integer r, i; 0 <= r < s && leaf_in(r, i) ==>
        table_leaf[i] == \at(table_leaf[i], Pre); */
    /*@ assert others: \forall integer r; 0 <= r < s && space_is_io[r] == 1 ==>
        owed_ok(r) && (iospace_updated[r] == 0 ==> no_valid_leaf(r)); */
    return s;
}

/*@ requires s < SPACES && space_placed(s);
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_ARG || \result == BH_E_RANGE ||
        \result == BH_E_STATE;
    ensures \result == BH_E_OK ==> 0 < n <= 256 && space_base[s] <= page &&
        page + n <= space_base[s] + space_pages[s] && window < 4 && words != 0;
*/
static inline uint32_t update_check(uint64_t s, uint64_t page, uint64_t n, uint64_t window,
                                    uint64_t words)
{
    if (n == 0 || n > BH_BATCH || page % BH_BATCH + n > BH_BATCH) {
        return BH_E_ARG;
    }
    if (page < space_base[s] || page - space_base[s] >= space_pages[s]) {
        return BH_E_RANGE;
    }
    if (window >= BH_WINDOWS) {
        return BH_E_ARG;
    }
    return words == 0 ? BH_E_STATE : BH_E_OK;
}

/*@ requires s < SPACES && owed_ok(s) && from <= to <= space_pages[s];
    assigns iospace_owed_from[s], iospace_owed_to[s];
    ensures owed_ok(s) && owed_grew{Pre,Post}(s);
    ensures \forall integer i; from <= i < to ==> owed(s, i);
*/
static inline void owe(uint64_t s, uint64_t from, uint64_t to)
{
    uint64_t none = iospace_owed_from[s] >= iospace_owed_to[s];

    if (none != 0 || from < iospace_owed_from[s]) {
        iospace_owed_from[s] = from;
    }
    if (none != 0 || to > iospace_owed_to[s]) {
        iospace_owed_to[s] = to;
    }
}

/*
 * The entry that a word asks for, or 0 if it may not be. limit: the window's bytes; base: address
 * of its first frame, never 0; open: the flags of a writable page, or those of a read-only one if
 * the window is. Law 2 in the form that costs least: word < limit is page < pages, and the flags
 * are compared as a whole, so that nothing else can be set.
 */
/*@ requires limit % 4096 == 0 && base % 4096 == 0 && limit + base <= 0xfffffffffffff000;
    requires limit == 0 || base != 0;
    requires open == 0 || open == BH_WORD_READ_ONLY;
    assigns \nothing;
    ensures good: \result != 0 <==> leaf_invalid(word) || (word < limit &&
        (word % 4096 == open || word % 4096 == BH_WORD_READ_ONLY));
    ensures invalid: \result != 0 ==> (leaf_invalid(\result) <==> leaf_invalid(word));
    ensures valid: \result != 0 && !leaf_invalid(word) ==>
        leaf_frame(\result) == base / 4096 + word / 4096 && word / 4096 < limit / 4096 &&
        (leaf_protected(\result) <==> leaf_protected(word)) &&
        (open == BH_WORD_READ_ONLY ==> leaf_protected(word));
*/
static inline uint64_t entry_of(uint64_t word, uint64_t base, uint64_t limit, uint64_t open)
{
    uint64_t flags = word % BH_PAGE_SIZE;

    if (flags == open || flags == BH_WORD_READ_ONLY) {
        return word < limit ? word + base : 0;
    }
    return word / BH_WORD_INVALID % 2u != 0 ? ENTRY_INVALID : 0;
}

/* Each word is loaded once; what is decided and stored is the copy. */
/*@ requires law2 && s_of(w) < space_count && space_is_io[s_of(w)] == 1 && w < WINDOWS;
    requires n <= 256 && leaf_in(s_of(w), leaf);
    requires leaf + n <= space_leaf[s_of(w)] + space_pages[s_of(w)];
    requires window_placed(w) && window_first[w] + window_pages[w] <= 0xfffffffffffff;
    requires window_pages[w] == 0 || window_first[w] != 0;
    requires words % 4096 == 0 && words < 0x4000000000000000 && hw_cursor == words;
    assigns table_leaf[leaf .. leaf + n - 1], hw_cursor, hw_loaded[0 .. 255];
    ensures \result <= n;
    ensures leaves_ok;
    ensures stored: \forall integer i; leaf <= i < leaf + \result ==>
        word_stored(table_leaf[i], hw_loaded[i - leaf], w);
    ensures refused: \result < n ==> !word_fits(hw_loaded[\result], w);
    ensures others: \forall integer i; leaf + \result <= i < LEAVES ==>
        table_leaf[i] == \old(table_leaf[i]);
*/
static inline uint64_t store_words(uint64_t leaf, uint64_t words, uint64_t n, uint64_t w)
{
    uint64_t base = window_first[w] * BH_PAGE_SIZE;
    uint64_t limit = window_pages[w] * BH_PAGE_SIZE;
    uint64_t open = (window_rights[w] & BH_R_REGION_WRITE) != 0 ? 0 : BH_WORD_READ_ONLY;
    uint64_t entry;
    uint64_t i;

    /*@ loop invariant 0 <= i <= n;
        loop invariant leaves_ok;
        loop invariant hw_cursor == words + i * 8;
        loop invariant \forall integer k; leaf <= k < leaf + i ==>
            word_stored(table_leaf[k], hw_loaded[k - leaf], w);
        loop invariant \forall integer k; leaf + i <= k < LEAVES ==>
            table_leaf[k] == \at(table_leaf[k], Pre);
        loop assigns i, entry, table_leaf[leaf .. leaf + n - 1], hw_cursor, hw_loaded[0 .. 255];
        loop variant n - i;
    */
    for (i = 0; i < n; i++) {
        entry = entry_of(hw_load(words + i * 8u), base, limit, open);
        if (entry == 0) {
            break;
        }
        table_leaf[leaf + i] = entry;
        //@ assert stored: word_stored(table_leaf[leaf + i], hw_loaded[i], w);
        /*@ assert inside: leaf_invalid(table_leaf[leaf + i]) ||
            window_allows(w, 1, table_leaf[leaf + i]); */
        //@ assert owner: table_leaf_owner[(leaf + i) / 256] == s_of(w);
        /*@ assert number: w == s_of(w) * 4 || w == s_of(w) * 4 + 1 || w == s_of(w) * 4 + 2 ||
            w == s_of(w) * 4 + 3; */
        //@ assert allowed: leaf_allowed(s_of(w), table_leaf[leaf + i]);
    }
    return i;
}

/* Entries from page on, out of n words; how many, up to the first bad one. */
/*@ requires law2 && s < space_count && space_is_io[s] == 1 && owed_ok(s);
    requires 0 < n <= 256 && window < 4 && space_base[s] <= page &&
        page + n <= space_base[s] + space_pages[s];
    requires words % 4096 == 0 && words < 0x4000000000000000;
    assigns table_leaf[leaf_of(s, page) .. leaf_of(s, page) + n - 1], iospace_updated[s],
        iospace_owed_from[s], iospace_owed_to[s], hw_cursor, hw_loaded[0 .. 255];
    ensures leaves_ok;
    ensures owed_ok(s) && \result <= n;
    ensures updated: iospace_updated[s] == (\result != 0 ? 1 : \old(iospace_updated[s]));
    ensures stored: \forall integer i; leaf_of(s, page) <= i < leaf_of(s, page) + \result ==>
        word_stored(table_leaf[i], hw_loaded[i - leaf_of(s, page)], s * 4 + window);
    ensures refused: \result < n ==> !word_fits(hw_loaded[\result], s * 4 + window);
    ensures others: \forall integer i; leaf_of(s, page) + \result <= i < LEAVES ==>
        table_leaf[i] == \old(table_leaf[i]);
    ensures owed: changes_owed{Pre,Post}(s) && owed_grew{Pre,Post}(s);
*/
static inline uint64_t update_words(uint64_t s, uint64_t page, uint64_t n, uint64_t window,
                                    uint64_t words)
{
    uint64_t at = page - space_base[s];
    uint64_t done;

    //@ assert number: window % 4 == window;
    //@ assert placed: space_placed(s) && window_placed(s * 4 + window);
    //@ ghost hw_cursor = words;
    done = store_words((uint64_t)space_leaf[s] + at, words, n, s * BH_WINDOWS + window);
    if (done != 0) {
        iospace_updated[s] = 1;
        owe(s, at, at + done);
    }
    return done;
}

/* Of n, which is GR5 of thread t: a function that knows it has less to do. */
/*@ requires law2 && iospaces_ok && t < 64 && s < space_count && space_is_io[s] == 1;
    requires message_ok(t);
    assigns table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1], iospace_updated[s],
        iospace_owed_from[s], iospace_owed_to[s], hw_cursor, hw_loaded[0 .. 255],
        thread_save[t][2 .. 3];
    ensures leaves_ok;
    ensures iospaces_ok;
    ensures owed: changes_owed{Pre,Post}(s) && owed_grew{Pre,Post}(s);
    ensures others: other_leaves_kept{Pre,Post}(s);
*/
static inline __attribute__((always_inline)) void update(uint32_t t, uint64_t s, uint64_t n)
{
    uint64_t page = thread_argument(t, 0);
    uint64_t window = thread_argument(t, 2);
    uint32_t error = update_check(s, page, n, window, thread_message(t));
    uint64_t stored;

    if (error != BH_E_OK) {
        thread_result(t, 0, 0);
        thread_error(t, error);
        return;
    }
    stored = update_words(s, page, n, window, thread_message(t));
    //@ assert others: other_leaves_kept{Pre,Here}(s);
    thread_result(t, 0, stored);
    thread_error(t, stored == n ? BH_E_OK : BH_E_BOUND);
}

/*@ requires law2 && iospaces_ok && t < 64 && s < space_count && space_is_io[s] == 1;
    requires message_ok(t);
    assigns table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1], iospace_updated[s],
        iospace_owed_from[s], iospace_owed_to[s], hw_cursor, hw_loaded[0 .. 255],
        thread_save[t][2 .. 3];
    ensures leaves_ok;
    ensures iospaces_ok;
    ensures owed: changes_owed{Pre,Post}(s) && owed_grew{Pre,Post}(s);
    ensures others: other_leaves_kept{Pre,Post}(s);
*/
static __attribute__((noinline)) void update_many(uint32_t t, uint64_t s)
{
    update(t, s, thread_argument(t, 1));
}

void iospace_update(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot((uint32_t)thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_IOSPACE, BH_R_IOSPACE_MAP);

    if (error != BH_E_OK) {
        thread_error(t, error);
    } else if (thread_argument(t, 1) == 1u) {
        update(t, cap_object[slot], 1);
    } else {
        update_many(t, cap_object[slot]);
    }
}

void iospace_settled(uint32_t s)
{
    iospace_owed_from[s] = 0;
    iospace_owed_to[s] = 0;
}

/* One hardware RPCIT over the first piece that is owed. Before the function knows the space there
 * is nobody to tell, and after it does it must hear of all of this: it stays owed. */
/*@ requires law2 && iospaces_ok && t < 64 && s < space_count && space_is_io[s] == 1;
    assigns iospace_owed_from[s], thread_save[t][3];
    ensures iospaces_ok;
*/
static inline uint32_t flush(uint32_t t, uint32_t s)
{
    uint64_t from = iospace_owed_from[s];
    uint64_t to = iospace_owed_to[s];
    uint64_t n = to - from < FLUSH_PIECE ? to - from : FLUSH_PIECE;
    uint32_t error;

    if (from >= to || pci_knows(iospace_function[s]) == 0) {
        return BH_E_OK;
    }
    error = pci_refresh(t, iospace_function[s], (space_base[s] + from) * BH_PAGE_SIZE,
                        n * BH_PAGE_SIZE);
    if (error != BH_E_OK) {
        return error;
    }
    iospace_owed_from[s] = from + n;
    return from + n < to ? BH_E_AGAIN : BH_E_OK;
}

void iospace_flush(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot((uint32_t)thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_IOSPACE, BH_R_IOSPACE_MAP);

    if (error == BH_E_OK) {
        error = flush(t, cap_object[slot]);
    }
    thread_error(t, error);
}

/*@ requires law2 && iospaces_ok && t < 64 && s < space_count && space_is_io[s] == 1;
    assigns table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1], iospace_clear_at[s],
        iospace_updated[s],
        iospace_owed_from[s], iospace_owed_to[s], thread_save[t][3];
    ensures leaves_ok;
    ensures iospaces_ok;
    ensures owed: changes_owed{Pre,Post}(s);
*/
static uint32_t clear(uint32_t t, uint32_t s)
{
    uint64_t from = iospace_updated[s] == IOSPACE_CLEARING ? iospace_clear_at[s] : 0;
    uint64_t at = from;
    uint32_t error;
    uint32_t i;

    iospace_updated[s] = IOSPACE_CLEARING; /* until an update makes it begin anew */
    if (at < space_pages[s]) {
        /*@ loop invariant from <= at <= space_pages[s];
            loop invariant leaves_ok;
            loop invariant \forall integer k; leaf_in(s, k) &&
                from <= k - space_leaf[s] < at ==> leaf_invalid(table_leaf[k]);
            loop invariant \forall integer k; leaf_in(s, k) &&
                !(from <= k - space_leaf[s] < at) ==>
                table_leaf[k] == \at(table_leaf[k], Pre);
            loop assigns i, at, table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1];
            loop variant CLEAR_PIECE - i;
        */
        for (i = 0; i < CLEAR_PIECE && at < space_pages[s]; i++, at++) {
            table_leaf[space_leaf[s] + (uint32_t)at] = ENTRY_INVALID;
        }
        //@ assert others: other_leaves_kept{Pre,Here}(s);
        owe(s, from, at);
        iospace_clear_at[s] = at;
        return BH_E_AGAIN;
    }
    error = flush(t, s);
    if (error != BH_E_AGAIN) {
        iospace_clear_at[s] = 0;
    }
    return error;
}

/*@ requires t < 64 && s < SPACES && owed_ok(s);
    assigns thread_save[t][3 .. 7];
*/
static uint32_t inspect(uint32_t t, uint32_t s)
{
    if (thread_argument(t, 0) != BH_WINDOWS) {
        return window_inspect(t, s);
    }
    thread_result(t, 0, space_base[s]);
    thread_result(t, 1, space_pages[s]);
    thread_result(t, 2, iospace_owed_to[s] - iospace_owed_from[s]);
    thread_result(t, 3, iospace_function[s] == NOBODY ? 0u : iospace_function[s] + 1u);
    thread_result(t, 4, space_partition[s]);
    return BH_E_OK;
}

uint32_t iospace_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_IOSPACE_ADD_WINDOW:
        return window_add(t, object);
    case BH_M_IOSPACE_DROP_WINDOW:
        return window_drop_io(t, object);
    case BH_M_IOSPACE_CLEAR:
        return clear(t, object);
    case BH_M_IOSPACE_INSPECT:
        return inspect(t, object);
    case BH_M_IOSPACE_ENTRY:
        return window_inspect_entry(t, object);
    default:
        return BH_E_METHOD;
    }
}
