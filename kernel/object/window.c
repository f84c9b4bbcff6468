/* SPDX-License-Identifier: BSD-2-Clause */
/* Windows: added and dropped before seal. Belongs to: kernel. */
#include "kernel/object/window.h"
#include "kernel/machine.h"
#include "kernel/object/captable.h"
#include "kernel/object/iospace.h"
#include "kernel/object/partition.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "kernel/object/thread.h"

#define RIGHTS_ALL (BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE)

uint32_t window_free(uint32_t s)
{
    uint32_t w;

    for (w = 0; w < BH_WINDOWS; w++) {
        if (window_pages[s * BH_WINDOWS + w] == 0) {
            return w;
        }
    }
    return BH_WINDOWS;
}

uint32_t window_put(uint32_t s, uint32_t region, uint64_t page, uint64_t pages, uint32_t rights)
{
    uint32_t number = window_free(s);
    uint32_t w = s * BH_WINDOWS + number % BH_WINDOWS;

    window_region[w] = region;
    window_first[w] = region_first[region] + page;
    window_pages[w] = pages;
    window_rights[w] = rights;
    return number;
}

static uint32_t check_add(uint32_t t, uint32_t s, uint32_t slot)
{
    uint64_t page = thread_argument(t, 1);
    uint64_t pages = thread_argument(t, 2);
    uint64_t rights = thread_argument(t, 3);
    uint32_t region = cap_object[slot];

    if (rights == 0 || rights > RIGHTS_ALL) {
        return BH_E_ARG;
    }
    if ((rights & ~(uint64_t)cap_rights[slot]) != 0 || pages == 0 ||
        page >= region_frames[region] || pages > region_frames[region] - page) {
        return BH_E_BOUND;
    }
    return window_free(s) < BH_WINDOWS ? BH_E_OK : BH_E_FULL;
}

uint32_t window_add(uint32_t t, uint32_t s)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_REGION, 0);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error == BH_E_OK) {
        error = check_add(t, s, slot);
    }
    if (error == BH_E_OK) {
        thread_result(t, 0,
                      window_put(s, cap_object[slot], thread_argument(t, 1), thread_argument(t, 2),
                                 (uint32_t)(thread_argument(t, 3) % 8u)));
    }
    return error;
}

static uint32_t check_number(uint32_t s, uint64_t number)
{
    uint32_t w = s * BH_WINDOWS + (uint32_t)(number % BH_WINDOWS);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    return number < BH_WINDOWS && window_pages[w] != 0 ? BH_E_OK : BH_E_ARG;
}

/* No leaf of a process space names frames of window w any more. Only before seal, so the length
 * of this loop delays nobody. */
static void sweep(uint32_t s, uint32_t w)
{
    uint32_t i;
    uint64_t frame;

    for (i = 0; i < (uint32_t)space_pages[s]; i++) {
        frame = table_leaf[space_leaf[s] + i] / BH_PAGE_SIZE;
        if (frame >= window_first[w] && frame - window_first[w] < window_pages[w]) {
            table_leaf[space_leaf[s] + i] = ENTRY_INVALID;
        }
    }
    hw_purge_cpu();
}

uint32_t window_drop(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = s * BH_WINDOWS + (uint32_t)(number % BH_WINDOWS);
    uint32_t error = check_number(s, number);

    if (error == BH_E_OK) {
        sweep(s, w);
        window_pages[w] = 0;
    }
    return error;
}

/* A device may have seen the entries of an I/O space that was updated: its windows stay. */
uint32_t window_drop_io(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = s * BH_WINDOWS + (uint32_t)(number % BH_WINDOWS);
    uint32_t error = check_number(s, number);

    if (error == BH_E_OK && iospace_updated[s] != 0) {
        error = BH_E_STATE;
    }
    if (error == BH_E_OK) {
        window_pages[w] = 0;
    }
    return error;
}

uint32_t window_inspect(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = s * BH_WINDOWS + (uint32_t)(number % BH_WINDOWS);

    if (number >= BH_WINDOWS) {
        return BH_E_ARG;
    }
    thread_result(t, 0, window_region[w]);
    thread_result(t, 1, window_first[w]);
    thread_result(t, 2, window_pages[w]);
    thread_result(t, 3, window_rights[w]);
    return BH_E_OK;
}

static uint64_t rights_of(uint64_t entry, uint32_t io)
{
    uint64_t rights = BH_R_REGION_READ;

    if ((entry & ENTRY_PROTECTED) == 0) {
        rights = rights | BH_R_REGION_WRITE;
    }
    if (io == 0 && ((entry & ENTRY_NO_EXECUTE) == 0 && hw_execute_protection() != 0)) {
        rights = rights | BH_R_REGION_EXECUTE;
    }
    return rights;
}

uint32_t window_inspect_entry(uint32_t t, uint32_t s)
{
    uint64_t page = thread_argument(t, 0);
    uint64_t entry;

    if (page < space_base[s] || page - space_base[s] >= space_pages[s]) {
        return BH_E_RANGE;
    }
    entry = table_leaf[space_leaf[s] + (uint32_t)(page - space_base[s])];
    thread_result(t, 0, 0);
    thread_result(t, 1, 0);
    if ((entry & ENTRY_INVALID) == 0) {
        thread_result(t, 0, entry / BH_PAGE_SIZE);
        thread_result(t, 1, rights_of(entry, space_is_io[s]));
    }
    return BH_E_OK;
}
