/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: MVCOS that the kernel executes: who may, between which spaces. What is moved:
 * served_pieces.c. Belongs to: test. */
#include "tests/unit/kernel/served.h"

#include <string.h>

#include "kernel/arch/s390x/pv/move.h"

#define TO_BASE 6u
#define FROM_BASE 7u
#define LENGTH 3u
#define TO UINT64_C(0x705000)
#define FROM UINT64_C(0x909000)
#define BYTES 8u

/* Halves of general register 0. */
#define AS(n) ((uint64_t)(n) << 6 | 1u)
#define AS_PRIMARY AS(0)
#define AS_ACCESS_REGISTER AS(1)
#define AS_SECONDARY AS(2)
#define AS_HOME AS(3)
#define KEY(n) ((uint64_t)(n) << 12 | 2u)
#define TARGET(control) ((uint64_t)(control) << 16)

#define TEXT(length, to, from)                                                                     \
    (UINT64_C(0xc8) << 56 | (uint64_t)(length) << 52 | (to) << 32 | (from) << 16)
#define PLAIN TEXT(LENGTH, OPERAND(TO_BASE, 0), OPERAND(FROM_BASE, 0))

/* The page of memory at TO and FROM of either space, whose number its bytes are. */
enum { FIRST_TO = 4, FIRST_FROM, SECOND_TO, SECOND_FROM };

static void start(void)
{
    uint32_t i;

    served_start();
    served_map(FIRST, TO / BH_PAGE_SIZE, FIRST_TO, 0);
    served_map(FIRST, FROM / BH_PAGE_SIZE, FIRST_FROM, 0);
    served_map(SECOND, TO / BH_PAGE_SIZE, SECOND_TO, 0);
    served_map(SECOND, FROM / BH_PAGE_SIZE, SECOND_FROM, 0);
    for (i = FIRST_TO; i <= SECOND_FROM; i++) {
        memset(served_byte(i, 0), (int)i, BH_PAGE_SIZE);
    }
    guest.gr[TO_BASE] = TO;
    guest.gr[FROM_BASE] = FROM;
    guest.gr[LENGTH] = BYTES;
}

static uint32_t execute(uint64_t text)
{
    return move_execute(&guest, text, served_asce(FIRST), served_asce(SECOND));
}

static void assert_refused(uint64_t text)
{
    served_note();
    assert_int_equal(execute(text), MOVE_REFUSED);
    assert_nothing_changed();
}

/* It is moved between exactly these pages, and nothing but memory changes. */
static void assert_moves(uint64_t control, uint32_t to, uint32_t from)
{
    guest.gr[0] = control;
    served_note();
    assert_int_equal(execute(PLAIN), 0);
    assert_int_equal(*served_byte(to, BYTES - 1), from);
    memset(served_byte(to, 0), (int)to, BYTES);
    assert_nothing_changed();
}

static void test_the_opcode(void **state)
{
    (void)state;
    assert_true(move_is_meant(PLAIN));
    assert_true(move_is_meant(TEXT(15, OPERAND(15, 0xfff), OPERAND(15, 0xfff))));
    assert_false(move_is_meant(PLAIN | UINT64_C(1) << 48)); /* ECTG */
    assert_false(move_is_meant(PLAIN | UINT64_C(1) << 56));
    assert_false(move_is_meant(0));
}

static void test_within_the_space(void **state)
{
    (void)state;
    start();
    assert_moves(0, FIRST_TO, FIRST_FROM);
    assert_moves(UINT64_C(0xffffffff) << 32, FIRST_TO, FIRST_FROM);
}

/* Each half says it of its own side. A key is no matter to a supervisor. */
static void test_secondary_space(void **state)
{
    (void)state;
    start();
    assert_moves(AS_SECONDARY, FIRST_TO, SECOND_FROM);
    assert_moves(TARGET(AS_SECONDARY), SECOND_TO, FIRST_FROM);
    assert_moves(TARGET(AS_SECONDARY) | AS_SECONDARY, SECOND_TO, SECOND_FROM);
    assert_moves(AS_SECONDARY | KEY(9), FIRST_TO, SECOND_FROM);
    assert_moves(TARGET(KEY(15)) | KEY(9), FIRST_TO, FIRST_FROM);
}

/* Bits of the space count only if they are said to be valid. */
static void test_space_bits_without_validity(void **state)
{
    (void)state;
    start();
    assert_moves(AS_SECONDARY - 1, FIRST_TO, FIRST_FROM);
    assert_moves(TARGET(AS_HOME - 1), FIRST_TO, FIRST_FROM);
}

