/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Findings and the text in them, without stdio. Belongs to: init and host tool; private to
 * libs/sysdesc.
 */
#ifndef BH_SYSDESC_REPORT_H
#define BH_SYSDESC_REPORT_H

#include <stdarg.h>

#include "libs/sysdesc/sysdesc.h"

/* Text of bounded length under construction; what doesn't fit is dropped, the final NUL never. */
struct sysdesc_text {
    char at[SYSDESC_LINE];
    size_t used;
};

/* Appends; `format` knows %s, %lu and %lx (of uint64_t) and nothing else. */
void sysdesc_add(struct sysdesc_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sysdesc_add_list(struct sysdesc_text *text, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* Reports a finding; `property` may be NULL. */
void sysdesc_found(struct sysdesc_report *report, enum sysdesc_rule rule, int32_t node,
                   const char *property, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
