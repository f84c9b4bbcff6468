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

    if (error == BH_E_OK && (rights == 0 || rights > RIGHTS_ALL)) {
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

static uint64_t make_entry(uint64_t frame, uint64_t rights)
{
    uint64_t entry = frame * BH_PAGE_SIZE;

    if ((rights & BH_R_REGION_WRITE) == 0) {
        entry = entry | ENTRY_PROTECTED;
    }
    if ((rights & BH_R_REGION_EXECUTE) == 0 && hw_execute_protection() != 0) {
        entry = entry | ENTRY_NO_EXECUTE;
    }
    return entry;
}

void space_map_commit(uint32_t s, uint64_t page, uint64_t window, uint64_t wpage, uint64_t n,
                      uint64_t rights)
{
    uint64_t first = window_first[s * BH_WINDOWS + (uint32_t)(window % BH_WINDOWS)] + wpage;
    uint32_t leaf = space_leaf[s] + (uint32_t)(page - space_base[s]);
    uint32_t i;

    for (i = 0; i < (uint32_t)n; i++) {
        table_leaf[leaf + i] = make_entry(first + i, rights);
    }
    hw_purge_cpu();
}

static void unmap_commit(uint32_t s, uint64_t page, uint64_t n)
{
    uint32_t leaf = space_leaf[s] + (uint32_t)(page - space_base[s]);
    uint32_t i;

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
    entry = table_leaf[space_leaf[s] + (uint32_t)page];
    return (entry & (ENTRY_INVALID | ENTRY_PROTECTED)) == 0 ? entry / BH_PAGE_SIZE : 0;
}

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

static uint32_t unmap(uint32_t t, uint32_t s)
{
    uint32_t error = check_range(s, thread_argument(t, 0), thread_argument(t, 1));

    if (error == BH_E_OK) {
        unmap_commit(s, thread_argument(t, 0), thread_argument(t, 1));
    }
    return error;
}

static uint32_t inspect(uint32_t t, uint32_t s)
{
    if (thread_argument(t, 0) != BH_WINDOWS) {
        return window_inspect(t, s);
    }
    thread_result(t, 0, space_pages[s]);
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
