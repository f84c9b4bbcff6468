/* SPDX-License-Identifier: BSD-2-Clause */
/* Process spaces: windows and entries. Belongs to: kernel. */
#include "kernel/object/space.h"
#include "kernel/machine.h"
#include "kernel/object/thread.h"
#include "kernel/object/window.h"

#define RIGHTS_ALL (BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE)
#define ASCE_SEGMENT_FULL 0x3u /* designates a segment table of full length */

uint32_t space_partition[SPACES];
uint32_t space_leaf[SPACES];
uint64_t space_pages[SPACES];
uint64_t space_base[SPACES];
uint64_t space_root[SPACES];
uint32_t space_is_io[SPACES];
uint32_t space_count;
uint32_t window_region[WINDOWS];
uint64_t window_first[WINDOWS];
uint64_t window_pages[WINDOWS];
uint32_t window_rights[WINDOWS];

uint32_t space_take(uint32_t p, uint64_t base, uint64_t pages)
{
    uint32_t s = space_count;

    space_count = s + 1u;
    space_partition[s] = p;
    space_base[s] = base;
    space_pages[s] = pages;
    space_leaf[s] = table_take_pages(s, (uint32_t)(pages / BH_BATCH));
    //@ assert placed: space_placed(s);
    //@ assert kept: \forall integer r; 0 <= r < s ==> space_placed(r);
    //@ assert mine: \forall integer i; leaf_in(s, i) ==> table_leaf_owner[i / 256] == s;
    /*@ assert theirs: \forall integer r, i; 0 <= r < s && leaf_in(r, i) ==>
        table_leaf_owner[i / 256] == r; */
    /*@ assert back: \forall integer i; 0 <= i < table_pages_used * 256 ==>
        table_leaf_owner[i / 256] <= s && leaf_in(table_leaf_owner[i / 256], i); */
    return s;
}

uint32_t space_create(uint32_t p, uint64_t pages)
{
    uint32_t s = space_take(p, 0, pages);
    uint32_t segment = table_take_segment();

    table_link_pages(segment, (uint32_t)(pages / BH_BATCH), space_leaf[s]);
    space_root[s] = hw_segment_address(segment) + ASCE_SEGMENT_FULL;
    return s;
}

/*@ requires s < SPACES && space_placed(s);
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_ARG || \result == BH_E_RANGE;
    ensures \result == BH_E_OK <==> 0 < n <= 256 && space_base[s] <= page &&
        page + n <= space_base[s] + space_pages[s];
*/
static uint32_t check_range(uint32_t s, uint64_t page, uint64_t n)
{
    if (n == 0 || n > BH_BATCH) {
        return BH_E_ARG;
    }
    if (page < space_base[s] || page - space_base[s] >= space_pages[s] ||
        n > space_pages[s] - (page - space_base[s])) {
        return BH_E_RANGE;
    }
    return BH_E_OK;
}

