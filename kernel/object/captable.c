/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability tables. Belongs to: kernel. */
#include "kernel/object/captable.h"
#include "kernel/object/partition.h"
#include "kernel/object/thread.h"

uint32_t cap_type[CAP_SLOTS];
uint32_t cap_object[CAP_SLOTS];
uint32_t cap_rights[CAP_SLOTS];
uint64_t cap_badge[CAP_SLOTS];
uint32_t captable_partition[CAPTABLES];
uint32_t captable_count;

uint32_t cap_check_empty(uint32_t table, uint64_t index)
{
    if (index >= BH_SLOTS) {
        return BH_E_ARG;
    }
    return cap_type[cap_slot(table, index)] == BH_NONE ? BH_E_OK : BH_E_EXISTS;
}

void cap_put(uint32_t slot, uint32_t type, uint32_t object, uint32_t rights, uint64_t badge)
{
    cap_type[slot] = type;
    cap_object[slot] = object;
    cap_rights[slot] = rights;
    cap_badge[slot] = badge;
}

void cap_copy(uint32_t to, uint32_t from, uint32_t rights, uint64_t badge)
{
    cap_type[to] = cap_type[from];
    cap_object[to] = cap_object[from];
    cap_rights[to] = rights_both(cap_rights[from], rights);
    cap_badge[to] = badge;
}

void cap_reduce(uint32_t slot, uint32_t rights)
{
    cap_rights[slot] = rights_both(cap_rights[slot], rights);
}

void cap_drop(uint32_t slot)
{
    cap_type[slot] = BH_NONE;
    cap_object[slot] = 0;
    cap_rights[slot] = 0;
    cap_badge[slot] = 0;
}

/*@ requires t < 64 && thread_captable(t) < CAPTABLES && object < CAPTABLES;
    assigns cap_type[object * 128 .. object * 128 + 127], cap_object[object * 128 .. object * 128 +
   127], cap_rights[object * 128 .. object * 128 + 127], cap_badge[object * 128 .. object * 128 +
   127]; ensures sealed: partition_sealed != 0 ==> \result == BH_E_SEALED; ensures refused: \result
   != BH_E_OK ==> \forall integer i; 0 <= i < CAP_SLOTS ==> cap_unchanged{Pre,Post}(i); ensures
   derived: \result == BH_E_OK ==> \let to = object * 128 + thread_save[t][4] % 128; \let from =
   thread_captable(t) * 128 + thread_save[t][5] % 128; \old(cap_type[to]) == BH_NONE &&
   cap_derived{Pre,Post}(to, from) && \forall integer i; 0 <= i < CAP_SLOTS && i != to ==>
   cap_unchanged{Pre,Post}(i);
*/
static uint32_t grant(uint32_t t, uint32_t object)
{
    uint64_t to = thread_argument(t, 0);
    uint64_t from = thread_argument(t, 1);
    uint32_t source = cap_slot(thread_captable(t), from);
    uint32_t error = cap_check_empty(object, to);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (from >= BH_SLOTS || cap_type[source] == BH_NONE) {
        return BH_E_CAP;
    }
    cap_copy(cap_slot(object, to), source, (uint32_t)(thread_argument(t, 2) % 0x100000000u),
             thread_argument(t, 3));
    return BH_E_OK;
}

/*@ requires t < 64 && slot < CAP_SLOTS;
    assigns thread_save[t][3 .. 6];
*/
static uint32_t inspect(uint32_t t, uint32_t slot)
{
    thread_result(t, 0, cap_type[slot]);
    thread_result(t, 1, cap_object[slot]);
    thread_result(t, 2, cap_rights[slot]);
    thread_result(t, 3, cap_badge[slot]);
    return BH_E_OK;
}

uint32_t captable_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(object, index);

    if (method == BH_M_CAPTABLE_GRANT) {
        return grant(t, object);
    }
    if (method == BH_M_CAPTABLE_OWNER) {
        thread_result(t, 0, captable_partition[object]);
        return BH_E_OK;
    }
    if (index >= BH_SLOTS) {
        return BH_E_ARG;
    }
    switch (method) {
    case BH_M_CAPTABLE_DROP:
        cap_drop(slot);
        return BH_E_OK;
    case BH_M_CAPTABLE_REDUCE:
        cap_reduce(slot, (uint32_t)(thread_argument(t, 1) % 0x100000000u));
        return BH_E_OK;
    case BH_M_CAPTABLE_INSPECT:
        return inspect(t, slot);
    default:
        return BH_E_METHOD;
    }
}
