/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: single values of the description language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "libs/abi/abi.h"
#include "libs/sysdesc/sysdesc.h"
#include "libs/sysdesc/values.h"

#define UNTOUCHED UINT64_C(0x1234567812345678)

static void cells_and_numbers(void **state)
{
    static const uint8_t bytes[] = {0x80, 1, 2, 3, 0xff, 5, 6, 7};
    uint64_t number = UNTOUCHED;
    uint32_t cell = 77;

    (void)state;
    assert_true(value_cell(bytes, 4, &cell));
    assert_int_equal(cell, 0x80010203);
    assert_true(value_number(bytes, 4, &number));
    assert_int_equal(number, 0x80010203);
    assert_true(value_number(bytes, 8, &number));
    assert_int_equal(number, 0x80010203ff050607);
    for (size_t size = 0; size < 8; size++) {
        number = UNTOUCHED;
        cell = 77;
        assert_int_equal(value_cell(bytes, size, &cell), size == 4);
        assert_int_equal(value_number(bytes, size, &number), size == 4);
        assert_int_equal(cell, size == 4 ? 0x80010203 : 77);
        assert_int_equal(number, size == 4 ? 0x80010203 : UNTOUCHED);
    }
}

/* The size of a literal counts its NUL, as a property's does. */
static void check_size(const char *text, size_t size, bool good, uint64_t expected)
{
    uint64_t result = UNTOUCHED;

    assert_int_equal(value_size(text, size, &result), good);
    assert_int_equal(result, good ? expected : UNTOUCHED);
}

static void sizes(void **state)
{
    (void)state;
    check_size("0K", 3, true, 0);
    check_size("4K", 3, true, 4096);
    check_size("1023M", 6, true, UINT64_C(1023) << 20);
    check_size("2G", 3, true, UINT64_C(2) << 30);
    check_size("17179869183G", 13, true, UINT64_C(17179869183) << 30);
    check_size("17179869184G", 13, false, 0);
    check_size("18446744073709551616K", 22, false, 0);
    check_size("99999999999999999999999K", 25, false, 0);
    check_size("K", 2, false, 0);
    check_size("", 1, false, 0);
    check_size("", 0, false, 0);
    check_size("4", 2, false, 0);
    check_size("4k", 3, false, 0);
    check_size("4 K", 4, false, 0);
    check_size("4KB", 4, false, 0);
    check_size("-4K", 4, false, 0);
    check_size("0x4K", 5, false, 0);
    check_size("4K", 2, false, 0);   /* no NUL */
    check_size("4K\0", 4, false, 0); /* two NULs */
    check_size("4K\0"
               "8K",
               6, false, 0); /* two texts */
}

static void check_time(const char *text, bool good, uint64_t expected)
{
    uint64_t result = UNTOUCHED;

    assert_int_equal(value_time(text, strlen(text) + 1, &result), good);
    assert_int_equal(result, good ? expected : UNTOUCHED);
}

static void times(void **state)
{
    (void)state;
    check_time("1us", true, 1);
    check_time("25ms", true, 25000);
    check_time("3s", true, 3000000);
    check_time("18446744073709551615us", true, UINT64_MAX);
    check_time("18446744073710s", false, 0);
    check_time("5", false, 0);
    check_time("5m", false, 0);
    check_time("5 ms", false, 0);
}

static void accesses(void **state)
{
    uint32_t rights = 0;

    (void)state;
    assert_true(value_access("r", 2, &rights));
    assert_int_equal(rights, BH_R_REGION_READ);
    assert_true(value_access("rw", 3, &rights));
    assert_int_equal(rights, BH_R_REGION_READ | BH_R_REGION_WRITE);
    assert_true(value_access("rx", 3, &rights));
    assert_int_equal(rights, BH_R_REGION_READ | BH_R_REGION_EXECUTE);
    assert_false(value_access("rwx", 4, &rights));
    assert_false(value_access("w", 2, &rights));
    assert_false(value_access("", 1, &rights));
    assert_false(value_access("r", 1, &rights));
}

static void texts(void **state)
{
    char text[8] = "before";

    (void)state;
    assert_true(value_text("abcdefg", 8, text, sizeof(text)));
    assert_string_equal(text, "abcdefg");
    assert_false(value_text("abcdefgh", 9, text, sizeof(text)));
    assert_false(value_text("", 1, text, sizeof(text)));
    assert_false(value_text("a\nb", 4, text, sizeof(text)));
    assert_false(value_text("\177", 2, text, sizeof(text)));
    assert_false(value_text("ab", 2, text, sizeof(text)));
    assert_false(value_text("a\0b", 4, text, sizeof(text)));
    assert_string_equal(text, "abcdefg");
}

static void lists_of_strings(void **state)
{
    static const char list[] = "one\0\0two";
    size_t place = 0;

    (void)state;
    assert_string_equal(value_next_string(list, sizeof(list), &place), "one");
    assert_string_equal(value_next_string(list, sizeof(list), &place), "");
    assert_string_equal(value_next_string(list, sizeof(list), &place), "two");
    assert_int_equal(place, sizeof(list));
    assert_null(value_next_string(list, sizeof(list), &place));
    place = 0;
    assert_null(value_next_string(list, 3, &place));
    assert_int_equal(place, 0);
}

static void names(void **state)
{
    (void)state;
    assert_true(value_name("a", 1));
    assert_true(value_name("disk-0", 6));
    assert_true(value_name("z9z0", 4));
    assert_true(value_name("abcdefghijklmnopqrstuvw", 23));
    assert_false(value_name("abcdefghijklmnopqrstuvwx", 24));
    assert_false(value_name("", 0));
    assert_false(value_name("0disk", 5));
    assert_false(value_name("-disk", 5));
    assert_false(value_name("Disk", 4));
    assert_false(value_name("disk@0", 6));
    assert_false(value_name("di sk", 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_numbers),
        cmocka_unit_test(sizes),
        cmocka_unit_test(times),
        cmocka_unit_test(accesses),
        cmocka_unit_test(texts),
        cmocka_unit_test(lists_of_strings),
        cmocka_unit_test(names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
