/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: STNSM and STOSM that the kernel executes: what the VMM allows, or nothing. Belongs to:
 * test. */
#include "tests/unit/kernel/served.h"

#include "kernel/arch/s390x/pv/masks.h"

#define BASE 6u
#define AT UINT64_C(0x705000)
#define TO 5u /* the page that is mapped there */
#define SERVED BH_SERVED_MASKS

static uint64_t stnsm(uint64_t operand, uint64_t field)
{
    return UINT64_C(0xac) << 56 | operand << 48 | field << 32 | UINT64_C(0xaaaaaaaa);
}

static uint64_t stosm(uint64_t operand, uint64_t field)
{
    return stnsm(operand, field) + (UINT64_C(1) << 56);
}

static uint32_t execute(uint64_t text)
{
    return masks_execute(&guest, text, served_asce(FIRST));
}

/* A page that may be written, named by a register; a mask of all that is served and DAT. */
static void start(void)
{
    served_start();
    served_map(FIRST, AT / BH_PAGE_SIZE, TO, 0);
    guest.gr[BASE] = AT;
    guest.mask = BH_MASK_DAT | SERVED;
}

static void assert_refused(uint64_t text)
{
    served_note();
    assert_int_equal(execute(text), 0);
    assert_nothing_changed();
}

static void assert_both_refused(void)
{
    assert_refused(stnsm(0xfc, OPERAND(BASE, 8)));
    assert_refused(stosm(0, OPERAND(BASE, 8)));
}

static void test_the_opcodes(void **state)
{
    (void)state;
    assert_true(masks_are_meant(stnsm(0, 0)));
    assert_true(masks_are_meant(stosm(0xff, 0xffff)));
    assert_false(masks_are_meant(UINT64_C(0xab) << 56));
    assert_false(masks_are_meant(UINT64_C(0xae) << 56));
    assert_false(masks_are_meant(UINT64_C(0x2c) << 56));
    assert_false(masks_are_meant(0));
}

/* Exactly one byte is stored, and it is what the mask was. */
static void test_the_old_mask_is_stored(void **state)
{
    uint8_t *byte;

    (void)state;
    start();
    byte = served_byte(TO, 9);
    byte[-1] = byte[0] = byte[1] = 0xee;
    assert_int_equal(execute(stnsm(0xfc, OPERAND(BASE, 9))), 1);
    assert_int_equal(guest.mask, BH_MASK_DAT);
    assert_int_equal(byte[-1], 0xee);
    assert_int_equal(byte[0], BH_MASK_DAT | SERVED);
    assert_int_equal(byte[1], 0xee);
    assert_int_equal(execute(stosm(SERVED, OPERAND(BASE, 9))), 1);
    assert_int_equal(guest.mask, BH_MASK_DAT | SERVED);
    assert_int_equal(byte[0], BH_MASK_DAT);
    assert_int_equal(guest.executed, 2);
}

/* Of the state page, the mask and the count alone; of the memory, the byte. */
static void test_nothing_else_changes(void **state)
{
    (void)state;
    start();
    *served_byte(TO, 0) = 0xee;
    served_note();
    assert_int_equal(execute(stnsm(0xfe, OPERAND(BASE, 0))), 1);
    assert_int_equal(guest.mask, BH_MASK_DAT | BH_MASK_IO);
    assert_int_equal(guest.executed, 1);
    guest.mask = BH_MASK_DAT | SERVED;
    guest.executed = 0;
    *served_byte(TO, 0) = 0xee;
    assert_nothing_changed();
}

static void test_operands_on_page_ends(void **state)
{
    (void)state;
    start();
    assert_int_equal(execute(stnsm(0xff, OPERAND(BASE, 0xfff))), 1);
    assert_int_equal(*served_byte(TO, 0xfff), BH_MASK_DAT | SERVED);
    guest.gr[BASE] = AT - 1;
    assert_int_equal(execute(stnsm(0xff, OPERAND(BASE, 1))), 1);
    assert_int_equal(*served_byte(TO, 0), BH_MASK_DAT | SERVED);
    assert_refused(stnsm(0xff, OPERAND(BASE, 0)));
}

static void test_not_if_nothing_is_served(void **state)
{
    (void)state;
    start();
    guest.served = 0;
    assert_both_refused();
    assert_refused(stnsm(0xff, OPERAND(BASE, 8))); /* although it would change nothing */
}

static void test_not_for_problem_state(void **state)
{
    (void)state;
    start();
    guest.problem = 1;
    assert_both_refused();
    guest.problem = UINT64_C(1) << 63;
    assert_both_refused();
}

