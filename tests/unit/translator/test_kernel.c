/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the invocations of I/O spaces: arguments, results, repetition. */
#include "drivers/zpci/translator/kernel.h"

#include "libs/stubs/svc.h"
#include "tests/lib/short_call.h"
#include "tests/lib/test.h"

static uint64_t seen_method, seen_cap, seen[BH_ARGUMENTS];
static uint64_t answer, stored;
static unsigned calls, again;

/* Stand-in for the system call: AGAIN for as often as set, then the answer. */
uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    seen_cap = cap;
    seen_method = method;
    for (unsigned i = 0; i < BH_ARGUMENTS; i++)
        seen[i] = arguments[i];
    results->gr3 = stored;
    calls++;
    if (again == 0)
        return answer;
    again--;
    return BH_E_AGAIN;
}

static int reset(void **state)
{
    (void)state;
    kernel_space[2] = 31;
    kernel_window[2] = 3;
    answer = BH_E_OK;
    stored = 0;
    kernel_stored = 77;
    calls = 0;
    again = 0;
    return 0;
}

static void test_update(void **state)
{
    (void)state;
    stored = 5;
    assert_int_equal(kernel_update(2, 0x100005, 5), BH_E_OK);
    assert_int_equal(seen_cap, 31);
    assert_int_equal(seen_method, BH_M_IOSPACE_UPDATE);
    assert_int_equal(seen[0], 0x100005);
    assert_int_equal(seen[1], 5);
    assert_int_equal(seen[2], 3);
    answer = BH_E_BOUND;
    stored = 2;
    assert_int_equal(kernel_update(2, 1, 5), BH_E_BOUND);
    assert_int_equal(kernel_stored, 2);
}

/* With other errors GR3 means nothing, and nothing was stored. */
static void test_update_that_was_refused_stored_nothing(void **state)
{
    (void)state;
    stored = 4;
    answer = BH_E_RIGHT;
    assert_int_equal(kernel_update(2, 1, 5), BH_E_RIGHT);
    assert_int_equal(kernel_stored, 0);
}

/* Even a kernel that counts wrongly cannot make the translator leave its buffer. */
static void test_not_all_was_stored_where_a_word_was_refused(void **state)
{
    (void)state;
    stored = 6;
    answer = BH_E_BOUND;
    kernel_update(2, 1, 5);
    assert_int_equal(kernel_stored, 4);
}

static void test_flush_repeats(void **state)
{
    (void)state;
    again = 130;
    assert_int_equal(kernel_flush(2), BH_E_OK);
    assert_int_equal(calls, 131);
    assert_int_equal(seen_method, BH_M_IOSPACE_FLUSH);
    assert_int_equal(seen_cap, 31);
    answer = BH_E_PCI;
    assert_int_equal(kernel_flush(2), BH_E_PCI);
    assert_int_equal(calls, 132);
}

static void test_clear_repeats(void **state)
{
    (void)state;
    again = 640; /* 2 GiB: 512 pieces, and 128 to flush */
    assert_int_equal(kernel_clear(2), BH_E_OK);
    assert_int_equal(calls, 641);
    assert_int_equal(seen_method, BH_M_IOSPACE_CLEAR);
}

static void test_a_busy_function_ends_the_repetition(void **state)
{
    (void)state;
    again = UINT32_MAX;
    assert_int_equal(kernel_flush(2), BH_E_AGAIN);
    assert_true(calls < 10000);
    assert_int_equal(kernel_clear(2), BH_E_AGAIN);
    assert_true(calls < 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_update, reset),
        cmocka_unit_test_setup(test_update_that_was_refused_stored_nothing, reset),
        cmocka_unit_test_setup(test_not_all_was_stored_where_a_word_was_refused, reset),
        cmocka_unit_test_setup(test_flush_repeats, reset),
        cmocka_unit_test_setup(test_clear_repeats, reset),
        cmocka_unit_test_setup(test_a_busy_function_ends_the_repetition, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
