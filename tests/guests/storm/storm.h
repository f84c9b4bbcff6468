/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest `storm`: what it can do without end. None of these returns. Belongs to: test. */
#ifndef TESTS_GUESTS_STORM_H
#define TESTS_GUESTS_STORM_H

_Noreturn void storm_loop(void);       /* compute, with everything masked */
_Noreturn void storm_exits(void);      /* instructions and exceptions that come out, of all kinds */
_Noreturn void storm_interrupts(void); /* clock comparator, CPU timer and signals to itself */
_Noreturn void storm_refreshes(void);  /* RPCIT with any registers */

#endif