static void test_not_in_other_modes(void **state)
{
    (void)state;
    start();
    served_in_other_modes(assert_both_refused);
}

static void test_only_bits_that_are_served_change(void **state)
{
    static const uint8_t other[] = {0x80, 0x40, 0x20, 0x10, 0x08, BH_MASK_DAT};
    uint32_t i;

    (void)state;
    start();
    for (i = 0; i < sizeof(other); i++) {
        guest.mask = other[i] | SERVED;
        assert_refused(stnsm(0xffu & ~other[i], OPERAND(BASE, 8)));
        assert_refused(stnsm(0, OPERAND(BASE, 8)));
        guest.mask = 0;
        assert_refused(stosm(other[i], OPERAND(BASE, 8)));
        assert_refused(stosm(other[i] | BH_MASK_IO, OPERAND(BASE, 8)));
    }
    guest.served = BH_MASK_IO | BH_SERVED_MOVE;
    assert_refused(stosm(BH_MASK_EXTERNAL, OPERAND(BASE, 8)));
    assert_int_equal(execute(stosm(BH_MASK_IO, OPERAND(BASE, 8))), 1);
}

/* The interruption is the VMM's to deliver, right behind the instruction. */
static void test_what_is_pending_is_not_switched_on(void **state)
{
    (void)state;
    start();
    guest.pending = BH_MASK_EXTERNAL;
    assert_int_equal(execute(stosm(SERVED, OPERAND(BASE, 8))), 1); /* it was on */
    assert_int_equal(execute(stnsm(0xfc, OPERAND(BASE, 8))), 1);
    assert_refused(stosm(BH_MASK_EXTERNAL, OPERAND(BASE, 8)));
    assert_refused(stosm(SERVED, OPERAND(BASE, 8)));
    assert_int_equal(execute(stosm(BH_MASK_IO, OPERAND(BASE, 8))), 1);
    guest.pending = BH_MASK_IO;
    assert_int_equal(execute(stnsm(0xfd, OPERAND(BASE, 8))), 1);
    assert_refused(stosm(BH_MASK_IO, OPERAND(BASE, 8)));
    assert_int_equal(execute(stosm(BH_MASK_EXTERNAL, OPERAND(BASE, 8))), 1);
    assert_int_equal(guest.mask, BH_MASK_DAT | BH_MASK_EXTERNAL);
}

static void test_not_where_the_guest_may_not_store(void **state)
{
    (void)state;
    start();
    guest.gr[BASE] = AT + BH_PAGE_SIZE;
    assert_both_refused();
    served_map(FIRST, AT / BH_PAGE_SIZE + 1, TO, BH_WORD_READ_ONLY);
    assert_both_refused();
    served_map(FIRST, AT / BH_PAGE_SIZE + 1, TO, BH_WORD_NO_EXECUTE);
    assert_int_equal(execute(stosm(0, OPERAND(BASE, 8))), 1);
}

/* Where the lowcore is, and low-address protection. */
static void test_not_at_low_addresses(void **state)
{
    (void)state;
    start();
    served_map(FIRST, 0, TO, 0);
    served_map(FIRST, 1, TO, 0);
    served_map(FIRST, 2, TO, 0);
    guest.gr[BASE] = 0;
    assert_both_refused();
    guest.gr[BASE] = 0x1ff0;
    assert_refused(stosm(0, OPERAND(BASE, 0xf)));
    assert_int_equal(execute(stosm(0, OPERAND(BASE, 0x10))), 1);
}

static void test_register_0_is_no_base(void **state)
{
    (void)state;
    start();
    served_map(FIRST, 0, 6, 0);
    guest.gr[0] = AT;
    assert_refused(stnsm(0xfc, DIRECT(8)));
    guest.gr[15] = AT;
    assert_int_equal(execute(stnsm(0xfc, OPERAND(15, 8))), 1);
}

const struct CMUnitTest served_masks[] = {
    kernel_test(test_the_opcodes),
    kernel_test(test_the_old_mask_is_stored),
    kernel_test(test_nothing_else_changes),
    kernel_test(test_operands_on_page_ends),
    kernel_test(test_not_if_nothing_is_served),
    kernel_test(test_not_for_problem_state),
    kernel_test(test_not_in_other_modes),
    kernel_test(test_only_bits_that_are_served_change),
    kernel_test(test_what_is_pending_is_not_switched_on),
    kernel_test(test_not_where_the_guest_may_not_store),
    kernel_test(test_not_at_low_addresses),
    kernel_test(test_register_0_is_no_base),
    kernel_tests_end,
};
