/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: counts attempts and says which were not refused. Belongs to: test. */
#ifndef HOSTILE_REPORT_H
#define HOSTILE_REPORT_H

#include <stdbool.h>
#include <stdint.h>

/* One attempt. If it was not refused, prints "BREACH" and what it was. */
void attempt(bool refused, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An attempt that must end with this error of libs/abi/errors.def. */
void attempt_error(uint64_t got, uint64_t expected, const char *what);

/* Prints "<n> attempts, all refused", or how many were not; returns the exit code. */
int report(void);

#endif
