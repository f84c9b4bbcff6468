/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a deprivileged guest some of whose instructions the kernel executes itself. Belongs to:
 * test. */
#ifndef TESTS_UNIT_KERNEL_SERVED_H
#define TESTS_UNIT_KERNEL_SERVED_H

#include "kernel/machine.h"
#include "libs/abi/vcpu.h"
#include "libs/zformats/psw.h"
#include "tests/unit/kernel/methods.h"
#include "tests/unit/kernel/one_vcpu.h"

#define FIRST 3u  /* number of the guest space in CR1 */
#define SECOND 4u /* of that in CR7 */

/* The instruction's base and displacement; DIRECT(n): without a base register. */
#define OPERAND(base, displacement) ((uint64_t)(base) << 12 | (displacement))
#define DIRECT(displacement) OPERAND(0, displacement)

extern struct bh_vcpu guest; /* its state page */

/* A vCPU with both spaces empty, in supervisor state, DAT on, everything served. */
void served_start(void);

/* Control element of a guest space. */
uint64_t served_asce(uint32_t number);

/* The space's page is this page of the process's memory, with these flags (BH_WORD_*). */
void served_map(uint32_t number, uint64_t page, uint64_t to, uint64_t flags);
void served_unmap(uint32_t number, uint64_t page);

/* A byte of a page of the process's memory, and its absolute address. */
uint8_t *served_byte(uint64_t page, uint64_t offset);
uint64_t served_address(uint64_t page, uint64_t offset);

/* Calls this in each mode in which the kernel executes nothing: events recorded, other spaces,
 * other addressing modes. */
void served_in_other_modes(void (*assert_refused)(void));

/* Note state page and memory; then: neither changed since. */
void served_note(void);
void assert_nothing_changed(void);

extern const struct CMUnitTest served_translate[];
extern const struct CMUnitTest served_masks[];
extern const struct CMUnitTest served_move[];
extern const struct CMUnitTest served_pieces[];
extern const struct CMUnitTest served_any[];

#endif
