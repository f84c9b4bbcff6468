/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: guest spaces. The rest of a vCPU: methods_vcpu.c. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/vcpu.h"
#include "tests/unit/kernel/one_vcpu.h"

#define GUEST 7u /* number of a guest space */

static void assert_reaches(uint64_t page, enum host_how how, uint64_t to)
{
    assert_int_equal(host_guest_access(v, GUEST, PAGE(page) + 40, how), PAGE(frame(to)) + 40);
}

static void assert_faults(uint64_t page, enum host_how how)
{
    assert_int_equal(host_guest_access(v, GUEST, PAGE(page) + 40, how), HOST_FAULT);
}

static void map_one(uint64_t page, uint64_t word)
{
    put_word(one.t, 0, word);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_MAP, GUEST, page, 1, 0);
    assert_int_equal(result(one.t, 0), 1);
}

static void test_reset_refuses(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_RESET, BH_VCPU_SPACES, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_RESET, TOO_FAR, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_RESET, 0, 8);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_RESET, 0, TOO_FAR);
}

static void test_private_spaces(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 1);
    assert_int_equal(guest_asce[v * BH_VCPU_SPACES + GUEST] % 0x1000, 0x7);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 1 + BH_SPACE_PRIVATE);
    assert_int_equal(guest_asce[v * BH_VCPU_SPACES + GUEST] % 0x1000, 0x107);
    map_one(0x7ffff, PAGE(5));
    assert_reaches(0x7ffff, HOST_WRITE, 5);
}

static void test_map_at_every_level(void **state)
{
    static const uint64_t far[] = {0x7ffff, 0x3fffffff, UINT64_C(0x1ffffffffff),
                                   UINT64_C(0xfffffffffffff)};
    uint32_t type;

    (void)state;
    prepare();
    for (type = 0; type < 4; type++) {
        assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, type);
        assert_faults(far[type], HOST_READ);
        map_one(far[type], PAGE(5));
        assert_reaches(far[type], HOST_WRITE, 5);
        assert_faults(far[type] - 1, HOST_READ);
        assert_invoke(RANGE, one.t, vcpu, VCPU_SPACE_MAP, GUEST, far[type] + 1, 1, 0);
        assert_invoke(RANGE, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, far[type] + 1, 1);
        assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, far[type], 1);
        assert_faults(far[type], HOST_READ);
    }
}

static void test_map_stores_words(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    put_word(one.t, 0, PAGE(2));
    put_word(one.t, 1, PAGE(3) | BH_WORD_READ_ONLY);
    put_word(one.t, 2, PAGE(4) | BH_WORD_INVALID);
    put_word(one.t, 3, UINT64_MAX);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0x1fc, 4, 0);
    assert_int_equal(result(one.t, 0), 4);
    assert_reaches(0x1fc, HOST_WRITE, 2);
    assert_reaches(0x1fd, HOST_READ, 3);
    assert_faults(0x1fd, HOST_WRITE);
    assert_faults(0x1fe, HOST_READ);
    assert_faults(0x1ff, HOST_READ);
}

static void test_map_refuses(void **state)
{
    (void)state;
    prepare();
    put_word(one.t, 0, PAGE(0));
    assert_invoke(STATE, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 0);
    assert_invoke(STATE, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 0, 1);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, BH_VCPU_SPACES, 0, 1, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, TOO_FAR + GUEST, 0, 1, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 0, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 257, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 1, 256, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, TOO_FAR + 1, 0);
    assert_invoke(ARG, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 255, 2);
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 4);
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, TOO_FAR);
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 1);
    put_word(one.t, 1, PAGE(PROCESS_PAGES));
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 2, 0);
    assert_int_equal(result(one.t, 0), 1);
    assert_reaches(0, HOST_WRITE, 0);
    assert_faults(1, HOST_READ);
    take_message(one.t);
    assert_invoke(STATE, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 0);
}

/* A window that may not be written or executed bounds the guest's entries. */
static void test_map_within_the_rights_of_the_window(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, 4, R | X);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    put_word(one.t, 0, PAGE(0));
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 1);
    put_word(one.t, 0, PAGE(0) | BH_WORD_READ_ONLY);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 1);
    assert_reaches(0, HOST_EXECUTE, 0);
    put_word(one.t, 0, PAGE(0) | BH_WORD_READ_ONLY | BH_WORD_NO_EXECUTE);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 0, 1, 1);
    assert_faults(0, HOST_EXECUTE);
}

/* Guest memory that the description declares without execution cannot be executed. */
static void test_map_cannot_add_execution(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, 4, R);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    put_word(one.t, 0, PAGE(0) | BH_WORD_READ_ONLY);
    make_call(one.t, INVOKE, vcpu, 0);
    call_as(one.t, BH_CALL_INVOKE, vcpu, BH_M_VCPU_SPACE_MAP, ARGUMENTS(GUEST, 0, 1, 1));
    assert_faults(0, HOST_EXECUTE);
}

