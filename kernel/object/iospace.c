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
uint32_t iospace_updated[SPACES];
uint64_t iospace_owed_from[SPACES];
uint64_t iospace_owed_to[SPACES];
uint64_t iospace_clear_at[SPACES];

#define SEGMENT_PAGES 524288u /* 2 GiB, what a segment table covers */

uint32_t iospace_segments(uint64_t base, uint64_t pages)
{
    return (uint32_t)((base + pages - 1u) / SEGMENT_PAGES - base / SEGMENT_PAGES) + 1u;
}

/* Page tables of the pages [page, end) that lie in the 2 GiB range of page. Returns the end. */
static uint64_t link_segment(uint32_t s, uint32_t root, uint64_t page, uint64_t end)
{
    uint32_t segment = table_take_segment();
    uint64_t next = (page / SEGMENT_PAGES + 1u) * SEGMENT_PAGES;
    uint64_t stop = next < end ? next : end;

    table_link_pages(segment + (uint32_t)(page % SEGMENT_PAGES / BH_BATCH),
                     (uint32_t)((stop - page) / BH_BATCH),
                     space_leaf[s] + (uint32_t)(page - space_base[s]));
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

    for (i = 0; i < SEGMENT_TABLES && page < base + pages; i++) {
        page = link_segment(s, root, page, base + pages);
    }
    space_is_io[s] = 1;
    space_root[s] = hw_region_address(root) + ANCHOR_FLAGS;
    iospace_function[s] = NOBODY;
    return s;
}

static inline uint32_t update_check(uint32_t s, uint64_t page, uint64_t n)
{
    if (n == 0 || n > BH_BATCH || page % BH_BATCH + n > BH_BATCH) {
        return BH_E_ARG;
    }
    if (page < space_base[s] || page - space_base[s] >= space_pages[s]) {
        return BH_E_RANGE;
    }
    return BH_E_OK;
}

static void owe(uint32_t s, uint64_t from, uint64_t to)
{
    if (iospace_owed_from[s] >= iospace_owed_to[s]) {
        iospace_owed_from[s] = from;
        iospace_owed_to[s] = to;
        return;
    }
    if (from < iospace_owed_from[s]) {
        iospace_owed_from[s] = from;
    }
    if (to > iospace_owed_to[s]) {
        iospace_owed_to[s] = to;
    }
}

/*
 * The entry that a word asks for, or 0 if it may not be. limit: the window's bytes; base: address
 * of its first frame, never 0; open: the flags of a writable page, or those of a read-only one if
 * the window is. Law 2 in the form that costs least: word < limit is page < pages, and the flags
 * are compared as a whole, so that nothing else can be set.
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
static inline uint64_t store_words(uint64_t leaf, uint64_t words, uint64_t n, uint32_t w)
{
    uint64_t base = window_first[w] * BH_PAGE_SIZE;
    uint64_t limit = window_pages[w] * BH_PAGE_SIZE;
    uint64_t open = (window_rights[w] & BH_R_REGION_WRITE) != 0 ? 0 : BH_WORD_READ_ONLY;
    uint64_t entry;
    uint64_t i;

    for (i = 0; i < n; i++) {
        entry = entry_of(hw_load(words + i * 8u), base, limit, open);
        if (entry == 0) {
            break;
        }
        table_leaf[leaf + i] = entry;
    }
    return i;
}

/* Entries from page on, out of n words; stops at the first bad one. stored counts the good ones. */
static inline uint32_t update_words(uint32_t s, uint64_t page, uint64_t n, uint64_t window,
                                    uint64_t words, uint64_t *stored)
{
    uint64_t at = page - space_base[s];
    uint64_t done =
        store_words(space_leaf[s] + at, words, n, s * BH_WINDOWS + (uint32_t)(window % BH_WINDOWS));

    *stored = done;
    if (done != 0) {
        iospace_updated[s] = 1;
        owe(s, at, at + done);
    }
    return done == n ? BH_E_OK : BH_E_BOUND;
}

uint32_t iospace_update(uint32_t t, uint32_t s)
{
    uint64_t page = thread_argument(t, 0);
    uint64_t n = thread_argument(t, 1);
    uint64_t window = thread_argument(t, 2);
    uint32_t error = update_check(s, page, n);
    uint64_t stored = 0;

    if (error == BH_E_OK && window >= BH_WINDOWS) {
        error = BH_E_ARG;
    }
    if (error == BH_E_OK && thread_message(t) == 0) {
        error = BH_E_STATE;
    }
    if (error == BH_E_OK) {
        error = update_words(s, page, n, window, thread_message(t), &stored);
    }
    thread_result(t, 0, stored);
    return error;
}

void iospace_settled(uint32_t s)
{
    iospace_owed_from[s] = 0;
    iospace_owed_to[s] = 0;
}

/* One hardware RPCIT over the first piece that is owed. Before the function knows the space there
 * is nobody to tell, and after it does it must hear of all of this: it stays owed. */
static uint32_t flush(uint32_t t, uint32_t s)
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

static uint32_t clear(uint32_t t, uint32_t s)
{
    uint64_t at = iospace_clear_at[s];
    uint32_t error;
    uint32_t i;

    if (at < space_pages[s]) {
        for (i = 0; i < CLEAR_PIECE && at < space_pages[s]; i++, at++) {
            table_leaf[space_leaf[s] + (uint32_t)at] = ENTRY_INVALID;
        }
        owe(s, iospace_clear_at[s], at);
        iospace_clear_at[s] = at;
        return BH_E_AGAIN;
    }
    error = flush(t, s);
    if (error != BH_E_AGAIN) {
        iospace_clear_at[s] = 0;
    }
    return error;
}

static uint32_t inspect(uint32_t t, uint32_t s)
{
    if (thread_argument(t, 0) != BH_WINDOWS) {
        return window_inspect(t, s);
    }
    thread_result(t, 0, space_base[s]);
    thread_result(t, 1, space_pages[s]);
    thread_result(t, 2, iospace_owed_to[s] - iospace_owed_from[s]);
    thread_result(t, 3, iospace_function[s] == NOBODY ? 0u : iospace_function[s] + 1u);
    return BH_E_OK;
}

uint32_t iospace_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_IOSPACE_FLUSH:
        return flush(t, object);
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
