/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: byte order and IBM bit helpers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"

static void big_endian_reads_most_significant_first(void **state)
{
    const uint8_t b[9] = {0xff, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};

    (void)state;
    assert_int_equal(be16_get(b + 1), 0x0123);
    assert_int_equal(be32_get(b + 1), 0x01234567);
    assert_true(be64_get(b + 1) == UINT64_C(0x0123456789abcdef));
}

static void little_endian_reads_least_significant_first(void **state)
{
    const uint8_t b[9] = {0xff, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};

    (void)state;
    assert_int_equal(le16_get(b + 1), 0x2301);
    assert_int_equal(le32_get(b + 1), 0x67452301);
    assert_true(le64_get(b + 1) == UINT64_C(0xefcdab8967452301));
}

static void puts_write_the_bytes_of_the_format(void **state)
{
    const uint8_t big[8] = {0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10};
    const uint8_t little[8] = {0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe};
    uint8_t b[10] = {0};

    (void)state;
    be64_put(b + 1, UINT64_C(0xfedcba9876543210));
    assert_memory_equal(b + 1, big, 8);
    le64_put(b + 1, UINT64_C(0xfedcba9876543210));
    assert_memory_equal(b + 1, little, 8);
    be32_put(b + 1, 0xfedcba98);
    assert_memory_equal(b + 1, big, 4);
    le32_put(b + 1, 0x76543210);
    assert_memory_equal(b + 1, little, 4);
    be16_put(b + 1, 0xfedc);
    assert_memory_equal(b + 1, big, 2);
    le16_put(b + 1, 0x3210);
    assert_memory_equal(b + 1, little, 2);
    assert_int_equal(b[0], 0);
    assert_int_equal(b[9], 0);
}

static void zero_and_copy_touch_exactly_their_bytes(void **state)
{
    uint8_t a[4] = {1, 2, 3, 4};
    const uint8_t b[4] = {5, 6, 7, 8};
    const uint8_t expected[4] = {1, 0, 7, 4};

    (void)state;
    bytes_zero(a + 1, 1);
    bytes_copy(a + 2, b + 2, 1);
    assert_memory_equal(a, expected, 4);
    bytes_zero(a, 0);
    assert_memory_equal(a, expected, 4);
}

static void ibm_bit_zero_is_the_most_significant(void **state)
{
    (void)state;
    assert_int_equal(IBM_BIT8(0), 0x80);
    assert_int_equal(IBM_BIT8(7), 0x01);
    assert_int_equal(IBM_BIT16(15), 1);
    assert_true(IBM_BIT32(0) == 0x80000000u);
    assert_true(IBM_BIT64(0) == UINT64_C(0x8000000000000000));
    assert_true(IBM_BIT64(63) == 1);
}

static void ibm_fields(void **state)
{
    (void)state;
    assert_true(ibm_field_get(UINT64_C(0x0123456789abcdef), 0, 7) == 0x01);
    assert_true(ibm_field_get(UINT64_C(0x0123456789abcdef), 60, 63) == 0xf);
    assert_true(ibm_field_get(UINT64_C(0x0123456789abcdef), 0, 63) == UINT64_C(0x0123456789abcdef));
    assert_true(ibm_field_put(0, 8, 11, 0xff) == UINT64_C(0x00f0000000000000));
    assert_true(ibm_field_put(~UINT64_C(0), 8, 11, 5) == UINT64_C(0xff5fffffffffffff));
    assert_true(ibm_field_put(1, 0, 63, 2) == 2);
}

static void vector_bits_count_through_bytes(void **state)
{
    uint8_t v[3] = {0};

    (void)state;
    ibm_vector_set(v, 0);
    ibm_vector_set(v, 9);
    ibm_vector_set(v, 23);
    assert_int_equal(v[0], 0x80);
    assert_int_equal(v[1], 0x40);
    assert_int_equal(v[2], 0x01);
    assert_true(ibm_vector_test(v, 9));
    assert_false(ibm_vector_test(v, 10));
    ibm_vector_clear(v, 9);
    assert_int_equal(v[1], 0);
    assert_int_equal(v[0], 0x80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(big_endian_reads_most_significant_first),
        cmocka_unit_test(little_endian_reads_least_significant_first),
        cmocka_unit_test(puts_write_the_bytes_of_the_format),
        cmocka_unit_test(zero_and_copy_touch_exactly_their_bytes),
        cmocka_unit_test(ibm_bit_zero_is_the_most_significant),
        cmocka_unit_test(ibm_fields),
        cmocka_unit_test(vector_bits_count_through_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
