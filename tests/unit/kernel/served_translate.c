/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the kernel's own translation of guest addresses: what the machine does, and for no longer.
 * Belongs to: test. */
#include "tests/unit/kernel/served.h"

#include "kernel/arch/s390x/pv/translate.h"
#include "kernel/object/guestspace.h"

#define AT 0x705u /* a page of the guest */
#define AT_ADDRESS (PAGE(AT) + 0x123u)

static uint64_t fetch(uint32_t number, uint64_t address)
{
    return translate_fetch(served_asce(number), address);
}

static uint64_t store(uint32_t number, uint64_t address)
{
    return translate_store(served_asce(number), address);
}

static void assert_is(uint64_t absolute, uint64_t page)
{
    assert_int_equal(absolute, served_address(page, 0x123));
}

static void test_as_the_tables_say(void **state)
{
    (void)state;
    served_start();
    assert_int_equal(fetch(FIRST, AT_ADDRESS), 0);
    served_map(FIRST, AT, 5, 0);
    assert_is(fetch(FIRST, AT_ADDRESS), 5);
    assert_is(store(FIRST, AT_ADDRESS), 5);
    assert_int_equal(fetch(FIRST, AT_ADDRESS + BH_PAGE_SIZE), 0);
    assert_int_equal(fetch(FIRST, AT_ADDRESS - BH_PAGE_SIZE), 0);
}

static void test_protected_pages_are_read_only(void **state)
{
    (void)state;
    served_start();
    served_map(FIRST, AT, 5, BH_WORD_READ_ONLY);
    assert_int_equal(store(FIRST, AT_ADDRESS), 0);
    assert_is(fetch(FIRST, AT_ADDRESS), 5);
    assert_int_equal(store(FIRST, AT_ADDRESS), 0); /* known by now, and still not to be written */
    served_map(FIRST, AT, 5, BH_WORD_NO_EXECUTE);
    assert_is(store(FIRST, AT_ADDRESS), 5);
}

/* An address that a top table does not cover is not the one with its high bits gone. */
static void test_beyond_the_top_table(void **state)
{
    static const uint64_t end[] = {UINT64_C(1) << 31, UINT64_C(1) << 42, UINT64_C(1) << 53};
    uint64_t last;
    uint32_t type;

    (void)state;
    served_start();
    for (type = 0; type < 3; type++) {
        assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, FIRST, type);
        last = end[type] - BH_PAGE_SIZE + 0x123u;
        served_map(FIRST, last / BH_PAGE_SIZE, 5, 0);
        assert_is(fetch(FIRST, last), 5);
        assert_int_equal(fetch(FIRST, last + end[type]), 0);
        assert_int_equal(fetch(FIRST, UINT64_MAX - 0xfffu + 0x123u), 0);
    }
}

static void test_the_whole_of_the_largest_space(void **state)
{
    (void)state;
    served_start();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, FIRST, 3);
    served_map(FIRST, UINT64_MAX / BH_PAGE_SIZE, 5, 0);
    assert_is(fetch(FIRST, UINT64_MAX - 0xfffu + 0x123u), 5);
    assert_int_equal(fetch(FIRST, UINT64_MAX / 2u - 0xfffu + 0x123u), 0);
}

static void test_spaces_are_told_apart(void **state)
{
    uint32_t i;

    (void)state;
    served_start();
    served_map(FIRST, AT, 5, 0);
    assert_is(fetch(FIRST, AT_ADDRESS), 5);
    assert_int_equal(fetch(SECOND, AT_ADDRESS), 0);
    served_map(SECOND, AT, 6, 0);
    for (i = 0; i < 3; i++) {
        assert_is(fetch(FIRST, AT_ADDRESS), 5);
        assert_is(fetch(SECOND, AT_ADDRESS), 6);
    }
}

/* More pages than are kept: each still is its own. */
static void test_pages_are_told_apart(void **state)
{
    uint64_t i, round;

    (void)state;
    served_start();
    for (i = 0; i < 6; i++) {
        served_map(FIRST, AT + i * TRANSLATE_KEPT, 5 + i, 0);
    }
    for (round = 0; round < 2; round++) {
        for (i = 0; i < 6; i++) {
            assert_is(fetch(FIRST, AT_ADDRESS + PAGE(i * TRANSLATE_KEPT)), 5 + i);
        }
    }
    assert_int_equal(fetch(FIRST, AT_ADDRESS + PAGE(6 * TRANSLATE_KEPT)), 0);
}

/* ---- what is kept ---- */

static uint64_t *leaf_of_page(uint64_t page)
{
    uint32_t i;

    for (i = 0; i < GUEST_BLOCKS * TABLE_ENTRIES; i++) {
        if (guest_table[i] == PAGE(frame(page))) {
            return &guest_table[i];
        }
    }
    fail_msg("no entry for page %lu", (unsigned long)page);
    return NULL;
}

/* Why there are purges: tables that change behind the kernel's back are not looked at. The fake MMU
 * counts that. */
