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

    /*@ loop invariant w <= 4;
        loop invariant \forall integer k; s * 4 <= k < s * 4 + w ==> window_pages[k] != 0;
        loop assigns w;
        loop variant 4 - w;
    */
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
    uint32_t w = window_slot(s, number);

    //@ assert number: number == 0 || number == 1 || number == 2 || number == 3;
    //@ assert unused: window_pages[w] == 0 && region_inside(region);
    window_region[w] = region;
    window_first[w] = region_first[region] + page;
    window_pages[w] = pages;
    window_rights[w] = rights;
    //@ assert placed: window_placed(w);
    //@ assert kept: \forall integer k; 0 <= k < WINDOWS && k != w ==> window_kept{Pre,Here}(k);
    /*@ assert allowed: \forall integer i; 0 <= i < table_pages_used * 256 ==>
        leaf_allowed(table_leaf_owner[i / 256], table_leaf[i]); */
    return number;
}

/*@ requires law2 && caps_name_regions && s < space_count && t < 64 && slot < CAP_SLOTS;
    requires cap_type[slot] == BH_REGION;
    assigns \nothing;
    ensures \result == BH_E_OK ==> 0 < thread_save[t][7] <= 7;
    ensures \result == BH_E_OK ==> (thread_save[t][7] & cap_rights[slot]) == thread_save[t][7];
    ensures \result == BH_E_OK ==> 0 < thread_save[t][6] && thread_save[t][5] + thread_save[t][6] <=
   region_frames[cap_object[slot]]; ensures \result == BH_E_OK ==> (window_pages[s * 4] == 0 ||
   window_pages[s * 4 + 1] == 0 || window_pages[s * 4 + 2] == 0 || window_pages[s * 4 + 3] == 0);
*/
static uint32_t check_add(uint32_t t, uint32_t s, uint32_t slot)
{
    uint64_t page = thread_argument(t, 1);
    uint64_t pages = thread_argument(t, 2);
    uint64_t rights = thread_argument(t, 3);
    uint32_t region = cap_object[slot];

    if ((rights & BH_R_REGION_READ) == 0 || rights > RIGHTS_ALL) {
        return BH_E_ARG;
    }
    if ((rights & cap_rights[slot]) != rights || pages == 0 || page >= region_frames[region] ||
        pages > region_frames[region] - page) {
        return BH_E_BOUND;
    }
    return window_free(s) < BH_WINDOWS ? BH_E_OK : BH_E_FULL;
}

uint32_t window_add(uint32_t t, uint32_t s)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_REGION, 0);
    uint32_t number;

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error == BH_E_OK) {
        error = check_add(t, s, slot);
    }
    if (error == BH_E_OK) {
        //@ assert rights: thread_save[t][7] % 8 == thread_save[t][7];
        number = window_put(s, cap_object[slot], thread_argument(t, 1), thread_argument(t, 2),
                            (uint32_t)(thread_argument(t, 3) % 8u));
        thread_result(t, 0, number);
    }
    return error;
}

/*@ requires s < SPACES;
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_SEALED || \result == BH_E_ARG;
    ensures \result == BH_E_OK <==>
        partition_sealed == 0 && number < 4 && window_pages[s * 4 + number % 4] != 0;
*/
static uint32_t check_number(uint32_t s, uint64_t number)
{
    uint32_t w = window_slot(s, number);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    return number < BH_WINDOWS && window_pages[w] != 0 ? BH_E_OK : BH_E_ARG;
}

/* No leaf of a process space names frames of window w any more. Only before seal, so the length
 * of this loop delays nobody. */
/*@ requires law2 && s < space_count && w < WINDOWS;
    assigns hw_stale, table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1];
    ensures leaves_ok && hw_stale == 0;
    ensures \forall integer i; leaf_in(s, i) ==>
        leaf_allowed_without(w, s, table_leaf[i]);
*/
static void sweep(uint32_t s, uint32_t w)
{
    uint32_t i;
    uint64_t frame;

    //@ assert placed: space_placed(s);
    //@ ghost hw_stale = 1;
    /*@ loop invariant 0 <= i <= space_pages[s];
        loop invariant leaves_ok;
        loop invariant \forall integer k; space_leaf[s] <= k < space_leaf[s] + i ==>
            leaf_allowed_without(w, s, table_leaf[k]);
        loop assigns i, frame, table_leaf[space_leaf[s] .. space_leaf[s] + space_pages[s] - 1];
        loop variant space_pages[s] - i;
    */
    for (i = 0; i < (uint32_t)space_pages[s]; i++) {
        //@ assert owner: table_leaf_owner[(space_leaf[s] + i) / 256] == s;
        //@ assert before: leaf_allowed(s, table_leaf[space_leaf[s] + i]);
        frame = table_leaf[space_leaf[s] + i] / BH_PAGE_SIZE;
        if (frame >= window_first[w] && frame - window_first[w] < window_pages[w]) {
            table_leaf[space_leaf[s] + i] = ENTRY_INVALID;
        }
        //@ assert done: leaf_allowed_without(w, s, table_leaf[space_leaf[s] + i]);
    }
    hw_purge_cpu();
}

uint32_t window_drop(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = window_slot(s, number);
    uint32_t error = check_number(s, number);

    if (error == BH_E_OK && window_in_use(s, w) != 0) {
        error = BH_E_STATE;
    }
    if (error == BH_E_OK) {
        //@ assert number: number == 0 || number == 1 || number == 2 || number == 3;
        sweep(s, w);
        window_pages[w] = 0;
        //@ assert own: \forall integer i; leaf_in(s, i) ==> leaf_allowed(s, table_leaf[i]);
        /*@ assert others: \forall integer i; 0 <= i < table_pages_used * 256 &&
            table_leaf_owner[i / 256] != s ==>
            leaf_allowed(table_leaf_owner[i / 256], table_leaf[i]); */
    }
    return error;
}

/* A device may have seen the entries of an I/O space that was updated: its windows stay. */
uint32_t window_drop_io(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = window_slot(s, number);
    uint32_t error = check_number(s, number);

    if (error == BH_E_OK && iospace_updated[s] != 0) {
        error = BH_E_STATE;
    }
    if (error == BH_E_OK) {
        window_pages[w] = 0;
        //@ assert own: \forall integer i; leaf_in(s, i) ==> leaf_allowed(s, table_leaf[i]);
        /*@ assert others: \forall integer i; 0 <= i < table_pages_used * 256 &&
            table_leaf_owner[i / 256] != s ==>
            leaf_allowed(table_leaf_owner[i / 256], table_leaf[i]); */
    }
    return error;
}

uint32_t window_inspect(uint32_t t, uint32_t s)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t w = window_slot(s, number);

    if (number >= BH_WINDOWS) {
        return BH_E_ARG;
    }
    thread_result(t, 0, window_region[w]);
    thread_result(t, 1, window_first[w]);
    thread_result(t, 2, window_pages[w]);
    thread_result(t, 3, window_rights[w]);
    return BH_E_OK;
}

/*@ assigns \nothing; */
static uint64_t rights_of(uint64_t entry, uint32_t io)
{
    uint64_t rights = BH_R_REGION_READ;

    if (entry_protected(entry) == 0) {
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
    entry = table_leaf[space_leaf_at(s, page)];
    thread_result(t, 0, 0);
    thread_result(t, 1, 0);
    if (entry_invalid(entry) == 0) {
        thread_result(t, 0, entry / BH_PAGE_SIZE);
        thread_result(t, 1, rights_of(entry, space_is_io[s]));
    }
    return BH_E_OK;
}