static void test_other_spaces_are_the_vmms_affair(void **state)
{
    static const uint64_t other[] = {AS_PRIMARY, AS_ACCESS_REGISTER, AS_HOME};
    uint32_t i;

    (void)state;
    start();
    for (i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        guest.gr[0] = other[i];
        assert_refused(PLAIN);
        guest.gr[0] = TARGET(other[i]);
        assert_refused(PLAIN);
        guest.gr[0] = TARGET(other[i]) | AS_SECONDARY;
        assert_refused(PLAIN);
        guest.gr[0] = TARGET(AS_SECONDARY) | other[i];
        assert_refused(PLAIN);
    }
}

/* What the guest's users may copy depends on their keys and controls: nothing of it is decided
 * here, with any operand-access control. */
static void test_not_for_problem_state(void **state)
{
    uint64_t side;

    (void)state;
    start();
    guest.problem = 1;
    for (side = 0; side < 0x100; side++) {
        guest.gr[0] = TARGET(side) | AS_SECONDARY;
        assert_refused(PLAIN);
        guest.gr[0] = side;
        assert_refused(PLAIN);
    }
    guest.gr[0] = 0;
    guest.problem = UINT64_C(1) << 40;
    assert_refused(PLAIN);
}

static void test_not_if_it_is_not_served(void **state)
{
    (void)state;
    start();
    guest.served = BH_SERVED_MASKS;
    assert_refused(PLAIN);
    guest.served = ~(uint64_t)BH_SERVED_MOVE;
    assert_refused(PLAIN);
    guest.served = BH_SERVED_MOVE;
    assert_moves(0, FIRST_TO, FIRST_FROM);
}

/* A special-operation exception, and the addresses would be real ones. */
static void test_not_while_dat_is_off(void **state)
{
    (void)state;
    start();
    guest.mask = (uint64_t)~BH_MASK_DAT & 0xffu;
    assert_refused(PLAIN);
}

static void assert_plain_refused(void)
{
    assert_refused(PLAIN);
}

static void test_not_in_other_modes(void **state)
{
    (void)state;
    start();
    served_in_other_modes(assert_plain_refused);
}

static void test_where_operands_are(void **state)
{
    (void)state;
    start();
    guest.gr[0] = TO; /* no base, and no length that anybody asked for */
    served_map(FIRST, 0, 8, 0);
    assert_refused(TEXT(LENGTH, DIRECT(0), OPERAND(FROM_BASE, 0)));
    guest.gr[0] = 0;
    *served_byte(8, 0x801) = 0x77;
    assert_int_equal(execute(TEXT(LENGTH, OPERAND(TO_BASE, 0x456), DIRECT(0x801))), 0);
    assert_int_equal(*served_byte(FIRST_TO, 0x456), 0x77);
    guest.gr[LENGTH] = 0;
    guest.gr[15] = 1;
    assert_int_equal(execute(TEXT(15, OPERAND(TO_BASE, 0xfff), OPERAND(FROM_BASE, 0xfff))), 0);
    assert_int_equal(*served_byte(FIRST_TO, 0xfff), FIRST_FROM);
}

static void test_not_to_low_addresses(void **state)
{
    (void)state;
    start();
    served_map(FIRST, 0, 8, 0);
    served_map(FIRST, 1, 9, 0);
    served_map(FIRST, 2, 10, 0);
    guest.gr[TO_BASE] = 0;
    assert_refused(PLAIN);
    guest.gr[TO_BASE] = 0x1fff;
    assert_refused(PLAIN);
    guest.gr[TO_BASE] = UINT64_MAX - 3u; /* around the end: the second piece would be low */
    assert_refused(PLAIN);
    guest.gr[TO_BASE] = 0x2000;
    assert_int_equal(execute(PLAIN), 0);
    assert_int_equal(*served_byte(10, 0), FIRST_FROM);
}

const struct CMUnitTest served_move[] = {
    kernel_test(test_the_opcode),
    kernel_test(test_within_the_space),
    kernel_test(test_secondary_space),
    kernel_test(test_space_bits_without_validity),
    kernel_test(test_other_spaces_are_the_vmms_affair),
    kernel_test(test_not_for_problem_state),
    kernel_test(test_not_if_it_is_not_served),
    kernel_test(test_not_while_dat_is_off),
    kernel_test(test_not_in_other_modes),
    kernel_test(test_where_operands_are),
    kernel_test(test_not_to_low_addresses),
    kernel_tests_end,
};