static void test_without_a_purge_the_old_frame_is_used(void **state)
{
    uint64_t *leaf, entry;

    (void)state;
    served_start();
    served_map(FIRST, AT, 5, 0);
    assert_is(store(FIRST, AT_ADDRESS), 5);
    leaf = leaf_of_page(5);
    entry = *leaf;
    *leaf = ENTRY_INVALID;
    assert_is(store(FIRST, AT_ADDRESS), 5);
    assert_int_equal(host_stale(), 1);
    hw_purge_cpu();
    assert_int_equal(host_stale(), 0);
    assert_int_equal(store(FIRST, AT_ADDRESS), 0);
    *leaf = entry;
    assert_is(store(FIRST, AT_ADDRESS), 5); /* nothing that was missing is kept */
}

static void test_nothing_old_is_used(void **state)
{
    (void)state;
    served_start();
    served_map(FIRST, AT, 5, 0);
    assert_is(store(FIRST, AT_ADDRESS), 5);
    served_unmap(FIRST, AT);
    assert_int_equal(fetch(FIRST, AT_ADDRESS), 0);
    served_map(FIRST, AT, 5, 0);
    assert_is(store(FIRST, AT_ADDRESS), 5);
    served_map(FIRST, AT, 6, 0);
    assert_is(store(FIRST, AT_ADDRESS), 6);
    served_map(FIRST, AT, 6, BH_WORD_READ_ONLY);
    assert_int_equal(store(FIRST, AT_ADDRESS), 0);
    assert_is(fetch(FIRST, AT_ADDRESS), 6);
}

/* Its tables go round: after two resets the control element is the old one again. */
static void test_nothing_of_a_space_outlives_its_reset(void **state)
{
    uint64_t asce;

    (void)state;
    served_start();
    served_map(FIRST, AT, 5, 0);
    served_map(SECOND, AT, 6, 0);
    asce = served_asce(FIRST);
    assert_is(fetch(SECOND, AT_ADDRESS), 6);
    assert_is(fetch(FIRST, AT_ADDRESS), 5); /* kept instead of the other */
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, FIRST, 1);
    served_map(FIRST, AT + 1, 7, 0);
    assert_int_equal(fetch(FIRST, AT_ADDRESS), 0);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, FIRST, 1);
    assert_int_equal(served_asce(FIRST), asce);
    assert_int_equal(fetch(FIRST, AT_ADDRESS), 0);
    assert_int_equal(fetch(FIRST, AT_ADDRESS + BH_PAGE_SIZE), 0);
    assert_is(fetch(SECOND, AT_ADDRESS), 6);
}

/* ---- instructions ---- */

static void put_text(void)
{
    uint32_t i;

    for (i = 0; i < 8; i++) {
        *served_byte(5, BH_PAGE_SIZE - 8u + i) = (uint8_t)(0x11u * (i + 1u));
        *served_byte(6, i) = (uint8_t)(0x10u + i);
    }
    *served_byte(6, 8) = 0xff;
}

static uint64_t text(uint64_t offset)
{
    return translate_text(served_asce(FIRST), PAGE(AT) + offset);
}

static void test_text_on_one_page(void **state)
{
    (void)state;
    served_start();
    put_text();
    assert_int_equal(text(BH_PAGE_SIZE - 8u), 0);
    served_map(FIRST, AT, 5, BH_WORD_READ_ONLY);
    assert_true(translate_is_whole(BH_PAGE_SIZE - 8u));
    assert_int_equal(text(BH_PAGE_SIZE - 8u), UINT64_C(0x1122334455667788));
    assert_int_equal(text(BH_PAGE_SIZE - 12u), UINT64_C(0x0000000011223344));
    assert_false(translate_is_whole(BH_PAGE_SIZE - 7u));
    assert_false(translate_is_whole(BH_PAGE_SIZE - 1u));
}

static void test_text_across_two_pages(void **state)
{
    (void)state;
    served_start();
    put_text();
    served_map(FIRST, AT + 1, 6, 0);
    assert_int_equal(text(BH_PAGE_SIZE - 2u), 0); /* the opcode is not there */
    served_map(FIRST, AT, 5, 0);
    assert_int_equal(text(BH_PAGE_SIZE - 2u), UINT64_C(0x7788101112131415));
    assert_int_equal(text(BH_PAGE_SIZE - 4u), UINT64_C(0x5566778810111213));
    assert_int_equal(text(BH_PAGE_SIZE - 6u), UINT64_C(0x3344556677881011));
    served_unmap(FIRST, AT + 1);
    assert_int_equal(text(BH_PAGE_SIZE - 2u), UINT64_C(0x7788000000000000));
    assert_int_equal(text(BH_PAGE_SIZE - 6u), UINT64_C(0x3344556677880000));
}

const struct CMUnitTest served_translate[] = {
    kernel_test(test_as_the_tables_say),
    kernel_test(test_protected_pages_are_read_only),
    kernel_test(test_beyond_the_top_table),
    kernel_test(test_the_whole_of_the_largest_space),
    kernel_test(test_spaces_are_told_apart),
    kernel_test(test_pages_are_told_apart),
    kernel_test(test_without_a_purge_the_old_frame_is_used),
    kernel_test(test_nothing_old_is_used),
    kernel_test(test_nothing_of_a_space_outlives_its_reset),
    kernel_test(test_text_on_one_page),
    kernel_test(test_text_across_two_pages),
    kernel_tests_end,
};
