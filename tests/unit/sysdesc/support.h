/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: compiled descriptions and their findings, for all unit tests of libs/sysdesc.
 */
#ifndef BH_TEST_SYSDESC_SUPPORT_H
#define BH_TEST_SYSDESC_SUPPORT_H

#include "libs/sysdesc/sysdesc.h"

/* Bytes on the heap, exactly as many as there are: a sanitizer sees every access beyond. */
struct bytes {
    uint8_t *at;
    size_t size;
};

/* A description compiled at build time ("native", "minimal", "everything"). */
struct bytes load_blob(const char *name);

/* A copy of the first `size` bytes. */
struct bytes copy_bytes(const struct bytes *from, size_t size);

void free_bytes(struct bytes *bytes);

#define FINDINGS 64u

/* What was found, in order; later findings are counted only. */
struct findings {
    struct sysdesc_report report;
    enum sysdesc_rule rule[FINDINGS];
    char message[FINDINGS][SYSDESC_LINE];
};

void findings_start(struct findings *findings);

/* Parses, checks and assigns; fails the test on any finding. */
void load_model(struct sysdesc *sys, const char *name);

/* The same without assign. */
void load_checked(struct sysdesc *sys, const char *name);

#endif
