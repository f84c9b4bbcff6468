/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: which requests are served at all, and for which pages. The numbers are those of the rows in
 * drivers/zpci/translator/contract.md. */
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"
#include "tests/unit/translator/fixture.h"

#define REAL(generation, controls) ((uint64_t)(generation)*256 + (controls))

static void set_state(uint64_t controls)
{
    assert_int_equal(vmm(TRANSLATOR_STATE, HANDLE, controls, GENERATION).error, 0);
}

/* Nothing was read, nothing was changed. */
static void assert_refused(uint64_t badge, uint64_t handle, uint64_t real, uint64_t result)
{
    uint64_t loads = guest_loads;
    struct reply r;

    map(IOVA, 5, 1);
    r = message(badge, handle, IOVA, PAGE, real);
    assert_int_equal(r.error, 0);
    assert_int_equal(r.result, result);
    assert_int_equal(r.event, 0);
    assert_int_equal(r.notify, 0);
    assert_int_equal(guest_loads, loads);
    assert_int_equal(fake_entry(0, FIRST), FAKE_INVALID);
}

static void test_row_3_unknown_stale_and_foreign_handles(void **state)
{
    uint64_t real = REAL(GENERATION, ENABLED);

    (void)state;
    fixture_function(1, FIRST, 256);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE + 1, ENABLED, GENERATION);
    assert_refused(EVENT_BADGE(1), HANDLE ^ 0x100, real, CC(3, 0));
    assert_refused(EVENT_BADGE(1), HANDLE & 0x7fffffff, real, CC(3, 0));
    assert_refused(EVENT_BADGE(1), HANDLE | UINT64_C(1) << 32, real, CC(3, 0));
    assert_refused(EVENT_BADGE(1), HANDLE + 1, real, CC(3, 0)); /* exists, but for another sender */
    assert_refused(EVENT_BADGE(2), HANDLE, real, CC(3, 0));
    assert_refused(EVENT_BADGE(0), HANDLE, real, CC(3, 0));
    assert_refused(EVENT_BADGE(15), 0, real, CC(3, 0)); /* no function has handle 0 */
}

static void test_row_4_function_not_enabled(void **state)
{
    (void)state;
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, 0), CC(3, 0));
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, FIB_FC_IOAT), CC(3, 0));
    set_state(0);
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, ENABLED), CC(3, 0));
}

static void test_row_5_function_in_error(void **state)
{
    (void)state;
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, ENABLED | FIB_FC_ERROR), CC(1, 40));
    set_state(ENABLED | FIB_FC_ERROR);
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, ENABLED), CC(1, 40));
    set_state(ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED);
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION, ENABLED), CC(1, 40));
    set_state(ENABLED);
    assert_int_equal(rpcit(IOVA, PAGE).result, 0);
    assert_whole_window();
}

/* An identity anchor (T=0) cannot be registered: see test_row_6_identity. */
static void test_row_6_no_anchor(void **state)
{
    struct reply r;

    (void)state;
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    map(IOVA, 5, 1);
    r = rpcit(IOVA + PAGE, PAGE);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_SPACE_INVALID);
    assert_int_equal(r.address, IOVA + PAGE);
    assert_int_equal(r.notify, 1);
    assert_int_equal(fake_entry(0, FIRST), FAKE_INVALID);
    assert_int_equal(rpcit(IOVA, PAGE).result, CC(1, 40));
}

static void test_row_7_length_0(void **state)
{
    uint64_t loads = guest_loads;

    (void)state;
    assert_int_equal(rpcit(IOVA, 0).result, 0);
    assert_int_equal(rpcit(IOVA + 123, 0).result, 0);
    assert_int_equal(rpcit(UINT64_MAX, 0).result, 0);
    assert_int_equal(guest_loads, loads);
    assert_int_equal(fake_space[0].updates, 0);
}

static void assert_mapped(unsigned from, unsigned to, unsigned of)
{
    for (unsigned i = 0; i < of; i++)
        assert_int_equal(fake_entry(0, FIRST + i),
                         i >= from && i < to ? (100 + i) * PAGE : FAKE_INVALID);
}

static void test_row_8_unaligned_ranges_cover_every_touched_page(void **state)
{
    static const struct {
        unsigned start, length, from, to;
    } c[] = {
        {0, 1, 0, 1},       {PAGE - 1, 1, 0, 1},    {PAGE - 1, 2, 0, 2},
        {1, PAGE, 0, 2},    {1, PAGE - 1, 0, 1},    {2 * PAGE + 7, 3 * PAGE, 2, 6},
        {PAGE, PAGE, 1, 2}, {PAGE, PAGE + 1, 1, 3}, {255 * PAGE + 1, PAGE, 255, 257},
    };

    (void)state;
    for (unsigned i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
        map(IOVA, 100, 512);
        assert_int_equal(rpcit(IOVA + c[i].start, c[i].length).result, 0);
        assert_mapped(c[i].from, c[i].to, 512);
        unmap(IOVA, 512);
        assert_int_equal(rpcit(IOVA, 512 * PAGE).result, 0);
        assert_whole_window();
    }
}

static void assert_out_of_range(uint64_t start, uint64_t length)
{
    struct reply r = rpcit(start, length);

    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_OUT_OF_RANGE);
    assert_int_equal(r.address, start);
    assert_int_equal(r.notify, 1);
    set_state(ENABLED);
    assert_int_equal(fake_space[0].updates, 0);
}

