/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit records as text. Belongs to: console. */
#ifndef BH_CONSOLE_AUDIT_H
#define BH_CONSOLE_AUDIT_H

#include <stddef.h>
#include <stdint.h>

/* A record as AUDIT_READ gives it. */
struct audit_record {
    uint64_t time;  /* TOD clock */
    uint64_t who;   /* code * 65536 + partition * 256 + thread */
    uint64_t first; /* libs/abi/audit.def says what the two values are */
    uint64_t second;
};

/* "audit: NAME partition P thread T first second time": "-" for no partition or thread, the values
 * in hexadecimal, the time in seconds since `start` (TOD clock). Cut off at `size` bytes with the
 * final NUL. */
void audit_text(char *to, size_t size, const struct audit_record *record, uint64_t start);

#endif
