/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capability tables: flat, 128 slots each, masked index. Belongs to: kernel.
 */
#ifndef KERNEL_CAPTABLE_H
#define KERNEL_CAPTABLE_H

#include "kernel/object/partition.h"
#include "kernel/object/thread.h"
#include "libs/abi/abi.h"

#define CAPTABLES (BH_POOL_CAPTABLE + 1u)
#define CAPTABLE_EMPTY (CAPTABLES - 1u) /* of vCPUs: nothing is ever put there */
#define CAP_SLOTS (CAPTABLES * BH_SLOTS)

/* One field an array; a capability is the same index in each. Type 0 is an empty slot. */
extern uint32_t cap_type[CAP_SLOTS];
extern uint32_t cap_object[CAP_SLOTS];
extern uint32_t cap_rights[CAP_SLOTS];
extern uint64_t cap_badge[CAP_SLOTS];
extern uint32_t captable_partition[CAPTABLES];
extern uint32_t captable_count;

/*@
  // Every right in a is in b.
  predicate rights_within(uint32_t a, uint32_t b) = (a & b) == a;

  // Between two points slot i kept its capability, or lost rights of it, or was emptied.
  predicate cap_shrunk{L1,L2}(integer i) =
    \at(cap_type[i], L2) == BH_NONE ||
    (\at(cap_type[i], L2) == \at(cap_type[i], L1) &&
     \at(cap_object[i], L2) == \at(cap_object[i], L1) &&
     \at(cap_badge[i], L2) == \at(cap_badge[i], L1) &&
     rights_within(\at(cap_rights[i], L2), \at(cap_rights[i], L1)));

  predicate cap_unchanged{L1,L2}(integer i) =
    \at(cap_type[i], L2) == \at(cap_type[i], L1) &&
    \at(cap_object[i], L2) == \at(cap_object[i], L1) &&
    \at(cap_badge[i], L2) == \at(cap_badge[i], L1) &&
    \at(cap_rights[i], L2) == \at(cap_rights[i], L1);

  // Law 1, after seal: no slot of any table holds more than before.
  predicate authority_shrunk{L1,L2} = \forall integer i; 0 <= i < CAP_SLOTS ==>
  cap_shrunk{L1,L2}(i);

  // Slot `to` holds what `from` held, with no more rights.
  predicate cap_derived{L1,L2}(integer to, integer from) =
    \at(cap_type[to], L2) == \at(cap_type[from], L1) &&
    \at(cap_object[to], L2) == \at(cap_object[from], L1) &&
    rights_within(\at(cap_rights[to], L2), \at(cap_rights[from], L1));

  predicate slot_in(integer slot, integer table) = table * 128 <= slot < table * 128 + 128;
*/

/* What both allow. */
/*@ assigns \nothing;
    ensures (\result & a) == \result && (\result & b) == \result;
*/
static inline uint32_t rights_both(uint32_t a, uint32_t b)
{
    return a & b;
}

/* The slot that a process means. The mask keeps speculation inside the table; the caller compares.
 */
/*@ requires table < CAPTABLES;
    assigns \nothing;
    ensures \result == table * 128 + index % 128;
    ensures \result < CAP_SLOTS && slot_in(\result, table);
*/
static inline uint32_t cap_slot(uint32_t table, uint64_t index)
{
    return table * BH_SLOTS + (uint32_t)(index % BH_SLOTS);
}

/* Why this capability may not be used as that type with that right; OK if it may. */
/*@ requires slot < CAP_SLOTS;
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_CAP || \result == BH_E_TYPE ||
        \result == BH_E_RIGHT;
    ensures \result == BH_E_OK <==> index < 128 && cap_type[slot] != BH_NONE &&
        cap_type[slot] == type && (cap_rights[slot] & right) == right;
*/
static inline uint32_t cap_check(uint32_t slot, uint64_t index, uint32_t type, uint32_t right)
{
    if (index >= BH_SLOTS) {
        return BH_E_CAP;
    }
    if (cap_type[slot] == type && type != BH_NONE) {
        return (cap_rights[slot] & right) == right ? BH_E_OK : BH_E_RIGHT;
    }
    return cap_type[slot] == BH_NONE ? BH_E_CAP : BH_E_TYPE;
}

/* The slot of the table is usable for a new capability, or why not. */
/*@ requires table < CAPTABLES;
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_ARG || \result == BH_E_EXISTS;
    ensures \result == BH_E_ARG <==> index >= 128;
    ensures \result == BH_E_OK <==>
        index < 128 && cap_type[table * 128 + index % 128] == BH_NONE;
*/
uint32_t cap_check_empty(uint32_t table, uint64_t index);

/* A capability out of nothing: only creation and boot may do that. */
/*@ requires slot < CAP_SLOTS && cap_type[slot] == BH_NONE;
    requires unsealed: partition_sealed == 0;
    assigns cap_type[slot], cap_object[slot], cap_rights[slot], cap_badge[slot];
    ensures cap_type[slot] == type && cap_object[slot] == object && cap_rights[slot] == rights &&
        cap_badge[slot] == badge;
*/
void cap_put(uint32_t slot, uint32_t type, uint32_t object, uint32_t rights, uint64_t badge);

/* Copy a capability with fewer or equal rights. */
/*@ requires to < CAP_SLOTS && from < CAP_SLOTS;
    requires cap_type[to] == BH_NONE && cap_type[from] != BH_NONE;
    requires unsealed: partition_sealed == 0;
    assigns cap_type[to], cap_object[to], cap_rights[to], cap_badge[to];
    ensures cap_derived{Pre,Post}(to, from);
    ensures rights_within(cap_rights[to], rights) && cap_badge[to] == badge;
*/
void cap_copy(uint32_t to, uint32_t from, uint32_t rights, uint64_t badge);

/*@ requires slot < CAP_SLOTS;
    assigns cap_rights[slot];
    ensures cap_shrunk{Pre,Post}(slot);
    ensures rights_within(cap_rights[slot], rights);
*/
void cap_reduce(uint32_t slot, uint32_t rights);

/*@ requires slot < CAP_SLOTS;
    assigns cap_type[slot], cap_object[slot], cap_rights[slot], cap_badge[slot];
    ensures cap_type[slot] == BH_NONE && cap_rights[slot] == 0;
*/
void cap_drop(uint32_t slot);

/* A grant derives; everything else shrinks; other slots stay. */
/*@ requires t < 64 && thread_captable(t) < CAPTABLES && object < CAPTABLES;
    assigns cap_type[object * 128 .. object * 128 + 127], cap_object[object * 128 .. object * 128 +
   127], cap_rights[object * 128 .. object * 128 + 127], cap_badge[object * 128 .. object * 128 +
   127], thread_save[t][3 .. 6]; ensures law1: \old(partition_sealed) != 0 ==>
   authority_shrunk{Pre,Post}; ensures derived: \forall integer i; 0 <= i < CAP_SLOTS &&
   !cap_shrunk{Pre,Post}(i) ==> method == BH_M_CAPTABLE_GRANT && \at(cap_type[i], Pre) == BH_NONE &&
        cap_derived{Pre,Post}(i, thread_captable(t) * 128 + \at(thread_save[t][5], Pre) % 128);
*/
uint32_t captable_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t captable_ok(uint32_t table);

#endif
