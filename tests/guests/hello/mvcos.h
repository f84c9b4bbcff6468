/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: MVCOS between pages of the window. Each is tried more than once with the same pages:
 * the first time it is an exit, later perhaps none. Belongs to: test. */
#ifndef TESTS_GUESTS_HELLO_MVCOS_H
#define TESTS_GUESTS_HELLO_MVCOS_H

#include "tests/guests/hello/guest.h"

#define ROUNDS 3u

/* Two pages each of home and of secondary space, on the same frames, the second one first. */
#define TO_NUMBER 8u
#define FROM_NUMBER 12u
#define TO (WINDOW + TO_NUMBER * 0x1000u)
#define FROM (WINDOW + FROM_NUMBER * 0x1000u)
#define BYTES 0x2000u
#define FILLER 0xeeu

/* Halves of register 0: which space an operand is in. */
#define IN_PRIMARY UINT64_C(0x01)
#define IN_SECONDARY UINT64_C(0x81)
#define IN_HOME UINT64_C(0xc1)
#define TARGET(control) ((control) << 16)

struct move {
    uint64_t to, from, length;
    uint64_t control; /* register 0 */
    uint32_t cc;
};
extern struct move op; /* the next one, and its condition code */

/* The instruction, which is there. */
void move(void);
extern const char move_at[];

/* The same as an attempt (trap.h). */
uint32_t move_these(uint64_t to, uint64_t from, uint64_t length, uint64_t control);

/* Bytes of the frames at TO and FROM. */
uint8_t *to_byte(uint32_t offset);
uint8_t *from_byte(uint32_t offset);
uint8_t pattern(uint32_t offset);

/* The window has them. */
void pages_start(void);

/* TO is all fillers, FROM the pattern. */
void pages_fill(void);

/* Since then, n bytes arrived at TO, and nothing beside them. */
uint32_t pages_moved(uint32_t to, uint32_t from, uint32_t n);

/* A move of so many bytes that does what it should. */
uint32_t moves(uint32_t to, uint32_t from, uint64_t length, uint64_t control);

/* Flags of a page of the window, in home and secondary space; the tables' change is seen. */
void page_flags(uint32_t number, uint64_t set, uint64_t clear);

void check_mvcos_refused(void);

#endif
