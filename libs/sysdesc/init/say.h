/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What init tells the operator: one line a call on the console. Belongs to: init.
 * Lines are cut off at SAY_BYTES. The message buffer is overwritten.
 */
#ifndef BH_INIT_SAY_H
#define BH_INIT_SAY_H

#include <stdbool.h>
#include <stdint.h>

#define SAY_BYTES 256u

/* "init: ..." */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "init: refused: ...", the reason why this system must not start. Returns false. */
bool refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "init: mismatch: ...", a difference between kernel and description. Returns false. */
bool mismatch(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* True if the system call went well; else "init: refused: WHAT NAME: TEXT". */
bool done(uint64_t error, const char *what, const char *name);

#endif
