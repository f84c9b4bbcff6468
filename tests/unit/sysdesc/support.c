/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: compiled descriptions and their findings. */
#include "tests/unit/sysdesc/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct bytes load_blob(const char *name)
{
    struct bytes bytes = {NULL, 0};
    char path[1024];
    long size;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.dtb", BLOBS, name);
    file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    bytes.size = (size_t)size;
    bytes.at = malloc(bytes.size);
    assert_non_null(bytes.at);
    assert_int_equal(fread(bytes.at, 1, bytes.size, file), bytes.size);
    fclose(file);
    return bytes;
}

struct bytes copy_bytes(const struct bytes *from, size_t size)
{
    /* malloc(0) may give NULL, which memcpy must not see. */
    struct bytes copy = {malloc(size > 0 ? size : 1), size};

    assert_non_null(copy.at);
    memcpy(copy.at, from->at, size);
    return copy;
}

void free_bytes(struct bytes *bytes)
{
    free(bytes->at);
    bytes->at = NULL;
}

static void record(void *context, const struct sysdesc_finding *finding)
{
    struct findings *findings = context;
    unsigned number = findings->report.count - 1;

    assert_true(finding->rule < SYSDESC_RULES);
    assert_true(strlen(finding->message) < SYSDESC_LINE);
    if (number < FINDINGS) {
        findings->rule[number] = finding->rule;
        strcpy(findings->message[number], finding->message);
    }
}

void findings_start(struct findings *findings)
{
    memset(findings, 0, sizeof(*findings));
    findings->report.found = record;
    findings->report.context = findings;
}

void load_checked(struct sysdesc *sys, const char *name)
{
    struct bytes blob = load_blob(name);
    struct findings findings;

    findings_start(&findings);
    assert_true(sysdesc_parse(sys, blob.at, blob.size, &findings.report));
    assert_true(sysdesc_check(sys, &findings.report));
    assert_int_equal(findings.report.count, 0);
    free_bytes(&blob);
}

void load_model(struct sysdesc *sys, const char *name)
{
    load_checked(sys, name);
    sysdesc_assign(sys);
}
