/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: capability tables. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/captable.h"
#include "tests/unit/kernel/machine.h"

#define TABLE BH_INIT_CAPTABLE
#define EMPTY 61u

static const uint64_t out_of_range[] = {BH_SLOTS, BH_SLOTS + 1u, UINT64_C(0x100000001), UINT64_MAX};

#define OUT_OF_RANGE (sizeof(out_of_range) / sizeof(out_of_range[0]))

static void test_grant_copies_with_the_rights_of_both_masks(void **state)
{
    struct process one;
    uint32_t endpoint;
    uint32_t t;

    (void)state;
    new_process(&one, 1);
    endpoint = new_endpoint(one.partition);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_REDUCE, endpoint,
                  BH_R_ENDPOINT_CALL | BH_R_ENDPOINT_RECV);
    assert_invoke(OK, INIT, one.captable, CAPTABLE_GRANT, 5, endpoint,
                  BH_R_ENDPOINT_RECV | BH_R_ENDPOINT_EVENT, UINT64_C(0x123456789abcdef0));
    t = object_of(one.captable);
    assert_int_equal(cap_type[cap_slot(t, 5)], BH_ENDPOINT);
    assert_int_equal(cap_object[cap_slot(t, 5)], object_of(endpoint));
    assert_int_equal(cap_rights[cap_slot(t, 5)], BH_R_ENDPOINT_RECV);
    assert_int_equal(cap_badge[cap_slot(t, 5)], UINT64_C(0x123456789abcdef0));
}

/* Bits of the mask above the 32 of the rights mean nothing. */
static void test_grant_takes_32_bits_of_rights(void **state)
{
    struct process one;

    (void)state;
    new_process(&one, 1);
    assert_invoke(OK, INIT, one.captable, CAPTABLE_GRANT, 5, one.thread,
                  UINT64_C(0xffffffff00000000), 0);
    assert_int_equal(cap_rights[cap_slot(object_of(one.captable), 5)], 0);
}

static void test_grant_refuses(void **state)
{
    struct process one;
    uint32_t i;

    (void)state;
    new_process(&one, 1);
    for (i = 0; i < OUT_OF_RANGE; i++) {
        assert_invoke(ARG, INIT, one.captable, CAPTABLE_GRANT, out_of_range[i], TABLE, 1, 0);
        assert_invoke(CAP, INIT, one.captable, CAPTABLE_GRANT, 5, out_of_range[i], 1, 0);
    }
    assert_invoke(CAP, INIT, one.captable, CAPTABLE_GRANT, 5, EMPTY, 1, 0);
    assert_invoke(OK, INIT, one.captable, CAPTABLE_GRANT, 5, one.thread, 1, 0);
    assert_invoke(EXISTS, INIT, one.captable, CAPTABLE_GRANT, 5, one.thread, 1, 0);
    seal();
    assert_invoke(SEALED, INIT, one.captable, CAPTABLE_GRANT, 6, one.thread, 1, 0);
    assert_int_equal(cap_type[cap_slot(object_of(one.captable), 6)], BH_NONE);
}

/* What a process gets, it gets from its own table: never from the table that it writes to. */
static void test_grant_copies_from_the_table_of_the_caller(void **state)
{
    struct process one, two;

    (void)state;
    new_process(&one, 1);
    new_process(&two, 1);
    grant(&one, two.captable, EVERYTHING, 0);
    grant(&two, one.thread, EVERYTHING, 0);
    assert_invoke(CAP, one.t, two.captable, CAPTABLE_GRANT, 5, one.thread, EVERYTHING, 0);
}

static void test_drop_empties_a_slot_even_after_seal(void **state)
{
    struct process one;
    uint32_t i;

    (void)state;
    new_process(&one, 1);
    seal();
    for (i = 0; i < OUT_OF_RANGE; i++) {
        assert_invoke(ARG, INIT, TABLE, CAPTABLE_DROP, out_of_range[i]);
    }
    assert_invoke(OK, INIT, TABLE, CAPTABLE_DROP, one.thread);
    assert_invoke(CAP, INIT, one.thread, THREAD_INSPECT);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_DROP, one.thread);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_INSPECT, one.thread);
    assert_int_equal(result(INIT, 0), BH_NONE);
    assert_int_equal(result(INIT, 1), 0);
    assert_int_equal(result(INIT, 2), 0);
    assert_int_equal(result(INIT, 3), 0);
}

static void test_reduce_only_takes_rights_away(void **state)
{
    struct process one;
    uint32_t i;

    (void)state;
    new_process(&one, 1);
    seal();
    for (i = 0; i < OUT_OF_RANGE; i++) {
        assert_invoke(ARG, INIT, TABLE, CAPTABLE_REDUCE, out_of_range[i], 0);
    }
    assert_invoke(OK, INIT, TABLE, CAPTABLE_REDUCE, one.space, BH_R_SPACE_INSPECT);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_REDUCE, one.space, EVERYTHING);
    assert_invoke(RIGHT, INIT, one.space, SPACE_UNMAP, 0, 1);
    assert_invoke(OK, INIT, one.space, SPACE_ENTRY, 0);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_REDUCE, EMPTY, EVERYTHING);
    assert_int_equal(cap_rights[cap_slot(0, EMPTY)], 0);
}

static void test_inspect(void **state)
{
    struct process one;
    uint32_t i;

    (void)state;
    new_process(&one, 1);
    grant(&one, one.thread, BH_R_THREAD_INSPECT, 77);
    for (i = 0; i < OUT_OF_RANGE; i++) {
        assert_invoke(ARG, INIT, one.captable, CAPTABLE_INSPECT, out_of_range[i]);
    }
    assert_invoke(OK, INIT, one.captable, CAPTABLE_INSPECT, one.thread);
    assert_int_equal(result(INIT, 0), BH_THREAD);
    assert_int_equal(result(INIT, 1), one.t);
    assert_int_equal(result(INIT, 2), BH_R_THREAD_INSPECT);
    assert_int_equal(result(INIT, 3), 77);
}

static void test_owner(void **state)
{
    struct process one;

    (void)state;
    new_process(&one, 1);
    assert_invoke(OK, INIT, one.captable, CAPTABLE_OWNER);
    assert_int_equal(result(INIT, 0), one.p);
    assert_invoke(OK, INIT, TABLE, CAPTABLE_OWNER);
    assert_int_equal(result(INIT, 0), PARTITION_ROOT);
}

const struct CMUnitTest methods_captable[] = {
    kernel_test(test_grant_copies_with_the_rights_of_both_masks),
    kernel_test(test_grant_takes_32_bits_of_rights),
    kernel_test(test_grant_refuses),
    kernel_test(test_grant_copies_from_the_table_of_the_caller),
    kernel_test(test_drop_empties_a_slot_even_after_seal),
    kernel_test(test_reduce_only_takes_rights_away),
    kernel_test(test_inspect),
    kernel_test(test_owner),
    kernel_tests_end,
};
