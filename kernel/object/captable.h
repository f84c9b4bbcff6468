/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capability tables: flat, 64 slots each, masked index. Belongs to: kernel.
 */
#ifndef KERNEL_CAPTABLE_H
#define KERNEL_CAPTABLE_H

#include "libs/abi/abi.h"

#define CAPTABLES 48u
#define CAPTABLE_EMPTY (CAPTABLES - 1u) /* of vCPUs: nothing is ever put there */
#define CAP_SLOTS (CAPTABLES * BH_SLOTS)

/* One field an array; a capability is the same index in each. Type 0 is an empty slot. */
extern uint32_t cap_type[CAP_SLOTS];
extern uint32_t cap_object[CAP_SLOTS];
extern uint32_t cap_rights[CAP_SLOTS];
extern uint64_t cap_badge[CAP_SLOTS];
extern uint32_t captable_partition[CAPTABLES];
extern uint32_t captable_count;

/* The slot that a process means. The mask keeps speculation inside the table; the caller compares.
 */
static inline uint32_t cap_slot(uint32_t table, uint64_t index)
{
    return table * BH_SLOTS + (uint32_t)(index % BH_SLOTS);
}

/* Why this capability may not be used as that type with that right; OK if it may. */
static inline uint32_t cap_check(uint32_t slot, uint64_t index, uint32_t type, uint32_t right)
{
    if (index >= BH_SLOTS || cap_type[slot] == BH_NONE) {
        return BH_E_CAP;
    }
    if (cap_type[slot] != type) {
        return BH_E_TYPE;
    }
    return (cap_rights[slot] & right) == right ? BH_E_OK : BH_E_RIGHT;
}

/* Ensures: the slot of the table is usable for a new capability, or why not. */
uint32_t cap_check_empty(uint32_t table, uint64_t index);

/* Requires: slot empty. Only creation and grant call this, and only before seal. */
void cap_put(uint32_t slot, uint32_t type, uint32_t object, uint32_t rights, uint64_t badge);

/* Copy a capability with fewer or equal rights. Requires: to empty, from in use. */
void cap_copy(uint32_t to, uint32_t from, uint32_t rights, uint64_t badge);

/* Ensures: rights only shrink. */
void cap_reduce(uint32_t slot, uint32_t rights);
void cap_drop(uint32_t slot);

uint32_t captable_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t captable_ok(uint32_t table);

#endif
