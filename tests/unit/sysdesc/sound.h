/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: what must hold of every model that was accepted, stated without the code that makes it so.
 */
#ifndef BH_TEST_SYSDESC_SOUND_H
#define BH_TEST_SYSDESC_SOUND_H

#include "libs/sysdesc/sysdesc.h"

/* Every count is within its array, every reference within its count, every name ends. Requires:
 * parsed. */
void sound_references(const struct sysdesc *sys);

/* Slots, window numbers, private regions and addresses: nothing twice, nothing outside, nothing
 * shared that isn't declared. Requires: assigned. */
void sound_assignment(const struct sysdesc *sys);

/* As many canonical lines as there are objects and capabilities, none cut off. */
void sound_lines(const struct sysdesc *sys);

#endif