static void test_row_9_start_plus_length_wraps(void **state)
{
    (void)state;
    map(IOVA, 5, 2);
    assert_out_of_range(IOVA, UINT64_MAX - IOVA + 2);
    assert_out_of_range(IOVA, UINT64_MAX);
    assert_out_of_range(UINT64_MAX, 2);
    assert_out_of_range(UINT64_MAX - PAGE + 1, PAGE + 1);
    assert_out_of_range(IOVA + 100, UINT64_MAX - 50); /* ends before its start, in the same page */
    assert_int_equal(rpcit(IOVA, UINT64_MAX - IOVA + 1).result, 0); /* ends at 2^64: no wrap */
    assert_whole_window();
}

static void test_row_10_wholly_outside_the_aperture(void **state)
{
    (void)state;
    assert_out_of_range(IOVA - 1, 1);
    assert_out_of_range(0, IOVA);
    assert_out_of_range(IOVA + WINDOW_BYTES, 1);
    assert_out_of_range(IOVA + WINDOW_BYTES, UINT64_MAX - IOVA - WINDOW_BYTES);
    assert_out_of_range(UINT64_MAX, 1);
}

/* The aperture is smaller than the window: entries beyond it are never made. */
static void test_row_11_only_the_intersection_with_the_aperture(void **state)
{
    uint64_t first = FIRST + 300, last = FIRST + 700;

    (void)state;
    assert_int_equal(vmm(TRANSLATOR_REREGISTER, IOTA, first * PAGE + 5, last * PAGE + 77).result,
                     0);
    map(IOVA, 100, 1024);
    assert_int_equal(rpcit(IOVA, 400 * PAGE).result, 0);
    for (uint64_t page = FIRST; page < FIRST + 1024; page++)
        assert_int_equal(fake_entry(0, page), page >= first && page < FIRST + 400
                                                  ? oracle(IOTA, page).entry
                                                  : FAKE_INVALID);
    assert_int_equal(rpcit(last * PAGE, SEGMENT).result, 0);
    assert_int_equal(rpcit(0, UINT64_MAX).result, 0);
    for (uint64_t page = FIRST; page < FIRST + 1024; page++)
        assert_int_equal(fake_entry(0, page),
                         page >= first && page <= last ? oracle(IOTA, page).entry : FAKE_INVALID);
    assert_invariants();
}

static void test_row_13_huge_ranges_cost_what_exists(void **state)
{
    uint64_t loads;

    (void)state;
    map(IOVA + 3 * SEGMENT, 50, 20);
    assert_int_equal(rpcit(0, UINT64_C(1) << 42).result, 0);
    assert_whole_window();
    poke(rte_at(IOVA), 0x20);
    loads = guest_loads;
    assert_int_equal(rpcit(0, UINT64_MAX).result, 0);
    assert_true(guest_loads - loads <= 2);
    assert_whole_window();
    loads = guest_loads;
    assert_int_equal(rpcit(0, UINT64_MAX).result, 0);
    assert_true(guest_loads - loads <= 2);
}

/* A 2 GiB window: empty segments are skipped 32 at a time. */
static void test_row_13_empty_segments_are_skipped_in_groups(void **state)
{
    uint64_t base = UINT64_C(0x200000000);

    (void)state;
    fixture_bare(state);
    fixture_function(1, base / PAGE, 0x70000);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    poke(rte_at(base), ST(0) | 7);
    for (unsigned i = 0; i < 2048; i++)
        poke(ST(0) + i * 8, 0x20);
    message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, IOTA, base, base + 0x6fffffff);
    poke(ST(0) + 1000 * 8, PT(0));
    poke(PT(0) + 5 * 8, 77 * PAGE);
    guest_loads = 0;
    assert_int_equal(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, base, 0x70000000, 0).result,
                     0);
    assert_int_equal(fake_entry(1, base / PAGE + 256000 + 5), 77 * PAGE);
    assert_true(guest_loads < 56 + 32 + 8 + 32 + 8);
    assert_as_walked(1, IOTA, base / PAGE, base / PAGE + 0x6ffff);
}

static void test_generation_of_the_real_function(void **state)
{
    (void)state;
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION + 1, ENABLED), CC(1, 40));
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION - 1, ENABLED), CC(1, 40));
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(0, ENABLED), CC(1, 40));
    assert_refused(EVENT_BADGE(1), HANDLE, REAL(GENERATION + (1 << 20), ENABLED), CC(1, 40));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_row_3_unknown_stale_and_foreign_handles, fixture),
        cmocka_unit_test_setup(test_row_4_function_not_enabled, fixture),
        cmocka_unit_test_setup(test_row_5_function_in_error, fixture),
        cmocka_unit_test_setup(test_row_6_no_anchor, fixture),
        cmocka_unit_test_setup(test_row_7_length_0, fixture),
        cmocka_unit_test_setup(test_row_8_unaligned_ranges_cover_every_touched_page, fixture),
        cmocka_unit_test_setup(test_row_9_start_plus_length_wraps, fixture),
        cmocka_unit_test_setup(test_row_10_wholly_outside_the_aperture, fixture),
        cmocka_unit_test_setup(test_row_11_only_the_intersection_with_the_aperture, fixture),
        cmocka_unit_test_setup(test_row_13_huge_ranges_cost_what_exists, fixture),
        cmocka_unit_test_setup(test_row_13_empty_segments_are_skipped_in_groups, fixture),
        cmocka_unit_test_setup(test_generation_of_the_real_function, fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