uint32_t space_map_check(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                         uint64_t rights)
{
    uint32_t error = check_range(s, page, n);

    if (error == BH_E_OK && ((rights & BH_R_REGION_READ) == 0 || rights > RIGHTS_ALL)) {
        error = BH_E_ARG;
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (wpage > UINT64_MAX - n) {
        return BH_E_BOUND;
    }
    return window_check(s, window, wpage + n - 1u, (uint32_t)(rights % 8u));
}

/*@ requires frame < 0x10000000000000;
    assigns \nothing;
    ensures entry_is(\result, frame, rights);
*/
static uint64_t make_entry(uint64_t frame, uint64_t rights)
{
    uint64_t entry = frame * BH_PAGE_SIZE;

    if ((rights & BH_R_REGION_WRITE) == 0) {
        entry += ENTRY_PROTECTED;
    }
    if ((rights & BH_R_REGION_EXECUTE) == 0 && hw_execute_protection() != 0) {
        entry += ENTRY_NO_EXECUTE;
    }
    return entry;
}

void space_map_commit(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                      uint64_t rights)
{
    uint64_t first = window_first[window_slot(s, window)] + wpage;
    uint32_t leaf = space_leaf_at(s, page);
    uint32_t i;

    //@ assert placed: window_placed(s * 4 + window) && space_placed(s);
    //@ assert number: window == 0 || window == 1 || window == 2 || window == 3;
    //@ assert origin: first == window_first[s * 4 + window] + wpage;
    //@ assert inside: region_inside(window_region[s * 4 + window]);
    //@ assert below: first + n <= 0xfffffffffffff;
    //@ assert run: leaf + n <= space_leaf[s] + space_pages[s];
    //@ ghost hw_stale = 1;
    /*@ loop invariant 0 <= i <= n;
        loop invariant leaves_ok;
        loop invariant \forall integer k; leaf <= k < leaf + i ==>
            entry_is(table_leaf[k], first + k - leaf, rights);
        loop assigns i, table_leaf[leaf .. leaf + n - 1];
        loop variant n - i;
    */
    for (i = 0; i < (uint32_t)n; i++) {
        table_leaf[leaf + i] = make_entry(first + i, rights);
        //@ assert inside: window_allows(s * 4 + window, 0, table_leaf[leaf + i]);
        //@ assert owner: leaf_in(s, leaf + i) && table_leaf_owner[(leaf + i) / 256] == s;
        //@ assert allowed: leaf_allowed(s, table_leaf[leaf + i]);
    }
    hw_purge_cpu();
}

/*@ requires law2 && s < space_count && 0 < n <= 256;
    requires space_base[s] <= page && page + n <= space_base[s] + space_pages[s];
    assigns table_leaf[leaf_of(s, page) .. leaf_of(s, page) + n - 1], hw_stale;
    ensures leaves_ok && hw_stale == 0;
    ensures \forall integer i; leaf_of(s, page) <= i < leaf_of(s, page) + n ==>
        leaf_invalid(table_leaf[i]);
*/
static void unmap_commit(uint32_t s, uint64_t page, uint64_t n)
{
    uint32_t leaf = space_leaf_at(s, page);
    uint32_t i;

    //@ assert run: leaf + n <= space_leaf[s] + space_pages[s];
    //@ ghost hw_stale = 1;
    /*@ loop invariant 0 <= i <= n;
        loop invariant leaves_ok;
        loop invariant \forall integer k; leaf <= k < leaf + i ==> leaf_invalid(table_leaf[k]);
        loop assigns i, table_leaf[leaf .. leaf + n - 1];
        loop variant n - i;
    */
    for (i = 0; i < (uint32_t)n; i++) {
        table_leaf[leaf + i] = ENTRY_INVALID;
    }
    hw_purge_cpu();
}

uint64_t space_writable_frame(uint32_t s, uint64_t address)
{
    uint64_t page = address / BH_PAGE_SIZE;
    uint64_t entry;

    if (address % BH_PAGE_SIZE != 0 || page >= space_pages[s]) {
        return 0;
    }
    entry = table_leaf[space_leaf_at(s, page)];
    return entry_invalid(entry) == 0 && entry_protected(entry) == 0 ? entry / BH_PAGE_SIZE : 0;
}

/*@ requires law2 && hw_stale == 0 && t < 64 && s < space_count && space_is_io[s] == 0;
    assigns table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1], hw_stale;
    ensures leaves_ok && hw_stale == 0;
    ensures refused: \result != BH_E_OK ==>
        \forall integer i; 0 <= i < LEAVES ==> table_leaf[i] == \old(table_leaf[i]);
*/
static uint32_t map(uint32_t t, uint32_t s)
{
    uint64_t page = thread_argument(t, 0);
    uint64_t window = thread_argument(t, 1);
    uint64_t wpage = thread_argument(t, 2);
    uint64_t n = thread_argument(t, 3);
    uint64_t rights = thread_argument(t, 4);
    uint32_t error = space_map_check(s, page, window, wpage, n, rights);

    if (error == BH_E_OK) {
        space_map_commit(s, page, window, wpage, n, rights);
    }
    return error;
}

/*@ requires law2 && hw_stale == 0 && t < 64 && s < space_count;
    assigns table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1], hw_stale;
    ensures leaves_ok && hw_stale == 0;
    ensures refused: \result != BH_E_OK ==>
        \forall integer i; 0 <= i < LEAVES ==> table_leaf[i] == \old(table_leaf[i]);
*/
static uint32_t unmap(uint32_t t, uint32_t s)
{
    uint32_t error = check_range(s, thread_argument(t, 0), thread_argument(t, 1));

    if (error == BH_E_OK) {
        unmap_commit(s, thread_argument(t, 0), thread_argument(t, 1));
    }
    return error;
}

/*@ requires t < 64 && s < SPACES;
    assigns thread_save[t][3 .. 6];
*/
static uint32_t inspect(uint32_t t, uint32_t s)
{
    if (thread_argument(t, 0) != BH_WINDOWS) {
        return window_inspect(t, s);
    }
    thread_result(t, 0, space_pages[s]);
    thread_result(t, 1, space_partition[s]);
    return BH_E_OK;
}

uint32_t space_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_SPACE_ADD_WINDOW:
        return window_add(t, object);
    case BH_M_SPACE_DROP_WINDOW:
        return window_drop(t, object);
    case BH_M_SPACE_MAP:
        return map(t, object);
    case BH_M_SPACE_UNMAP:
        return unmap(t, object);
    case BH_M_SPACE_INSPECT:
        return inspect(t, object);
    case BH_M_SPACE_ENTRY:
        return window_inspect_entry(t, object);
    default:
        return BH_E_METHOD;
    }
}
