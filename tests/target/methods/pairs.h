/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: the checklist. Belongs to: test.
 *
 * A pair is a method or system call with one of its documented results. What must be seen, expanded
 * from libs/abi/methods.def: every method done, before seal and, unless it is refused from then on,
 * after it; every error that the table lists; SEALED after seal; and in both phases the errors of
 * every invocation (CAP, TYPE, RIGHT, and METHOD for each type of object). For system calls,
 * calls.def of this folder says it. unprovokable.def lists what this machine cannot be made to do.
 */
#ifndef METHODS_PAIRS_H
#define METHODS_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

enum phase { BEFORE, AFTER, PHASES };

/* Before or after seal. */
extern enum phase phase;

/* The right that a method needs, 0 if there is no such method. */
uint32_t pairs_right(uint64_t method);

/* A test expected this result of a method, and got it. Returns false, and says so, if the table
 * does not list it. */
bool pairs_seen(uint64_t method, uint64_t error);

/* An unknown method of this type of object was refused. */
void pairs_seen_unknown(uint32_t type);

/* A test expected this result of a system call, and got it. */
bool pairs_seen_call(uint32_t call, uint64_t error);

/* Prints what nobody saw and the totals; how many pairs are missing. */
unsigned pairs_missing(void);

/* How many pairs the tests saw. */
unsigned pairs_tested(void);

#endif