static void test_no_cpu_keeps_what_was_taken_away(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    map_one(9, PAGE(1));
    assert_reaches(9, HOST_WRITE, 1);
    map_one(9, PAGE(1) | BH_WORD_READ_ONLY);
    assert_faults(9, HOST_WRITE);
    map_one(9, PAGE(2) | BH_WORD_READ_ONLY);
    assert_reaches(9, HOST_READ, 2);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 9, 1);
    assert_faults(9, HOST_READ);
    map_one(9, PAGE(3));
    assert_reaches(9, HOST_READ, 3);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    assert_faults(9, HOST_READ);
}

/* A purge costs everybody; where nothing was valid there is nothing to purge. */
static void test_only_what_was_valid_is_purged(void **state)
{
    uint64_t purges;

    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    map_one(9, PAGE(1));
    map_one(12, PAGE(2));
    assert_reaches(12, HOST_READ, 2);
    purges = host.purges;
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 10, 2);
    assert_int_equal(host.purges, purges);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 10, 4);
    assert_int_equal(host.purges, purges + 1);
    assert_faults(12, HOST_READ);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, GUEST, 12, 1);
    assert_int_equal(host.purges, purges + 1);
}

/* Before the bad word of a batch entries changed: they must be purged although the call failed. */
static void test_a_failing_map_purges_what_it_changed(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    map_one(9, PAGE(1));
    assert_reaches(9, HOST_WRITE, 1);
    put_word(one.t, 0, PAGE(2));
    put_word(one.t, 1, PAGE(PROCESS_PAGES));
    assert_invoke(BOUND, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 9, 2, 0);
    assert_reaches(9, HOST_WRITE, 2);
}

/* A space that runs is reset: no control register names tables that get another use. */
static void test_reset_of_the_space_that_runs(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    map_one(9, PAGE(1));
    assert_reaches(9, HOST_WRITE, 1);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 1);
    assert_int_equal(host.guest, 0);
}

/* Tables run out, for this vCPU alone, and come back with a reset. */
static void test_tables_run_out(void **state)
{
    uint32_t other, number;

    (void)state;
    prepare();
    other = new_vcpu(&one, 1, 1);
    grant(&one, other, EVERYTHING, 0);
    for (number = 0; number < BLOCKS; number++) {
        assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, number, 0);
    }
    assert_invoke(FULL, one.t, vcpu, VCPU_SPACE_RESET, number, 0);
    put_word(one.t, 0, PAGE(0));
    assert_invoke(STATE, one.t, vcpu, VCPU_SPACE_MAP, number, 0, 1, 0);
    assert_invoke(FULL, one.t, vcpu, VCPU_SPACE_MAP, 0, 0, 1, 0);
    assert_invoke(OK, one.t, other, VCPU_SPACE_RESET, 0, 3);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, 0, 0, 1);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, 1, 0);
    assert_invoke(FULL, one.t, vcpu, VCPU_SPACE_MAP, 0, 0, 1, 0);
}

/* A deep space that ran out of tables on its way down leaves nothing that is half there. */
static void test_tables_run_out_on_the_way_down(void **state)
{
    uint32_t number;

    (void)state;
    prepare();
    put_word(one.t, 0, PAGE(0));
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 3);
    for (number = 0; number < 3; number++) {
        assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, number, 0);
    }
    assert_invoke(FULL, one.t, vcpu, VCPU_SPACE_MAP, GUEST, 5, 1, 0);
    assert_faults(5, HOST_READ);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    map_one(5, PAGE(1));
    assert_reaches(5, HOST_READ, 1);
}

/* Page tables share a block, eight of them: each has its own entries, all invalid at first. */
static void test_page_tables_share_blocks(void **state)
{
    uint64_t i;

    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, GUEST, 0);
    for (i = 0; i < 16; i++) {
        map_one(i * 256 + i, PAGE(i));
    }
    for (i = 0; i < 16; i++) {
        assert_reaches(i * 256 + i, HOST_WRITE, i);
        assert_faults(i * 256 + i + 1, HOST_READ);
    }
}

const struct CMUnitTest methods_guestspace[] = {
    kernel_test(test_reset_refuses),
    kernel_test(test_private_spaces),
    kernel_test(test_map_at_every_level),
    kernel_test(test_map_stores_words),
    kernel_test(test_map_refuses),
    kernel_test(test_map_within_the_rights_of_the_window),
    kernel_test(test_map_cannot_add_execution),
    kernel_test(test_no_cpu_keeps_what_was_taken_away),
    kernel_test(test_only_what_was_valid_is_purged),
    kernel_test(test_a_failing_map_purges_what_it_changed),
    kernel_test(test_reset_of_the_space_that_runs),
    kernel_test(test_tables_run_out),
    kernel_test(test_tables_run_out_on_the_way_down),
    kernel_test(test_page_tables_share_blocks),
    kernel_tests_end,
};
