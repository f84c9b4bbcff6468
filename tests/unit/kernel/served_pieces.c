/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: how much an MVCOS that the kernel executes moves, over page ends, or nothing at all.
 * Belongs to: test. */
#include "tests/unit/kernel/served.h"

#include "kernel/arch/s390x/pv/move.h"

#define TO_BASE 6u
#define FROM_BASE 7u
#define LENGTH 3u
#define TO UINT64_C(0x705000)
#define FROM UINT64_C(0x909000)
#define TEXT                                                                                       \
    (UINT64_C(0xc8) << 56 | (uint64_t)LENGTH << 52 | OPERAND(TO_BASE, 0) << 32 |                   \
     OPERAND(FROM_BASE, 0) << 16)
#define FILLER 0xeeu

/* Two pages each, whose frames do not lie in this order. */
static const uint64_t to_page[2] = {9, 5}, from_page[2] = {6, 12};

static uint8_t *to_byte(uint64_t offset)
{
    return served_byte(to_page[offset / BH_PAGE_SIZE % 2u], offset % BH_PAGE_SIZE);
}

static uint8_t *from_byte(uint64_t offset)
{
    return served_byte(from_page[offset / BH_PAGE_SIZE % 2u], offset % BH_PAGE_SIZE);
}

static uint8_t pattern(uint64_t offset)
{
    return (uint8_t)(offset * 7u % 221u);
}

static void fill(void)
{
    uint64_t i;

    for (i = 0; i < 2u * BH_PAGE_SIZE; i++) {
        *to_byte(i) = FILLER;
        *from_byte(i) = pattern(i);
    }
}

static void start(void)
{
    uint64_t i;

    served_start();
    for (i = 0; i < 2; i++) {
        served_map(FIRST, TO / BH_PAGE_SIZE + i, to_page[i], 0);
        served_map(FIRST, FROM / BH_PAGE_SIZE + i, from_page[i], BH_WORD_READ_ONLY);
    }
    fill();
}

static uint32_t move(uint64_t to, uint64_t from, uint64_t length)
{
    guest.gr[TO_BASE] = TO + to;
    guest.gr[FROM_BASE] = FROM + from;
    guest.gr[LENGTH] = length;
    return move_execute(&guest, TEXT, served_asce(FIRST), served_asce(SECOND));
}

/* So many bytes, and none beside them. */
static void assert_moved(uint64_t to, uint64_t from, uint64_t n)
{
    uint64_t i;

    for (i = 0; i < 2u * BH_PAGE_SIZE; i++) {
        assert_int_equal(*to_byte(i), i - to < n ? pattern(from + i - to) : FILLER);
        assert_int_equal(*from_byte(i), pattern(i));
    }
}

static void assert_moves(uint64_t to, uint64_t from, uint64_t length)
{
    fill();
    assert_int_equal(move(to, from, length), 0);
    assert_moved(to, from, length);
}

static void assert_refused(uint64_t to, uint64_t from, uint64_t length)
{
    guest.gr[TO_BASE] = TO + to;
    guest.gr[FROM_BASE] = FROM + from;
    guest.gr[LENGTH] = length;
    served_note();
    assert_int_equal(move(to, from, length), MOVE_REFUSED);
    assert_nothing_changed();
}

static void test_lengths(void **state)
{
    (void)state;
    start();
    assert_refused(0, 0, 0);
    assert_moves(0x123, 0x456, 1);
    assert_moves(1, 3, 257);
    assert_moves(0, 0, 4095);
    assert_moves(0, 0, 4096);
}

/* A page at most at a time, and the condition code says that there is more. */
static void test_more_than_a_page(void **state)
{
    static const uint64_t lengths[] = {4097, 8192, UINT64_C(0x100000000), UINT64_MAX};
    uint32_t i;

    (void)state;
    start();
    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        fill();
        assert_int_equal(move(0, 0, lengths[i]), 3);
        assert_moved(0, 0, 4096);
        fill();
        assert_int_equal(move(0x800, 0xff0, lengths[i]), 3);
        assert_moved(0x800, 0xff0, 4096);
    }
}

static void test_over_page_ends(void **state)
{
    (void)state;
    start();
    assert_moves(0xffc, 0, 8);
    assert_moves(0, 0xffc, 8);
    assert_moves(0xffc, 0xffc, 8);
    assert_moves(0xffe, 0xffc, 8); /* three pieces */
    assert_moves(0xffc, 0xffe, 8);
    assert_moves(0xff8, 0, 8); /* up to the end */
    assert_moves(0, 0xff8, 8);
    assert_moves(0xfff, 0x001, 4096);
    assert_moves(0x001, 0xfff, 4096);
    assert_moves(0x800, 0x400, 4096);
}

static void assert_crossings_refused(uint64_t to, uint64_t from)
{
    assert_refused(to, from, 8);
    assert_refused(to, from, 4096);
    assert_refused(to, from, 4097);
}

/* What there is of an operand is not moved if the rest is not there. */
static void test_a_missing_page_moves_nothing(void **state)
{
    (void)state;
    start();
    served_unmap(FIRST, TO / BH_PAGE_SIZE + 1);
    assert_crossings_refused(0xffc, 0);
    assert_crossings_refused(0xffc, 0xff0);
    assert_moves(0xff8, 0, 8);
    served_map(FIRST, TO / BH_PAGE_SIZE + 1, to_page[1], BH_WORD_READ_ONLY);
    assert_crossings_refused(0xffc, 0);
    served_map(FIRST, TO / BH_PAGE_SIZE + 1, to_page[1], 0);
    assert_moves(0xffc, 0, 8);
    served_unmap(FIRST, FROM / BH_PAGE_SIZE + 1);
    assert_crossings_refused(0, 0xffc);
    assert_crossings_refused(0xff0, 0xffc);
    served_unmap(FIRST, FROM / BH_PAGE_SIZE);
    assert_crossings_refused(0, 0);
}

static void test_the_first_page_counts_as_well(void **state)
{
    (void)state;
    start();
    served_map(FIRST, TO / BH_PAGE_SIZE, to_page[0], BH_WORD_READ_ONLY);
    assert_crossings_refused(0xffc, 0);
    served_unmap(FIRST, TO / BH_PAGE_SIZE);
    assert_crossings_refused(0xffc, 0);
    assert_crossings_refused(0, 0xffc);
}

const struct CMUnitTest served_pieces[] = {
    kernel_test(test_lengths),
    kernel_test(test_more_than_a_page),
    kernel_test(test_over_page_ends),
    kernel_test(test_a_missing_page_moves_nothing),
    kernel_test(test_the_first_page_counts_as_well),
    kernel_tests_end,
};
