/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the assembler versions of memcpy and its kin, for every length around their block sizes.
 * The linker takes them instead of the C library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LONGEST 1100
#define EDGE 16

static uint8_t from[LONGEST + 2 * EDGE], to[LONGEST + 2 * EDGE], expected[LONGEST + 2 * EDGE];

/* Through pointers, so that the compiler does not put its own code in their place. */
static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
static void *(*volatile set)(void *, int, size_t) = memset;
static void *(*volatile move)(void *, const void *, size_t) = memmove;
static void *(*volatile find)(const void *, int, size_t) = memchr;
static char *(*volatile string_copy)(char *, const char *) = stpcpy;

static void fill(uint8_t *bytes, unsigned seed)
{
    for (unsigned i = 0; i < LONGEST + 2 * EDGE; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 256 + seed);
}

static void test_memcpy(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length++) {
        fill(from, 1);
        fill(to, 100);
        fill(expected, 100);
        for (size_t i = 0; i < length; i++)
            expected[EDGE + i] = from[3 + i];
        assert_ptr_equal(copy(to + EDGE, from + 3, length), to + EDGE);
        assert_memory_equal(to, expected, sizeof(to));
    }
}

static void test_memset(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length++) {
        fill(to, 100);
        fill(expected, 100);
        for (size_t i = 0; i < length; i++)
            expected[EDGE + i] = 0xa5;
        assert_ptr_equal(set(to + EDGE, 0x7fa5, length), to + EDGE);
        assert_memory_equal(to, expected, sizeof(to));
    }
}

static void move_once(size_t target, size_t source, size_t length)
{
    fill(to, 1);
    fill(from, 1);
    fill(expected, 1);
    for (size_t i = 0; i < length; i++)
        expected[target + i] = from[source + i];
    assert_ptr_equal(move(to + target, to + source, length), to + target);
    assert_memory_equal(to, expected, sizeof(to));
}

static void test_memmove(void **state)
{
    static const size_t lengths[] = {0, 1, 2, 7, 8, 15, 255, 256, 257, 511, 512, 513, 800};

    (void)state;
    for (unsigned l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
        for (size_t distance = 0; distance <= 300; distance++) {
            move_once(distance, 0, lengths[l]);
            move_once(0, distance, lengths[l]);
        }
    }
}

static void test_memchr(void **state)
{
    (void)state;
    for (size_t length = 0; length <= LONGEST; length += 13) {
        memset(from, 1, sizeof(from));
        from[EDGE + length] = 0x80;
        assert_null(find(from + EDGE, 0x80, length));
        assert_ptr_equal(find(from + EDGE, 0x80, length + 1), from + EDGE + length);
        assert_ptr_equal(find(from + EDGE, 0x7f80, length + 1), from + EDGE + length);
        from[EDGE] = 0;
        assert_ptr_equal(find(from + EDGE, 0, length + 1), from + EDGE);
    }
}

static void test_stpcpy(void **state)
{
    (void)state;
    for (size_t length = 0; length < LONGEST; length += 11) {
        memset(from, 'a', sizeof(from));
        from[length] = 0;
        memset(to, '#', sizeof(to));
        assert_ptr_equal(string_copy((char *)to, (const char *)from), to + length);
        assert_memory_equal(to, from, length + 1);
        assert_int_equal(to[length + 1], '#');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memcpy),  cmocka_unit_test(test_memset),
        cmocka_unit_test(test_memmove), cmocka_unit_test(test_memchr),
        cmocka_unit_test(test_stpcpy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
