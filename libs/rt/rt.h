/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The runtime of a process, beside the standard library. Belongs to: everything that runs as a
 * process.
 *
 * The program starts in `int main(void)`; what main returns ends the thread, as exit() does.
 *
 * Of musl, what has no system call underneath can be used: string.h without strerror, ctype.h, the
 * pure part of stdlib.h. From stdio.h there are printf, fprintf, vprintf, vfprintf, snprintf,
 * vsnprintf, puts, putchar, putc, fputc, fputs, fwrite and fflush, for stdout and stderr alike,
 * with the conversions of libs/rt/format.h. malloc, aligned_alloc, calloc, realloc and free work on
 * a fixed heap. Anything with a system call underneath fails at link time ("foreign svc"). qsort
 * and the strtol family use floating-point registers, so their process must own those.
 * There is one thread, and there are no thread-local variables and no locale.
 *
 * Standard output goes, line by line, into the first channel of the process that is named "log-"
 * and something and has this process as producer; without one, through the capability "console",
 * which names the console object. The latter uses the message buffer: what the program has put
 * there is lost when a line is printed.
 */
#ifndef BH_RT_RT_H
#define BH_RT_RT_H

#include <stddef.h>
#include <stdint.h>

/* The message buffer page (BH_PAGE_SIZE bytes). */
void *bh_message_buffer(void);

/* The TOD clock as STCKF stores it: BH_TOD_PER_US units in a microsecond. */
uint64_t bh_tod(void);

/* The deadline that lies `us` microseconds ahead. */
uint64_t bh_deadline(uint64_t us);

/* Writes out what is buffered, then ends the thread. */
_Noreturn void bh_exit(uint64_t code);

/* Prints "fatal: " and the text as a line, then ends the thread with code 125. */
_Noreturn void bh_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The text of libs/abi/errors.def for an error, "unknown error" if there is none. */
const char *bh_error_text(uint64_t error);

#endif
