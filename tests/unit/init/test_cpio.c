/* SPDX-License-Identifier: BSD-2-Clause */
/* The cpio reader: what it finds, and that no damage makes it read outside. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libs/sysdesc/init/cpio.h"
#include "tests/unit/init/bundle.h"

#define REGULAR 0100644u
#define DIRECTORY 0040755u

static struct bundle bundle;

static struct cpio archive(void)
{
    return (struct cpio){.bytes = bundle.bytes, .length = bundle.length};
}

static int start(void **state)
{
    (void)state;
    bundle_begin(&bundle);
    bundle_add(&bundle, REGULAR, "system.dtb", "tree", 4);
    bundle_add(&bundle, DIRECTORY, "programs", "", 0);
    bundle_add(&bundle, REGULAR, "./vmm", "image of a VMM", 14);
    bundle_add(&bundle, REGULAR, "empty", "", 0);
    bundle_end(&bundle);
    return 0;
}

static void expect_found(const char *name, const char *data)
{
    struct cpio cpio = archive();
    struct cpio_file file;

    assert_int_equal(cpio_find(&cpio, name, &file), CPIO_FOUND);
    assert_int_equal(file.size, strlen(data));
    assert_memory_equal(file.data, data, strlen(data));
}

static void expect(enum cpio_result result)
{
    struct cpio cpio = archive();
    struct cpio_file file;

    assert_int_equal(cpio_find(&cpio, "system.dtb", &file), result);
}

static void test_finds_files_by_name(void **state)
{
    (void)state;
    expect_found("system.dtb", "tree");
    expect_found("vmm", "image of a VMM");
    expect_found("empty", "");
}

static void test_says_what_is_absent(void **state)
{
    struct cpio cpio = archive();
    struct cpio_file file;

    (void)state;
    assert_int_equal(cpio_find(&cpio, "system.dt", &file), CPIO_END);
    assert_int_equal(cpio_find(&cpio, "system.dtb2", &file), CPIO_END);
    assert_int_equal(cpio_find(&cpio, "programs", &file), CPIO_END);
    assert_int_equal(cpio_find(&cpio, "TRAILER!!!", &file), CPIO_END);
}

static void test_lists_in_order(void **state)
{
    static const char *const names[] = {"system.dtb", "programs", "./vmm", "empty"};
    struct cpio cpio = archive();
    struct cpio_file file;
    uint64_t offset = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_FOUND);
        assert_string_equal(file.name, names[i]);
    }
    assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_END);
    assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_END);
}

static void test_same_name_twice(void **state)
{
    (void)state;
    bundle_begin(&bundle);
    bundle_add(&bundle, REGULAR, "system.dtb", "one", 3);
    bundle_add(&bundle, REGULAR, "./system.dtb", "two", 3);
    bundle_end(&bundle);
    expect(CPIO_TWICE);
}

/* A copy of exactly the bytes that remain, so that the sanitizer sees one byte too far. */
static enum cpio_result find_in_first(uint64_t length)
{
    uint8_t *copy = malloc(length > 0 ? length : 1);
    struct cpio cpio = {.bytes = copy, .length = length};
    struct cpio_file file;

    assert_non_null(copy);
    memcpy(copy, bundle.bytes, length);
    enum cpio_result result = cpio_find(&cpio, "system.dtb", &file);
    free(copy);
    return result;
}

static void test_every_truncation_is_corrupt(void **state)
{
    uint64_t whole = bundle.length;

    (void)state;
    for (uint64_t length = 0; length < whole; length++)
        assert_int_equal(find_in_first(length), CPIO_CORRUPT);
    assert_int_equal(find_in_first(whole), CPIO_FOUND);
}

