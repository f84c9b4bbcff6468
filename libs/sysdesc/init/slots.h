/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where init keeps its own capabilities: a spare slot, then one slot for each object that the
 * description declares, kind by kind in the description's order. Belongs to: init.
 */
#ifndef BH_INIT_SLOTS_H
#define BH_INIT_SLOTS_H

#include "libs/sysdesc/sysdesc.h"

#define SLOT_SPARE BH_INIT_FREE /* empty between two uses: badged copies */
#define SLOT_FIRST (BH_INIT_FREE + 1u)

/* How many objects init creates for the description. */
uint32_t slots_objects(const struct sysdesc *sys);

/* Init's slot of an object as struct sysdesc_object names it; 0 for a type that init never holds.
 * Requires: the index belongs to the description, and SLOT_FIRST + slots_objects <= BH_SLOTS. */
uint32_t slot_of(const struct sysdesc *sys, enum bh_object type, uint32_t index);

#endif
