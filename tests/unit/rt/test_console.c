/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the console makes of untrusted bytes and of audit records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "libs/abi/abi.h"
#include "vmm/console/audit.h"
#include "vmm/console/lines.h"

static char printed[4096];

static void print(const char *name, const char *text)
{
    size_t used = strlen(printed);

    snprintf(printed + used, sizeof(printed) - used, "%s: %s\n", name, text);
}

static struct console_lines lines;

static int setup(void **state)
{
    (void)state;
    printed[0] = 0;
    lines = (struct console_lines){.name = "a", .print = print};
    return 0;
}

static void add(const char *text)
{
    console_lines_add(&lines, text, strlen(text));
}

static void test_only_whole_lines_are_printed(void **state)
{
    (void)state;
    add("one");
    assert_string_equal(printed, "");
    add(" two\nthree\n\nfo");
    assert_string_equal(printed, "a: one two\na: three\na: \n");
    add("ur\n");
    assert_string_equal(printed, "a: one two\na: three\na: \na: four\n");
}

static void test_long_lines_are_continued_with_their_prefix(void **state)
{
    char text[2 * CONSOLE_LINE + 11];
    char expected[sizeof(text) + 20];

    (void)state;
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\n';
    console_lines_add(&lines, text, sizeof(text));
    snprintf(expected, sizeof(expected), "a: %.200s\na: %.200s\na: xxxxxxxxxx\n", text, text);
    assert_string_equal(printed, expected);
}

/* A carriage return or an escape sequence would let a source overwrite its prefix. */
static void test_no_source_can_look_like_another(void **state)
{
    const char bytes[] = "\rb: done\x1b[2K\0\x80\xff\ttab\n";

    (void)state;
    console_lines_add(&lines, bytes, sizeof(bytes) - 1);
    assert_string_equal(printed, "a: ?b: done?[2K??? tab\n");
}

static void test_audit_record(void **state)
{
    char text[100];
    struct audit_record record = {.time = 5000 + UINT64_C(12345678) * BH_TOD_PER_US,
                                  .who = BH_AUDIT_FAULT * 65536 + 3 * 256 + 7,
                                  .first = 0x10,
                                  .second = 0xffffffff00000400};

    (void)state;
    audit_text(text, sizeof(text), &record, 5000);
    assert_string_equal(text,
                        "audit: FAULT partition 3 thread 7 0x10 0xffffffff00000400 12.345678");
}

static void test_each_audit_code_has_its_name(void **state)
{
    static const struct {
        uint64_t code;
        const char *text;
    } expected[] = {
#define AUDIT(name, number, first, second) {(number), "audit: " #name " partition 1 thread 2 "},
#include "libs/abi/audit.def"
#undef AUDIT
    };
    char text[100];

    (void)state;
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        struct audit_record record = {.who = expected[i].code * 65536 + 256 + 2};

        audit_text(text, sizeof(text), &record, 0);
        assert_memory_equal(text, expected[i].text, strlen(expected[i].text));
    }
}

static void test_unknown_audit_code(void **state)
{
    char text[100];
    struct audit_record record = {.who = UINT64_MAX};

    (void)state;
    audit_text(text, sizeof(text), &record, 0);
    assert_string_equal(text, "audit: UNKNOWN partition - thread - 0x0 0x0 0.000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_only_whole_lines_are_printed, setup),
        cmocka_unit_test_setup(test_long_lines_are_continued_with_their_prefix, setup),
        cmocka_unit_test_setup(test_no_source_can_look_like_another, setup),
        cmocka_unit_test(test_audit_record),
        cmocka_unit_test(test_each_audit_code_has_its_name),
        cmocka_unit_test(test_unknown_audit_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