static void test_every_damaged_byte_is_survived(void **state)
{
    (void)state;
    for (uint64_t at = 0; at < bundle.length; at++) {
        uint8_t good = bundle.bytes[at];
        for (uint32_t bit = 0; bit < 8; bit++) {
            bundle.bytes[at] = (uint8_t)(good ^ 1u << bit);
            (void)find_in_first(bundle.length);
        }
        bundle.bytes[at] = good;
    }
    expect(CPIO_FOUND);
}

static void damage(uint64_t offset, const char *digits)
{
    memcpy(bundle.bytes + offset, digits, strlen(digits));
}

static void test_bad_magic(void **state)
{
    (void)state;
    damage(0, "070702"); /* the format with check sums is another one */
    expect(CPIO_CORRUPT);
}

static void test_bad_digit(void **state)
{
    (void)state;
    damage(BUNDLE_SIZE_FIELD, "0000000g");
    expect(CPIO_CORRUPT);
}

static void test_bad_digit_in_the_mode(void **state)
{
    (void)state;
    damage(BUNDLE_MODE_FIELD, "000081:4");
    expect(CPIO_CORRUPT);
}

/* Both cases of digits are in use. */
static void test_small_digits(void **state)
{
    static char name[0x2b];

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    bundle_begin(&bundle);
    bundle_add(&bundle, REGULAR, name, "data", 4); /* 2B bytes of name */
    bundle_end(&bundle);
    expect_found(name, "data");
    damage(BUNDLE_NAME_FIELD, "0000002b");
    expect_found(name, "data");
}

static void test_one_byte_too_many(void **state)
{
    struct cpio cpio = archive();
    struct cpio_file file;
    uint64_t offset = 0;
    char digits[9];

    (void)state;
    assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_FOUND);
    offset = 0;
    uint64_t rest = bundle.length - (uint64_t)(file.data - bundle.bytes);
    (void)snprintf(digits, sizeof(digits), "%08X", (unsigned)rest + 1);
    damage(BUNDLE_SIZE_FIELD, digits);
    assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_CORRUPT);
    (void)snprintf(digits, sizeof(digits), "%08X", (unsigned)rest);
    damage(BUNDLE_SIZE_FIELD, digits);
    assert_int_equal(cpio_next(&cpio, &offset, &file), CPIO_FOUND);
}

static void test_size_beyond_the_end(void **state)
{
    (void)state;
    damage(BUNDLE_SIZE_FIELD, "FFFFFFFF");
    expect(CPIO_CORRUPT);
}

static void test_name_beyond_the_end(void **state)
{
    (void)state;
    damage(BUNDLE_NAME_FIELD, "FFFFFFFF");
    expect(CPIO_CORRUPT);
}

static void test_name_of_no_bytes(void **state)
{
    (void)state;
    damage(BUNDLE_NAME_FIELD, "00000000");
    expect(CPIO_CORRUPT);
}

static void test_name_without_end(void **state)
{
    (void)state;
    damage(BUNDLE_NAME_FIELD, "0000000A"); /* one byte less than "system.dtb" and its NUL */
    expect(CPIO_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_finds_files_by_name, start),
        cmocka_unit_test_setup(test_says_what_is_absent, start),
        cmocka_unit_test_setup(test_lists_in_order, start),
        cmocka_unit_test_setup(test_same_name_twice, start),
        cmocka_unit_test_setup(test_every_truncation_is_corrupt, start),
        cmocka_unit_test_setup(test_every_damaged_byte_is_survived, start),
        cmocka_unit_test_setup(test_bad_magic, start),
        cmocka_unit_test_setup(test_bad_digit, start),
        cmocka_unit_test_setup(test_bad_digit_in_the_mode, start),
        cmocka_unit_test_setup(test_small_digits, start),
        cmocka_unit_test_setup(test_one_byte_too_many, start),
        cmocka_unit_test_setup(test_size_beyond_the_end, start),
        cmocka_unit_test_setup(test_name_beyond_the_end, start),
        cmocka_unit_test_setup(test_name_of_no_bytes, start),
        cmocka_unit_test_setup(test_name_without_end, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
