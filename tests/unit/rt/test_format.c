/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: integer formatting against the host's own vsnprintf, and what differs from it. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "libs/rt/format.h"

static int ours(char *to, size_t size, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = bh_format(to, size, format, arguments);
    va_end(arguments);
    return length;
}

/* The same call for both; buffers larger than the text. */
#define SAME(...)                                                                                  \
    do {                                                                                           \
        char a[300], b[300];                                                                       \
        int m = ours(a, sizeof(a), __VA_ARGS__), n = snprintf(b, sizeof(b), __VA_ARGS__);          \
        assert_string_equal(a, b);                                                                 \
        assert_int_equal(m, n);                                                                    \
    } while (0)

/* Formats are put together from all flags, widths and precisions, which the compiler cannot check.
 */
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-zero-length"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"

static const int64_t values[] = {0,     1,     -1,      7,       10,        255,
                                 65535, 65536, INT_MAX, INT_MIN, INT64_MAX, INT64_MIN};

static void same_for_all_values(const char *flags, const char *sizes, char conversion)
{
    static const char *const lengths[] = {"", "hh", "h", "l", "ll", "j", "z", "t"};

    for (unsigned l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
        for (unsigned v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
            char format[40];

            snprintf(format, sizeof(format), "<%%%s%s%s%c>", flags, sizes, lengths[l], conversion);
            if (l < 3)
                SAME(format, (int)values[v]);
            else
                SAME(format, values[v]);
        }
    }
}

static void test_integers_match(void **state)
{
    static const char *const flags[] = {"", "-", "0", "+", " ", "#", "-0", "+0", "-#", "0#", "+ "};
    static const char *const sizes[] = {"",   "1",   "5",    "20",   "30", ".0",   ".1",
                                        ".5", ".25", "12.4", "4.12", ".",  "30.25"};

    (void)state;
    for (unsigned f = 0; f < sizeof(flags) / sizeof(flags[0]); f++)
        for (unsigned s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
            for (const char *c = "diuoxX"; *c; c++)
                same_for_all_values(flags[f], sizes[s], *c);
}

static void test_strings_and_characters_match(void **state)
{
    (void)state;
    SAME("%s|%5s|%-5s|%.2s|%5.1s|%.0s|", "abc", "abc", "abc", "abc", "abc", "abc");
    SAME("%c%3c%-3c|", 'a', 'b', 'c');
    SAME("100%% %s", "x");
    SAME("%*d|%-*d|%.*d|%*s", 6, 42, 6, 42, 5, 42, -6, "ab");
    SAME("%d %s %lx %zu end", -5, "middle", 0xfeedfacecafebeefUL, (size_t)12);
}

static void test_string_without_end_is_read_up_to_precision_only(void **state)
{
    const char text[3] = {'a', 'b', 'c'};
    char to[8];

    (void)state;
    assert_int_equal(ours(to, sizeof(to), "%.3s", text), 3);
    assert_string_equal(to, "abc");
}

static void test_pointer(void **state)
{
    char to[32];

    (void)state;
    ours(to, sizeof(to), "%p", (void *)(uintptr_t)0x1234abcd);
    assert_string_equal(to, "0x1234abcd");
}

static void test_null_string(void **state)
{
    char to[32];

    (void)state;
    ours(to, sizeof(to), "%s", (const char *)NULL);
    assert_string_equal(to, "(null)");
}

static void test_output_is_cut_at_the_size(void **state)
{
    char to[8];

    (void)state;
    memset(to, '#', sizeof(to));
    assert_int_equal(ours(to, 4, "%d", 1234567), 7);
    assert_memory_equal(to, "123\0####", 8);
    memset(to, '#', sizeof(to));
    assert_int_equal(ours(to, 0, "%d", 12), 2);
    assert_memory_equal(to, "########", 8);
    assert_int_equal(ours(to, 1, "x"), 1);
    assert_string_equal(to, "");
}

static void test_unknown_conversion_ends_formatting(void **state)
{
    char to[64];

    (void)state;
    ours(to, sizeof(to), "%d %q %s", 1, "not read");
    assert_string_equal(to, "1 %q %s");
    ours(to, sizeof(to), "%d %f %d", 1, 2.0, 3);
    assert_string_equal(to, "1 %f %d");
    ours(to, sizeof(to), "end %");
    assert_string_equal(to, "end %");
}

static void test_huge_width_does_not_overflow(void **state)
{
    char to[16];

    (void)state;
    assert_true(ours(to, sizeof(to), "%99999999999999d|", 1) > 1000);
    assert_int_equal(ours(to, sizeof(to), "%*s", INT_MIN, "a"), INT_MAX / 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers_match),
        cmocka_unit_test(test_strings_and_characters_match),
        cmocka_unit_test(test_string_without_end_is_read_up_to_precision_only),
        cmocka_unit_test(test_pointer),
        cmocka_unit_test(test_null_string),
        cmocka_unit_test(test_output_is_cut_at_the_size),
        cmocka_unit_test(test_unknown_conversion_ends_formatting),
        cmocka_unit_test(test_huge_width_does_not_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
