/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: which initial RAM disks are taken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/test.h"
#include "vmm/loader/image.h"

#define DAMAGED "truncated or damaged"

static uint8_t archive[4096];
static uint64_t size;

static void pad(void)
{
    while (size % 4 != 0)
        archive[size++] = 0;
}

static void add(const char *name, const char *text)
{
    char header[111];

    snprintf(header, sizeof(header), "070701%08x%08x%08x%08x%08x%08x%08X%08x%08x%08x%08x%08x%08x",
             1, 0100644, 0, 0, 1, 0, (unsigned)strlen(text), 0, 0, 0, 0, (unsigned)strlen(name) + 1,
             0);
    memcpy(archive + size, header, 110);
    memcpy(archive + size + 110, name, strlen(name) + 1);
    size += 110 + strlen(name) + 1;
    pad();
    memcpy(archive + size, text, strlen(text));
    size += strlen(text);
    pad();
}

static int start(void **state)
{
    (void)state;
    memset(archive, 0, sizeof(archive));
    size = 0;
    add("init", "#!/bin/sh\n");
    add("data", "a text of some length, so that a number has two digits");
    add("TRAILER!!!", "");
    return 0;
}

/* From memory of exactly that size, so that a byte too much is noticed. */
static const char *fault(const uint8_t *bytes, uint64_t length)
{
    uint8_t *copy = malloc(length + (length == 0));
    const char *text;

    memcpy(copy, bytes, length);
    text = image_initrd_fault(&(struct image_file){copy, length});
    free(copy);
    return text;
}

static void test_complete(void **state)
{
    (void)state;
    assert_null(fault(archive, size));
    assert_null(fault(archive, sizeof(archive))); /* zeros behind it */
    memset(archive + size, 0xff, sizeof(archive) - size);
    assert_null(fault(archive, sizeof(archive))); /* another archive behind it */
    archive[5] = '2';
    assert_null(fault(archive, size));
}

static void test_cut_off(void **state)
{
    (void)state;
    for (uint64_t length = 110; length < size - 4; length++)
        assert_string_equal(fault(archive, length), DAMAGED);
    assert_string_equal(fault(archive, 0), "an empty file");
}

static void test_damaged(void **state)
{
    (void)state;
    archive[6 + 6 * 8] = 'g'; /* file size */
    assert_string_equal(fault(archive, size), DAMAGED);
    start(state);
    memset(archive + 6 + 6 * 8, 'f', 8);
    assert_string_equal(fault(archive, size), DAMAGED);
    start(state);
    memset(archive + 6 + 11 * 8, 'F', 8); /* name size */
    assert_string_equal(fault(archive, size), DAMAGED);
    memset(archive + 6 + 11 * 8, '0', 8);
    assert_string_equal(fault(archive, size), DAMAGED);
}

/* Any byte changed to any other: an answer, and no byte outside looked at. */
static void test_any_byte(void **state)
{
    (void)state;
    for (uint64_t at = 0; at < size; at++)
        for (unsigned value = 0; value < 256; value += 15) {
            uint8_t before = archive[at];

            archive[at] = (uint8_t)value;
            fault(archive, size);
            archive[at] = before;
        }
    assert_null(fault(archive, size));
}

static void test_compressed(void **state)
{
    static const struct {
        uint32_t length;
        const char *bytes;
    } magics[] = {{2, "\x1f\x8b"},
                  {3, "BZh"},
                  {6, "\xfd"
                      "7zXZ\0"},
                  {4, "\x28\xb5\x2f\xfd"},
                  {4, "\x02\x21\x4c\x18"},
                  {4, "\x89LZO"},
                  {3, "\x5d\0\0"}};

    (void)state;
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        assert_null(fault((const uint8_t *)magics[i].bytes, magics[i].length));
        assert_non_null(fault((const uint8_t *)magics[i].bytes, magics[i].length - 1));
    }
}

static void test_something_else(void **state)
{
    (void)state;
    memcpy(archive, "070707", 6);
    assert_string_equal(fault(archive, size),
                        "no initial RAM disk (a cpio archive in format newc, compressed or not)");
    memset(archive, 0, sizeof(archive));
    assert_string_equal(fault(archive, size),
                        "no initial RAM disk (a cpio archive in format newc, compressed or not)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_complete, start),
        cmocka_unit_test_setup(test_cut_off, start),
        cmocka_unit_test_setup(test_damaged, start),
        cmocka_unit_test_setup(test_any_byte, start),
        cmocka_unit_test_setup(test_compressed, start),
        cmocka_unit_test_setup(test_something_else, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
