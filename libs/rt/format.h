/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf's formatting for integers and strings, without floating-point registers (musl's uses them
 * even for integers, and processes as a rule own none). Belongs to: everything that runs as a
 * process.
 */
#ifndef BH_RT_FORMAT_H
#define BH_RT_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf of C11, with the conversions d i u o x X c s p %, the flags - 0 + space #, width and
 * precision (numbers or *), and the lengths hh h l ll j z t. Any other conversion is copied as it
 * stands, and so is the rest of the format, because its argument cannot be skipped. Returns the
 * length that the whole text has. */
int bh_format(char *to, size_t size, const char *format, va_list arguments);

#endif
