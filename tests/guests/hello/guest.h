/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that tries the virtual CPU: each check does something that a deprivileged guest cannot do
 * by itself, and says whether it came out as the architecture has it. On the bare machine all
 * checks pass as well. Belongs to: test.
 */
#ifndef TESTS_GUESTS_HELLO_H
#define TESTS_GUESTS_HELLO_H

#include "tests/guests/lib/guest.h"

/* One line for each check: "hello: NAME ok", or "hello: NAME FAILED" and how. */
void check(const char *name, int good);
void check_equal(const char *name, uint64_t value, uint64_t expected);
uint32_t check_failures(void);

/* ---- address spaces ---- */

#define WINDOW UINT64_C(0x300000) /* mapped to a frame of its own in each space */
#define SPACE_PRIMARY 0u
#define SPACE_SECONDARY 1u
#define SPACE_HOME 2u
#define SPACE_COUNT 3u

extern uint64_t frames[SPACE_COUNT + 1u][512]; /* the last is mapped nowhere at first */

/* Tables, CR1, CR7, CR13; then DAT on, in home space. Each frame begins with its space's number. */
void spaces_start(void);
void spaces_stop(void);

/* The page-table entry of WINDOW + page * 4096. */
uint64_t *space_entry(uint32_t space, uint32_t page);
uint64_t space_asce(uint32_t space);

/* ---- checks ---- */

void check_psw(void);
void check_state(void);
void check_clock(void);
void check_dat(void);
void check_user(void);
void check_rights(void);
void check_masks(void);
void check_mvcos(void);
void check_per(void);

#endif
