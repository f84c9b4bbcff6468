/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: who may send what, the explicit requests, queries and events (protocol.h). */
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/serve.h"
#include "libs/abi/abi.h"
#include "libs/zformats/ccdf.h"
#include "tests/unit/translator/fixture.h"

static uint64_t ranges[512];

static struct reply invalidate(unsigned n)
{
    return vmm(TRANSLATOR_INVALIDATE, 0, n, 0);
}

static void put_range(unsigned i, uint64_t start, uint64_t length)
{
    ranges[2 * i] = start;
    ranges[2 * i + 1] = length;
}

static int with_ranges(void **state)
{
    fixture(state);
    serve_ranges(ranges, sizeof(ranges));
    return 0;
}

static void test_badges(void **state)
{
    (void)state;
    assert_int_equal(message(0, HANDLE, IOVA, PAGE, GENERATION * 256 + ENABLED).error, BH_E_RIGHT);
    assert_int_equal(message(0xf, TRANSLATOR_QUERY, 0, 0, 0).error, BH_E_RIGHT);
    assert_int_equal(message(VMM_BADGE(0), TRANSLATOR_QUERY, 0, 0, 0).error, BH_E_RIGHT);
    assert_int_equal(message(VMM_BADGE(2), TRANSLATOR_QUERY, 0, 0, 0).error, BH_E_RIGHT);
    assert_int_equal(message(VMM_BADGE(1), TRANSLATOR_QUERY, 0, 0, 0).error, BH_E_OK);
    assert_int_equal(message(UINT64_MAX & ~(uint64_t)0x300, 0, 0, 0, 0).error, BH_E_RIGHT);
}

static void test_labels_functions_and_items(void **state)
{
    (void)state;
    for (uint64_t label = 9; label < 256; label++)
        assert_int_equal(vmm(label, 0, 0, 0).error, BH_E_ARG);
    assert_int_equal(vmm(0, 0, 0, 0).error, BH_E_ARG);
    for (uint64_t f = 1; f < 8; f++)
        assert_int_equal(message(VMM_BADGE(15), f * 256 + TRANSLATOR_QUERY, 0, 0, 0).error,
                         BH_E_ARG);
    assert_int_equal(message(VMM_BADGE(15), UINT64_MAX, 0, 0, 0).error, BH_E_ARG);
    assert_int_equal(message(VMM_BADGE(15), UINT64_C(1) << 63, 0, 0, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, 6, 0, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, UINT64_MAX, 0, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, GUEST_FRAMES, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, UINT64_MAX, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_ENTRY, FIRST - 1, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_ENTRY, FIRST + WINDOW_PAGES, 0).error,
                     BH_E_ARG);
}

static void test_refresh_is_rpcit(void **state)
{
    (void)state;
    map(IOVA, 100, 20);
    assert_int_equal(vmm(TRANSLATOR_REFRESH, IOVA + 1, 20 * PAGE - 1, 0).result, 0);
    assert_whole_window();
    assert_int_equal(vmm(TRANSLATOR_REFRESH, 0, PAGE, 0).event, PEC_OUT_OF_RANGE);
    assert_int_equal(vmm(TRANSLATOR_REFRESH, IOVA, PAGE, 0).result, CC(1, 40));
    vmm(TRANSLATOR_STATE, HANDLE, 0, GENERATION);
    assert_int_equal(vmm(TRANSLATOR_REFRESH, IOVA, PAGE, 0).result, CC(3, 0));
}

static void test_invalidate_many_ranges_with_one_flush(void **state)
{
    (void)state;
    map(IOVA, 100, 4000);
    put_range(0, IOVA, 10 * PAGE);
    put_range(1, IOVA + 300 * PAGE + 5, 1);
    put_range(2, IOVA, 0);
    put_range(3, IOVA + 1000 * PAGE, 600 * PAGE);
    assert_int_equal(invalidate(4).result, 0);
    assert_int_equal(fake_space[0].flushes, 1);
    assert_int_equal(fake_space[0].words, 611);
    assert_int_equal(fake_entry(0, FIRST + 9), 109 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 10), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 300), 400 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 1599), 1699 * PAGE);
    for (unsigned i = 0; i < TRANSLATOR_RANGES; i++)
        put_range(i, IOVA + i * 64 * PAGE, 64 * PAGE);
    assert_int_equal(invalidate(TRANSLATOR_RANGES).result, 0);
    assert_whole_window();
    assert_int_equal(invalidate(0).result, 0);
}

/* A budget that only the unmappings of the last range make room in. */
static void test_invalidate_counts_unmappings_of_all_ranges_first(void **state)
{
    (void)state;
    budget_limit[0] = 100;
    map(IOVA + 5 * SEGMENT, 100, 100);
    put_range(0, IOVA + 5 * SEGMENT, 100 * PAGE);
    assert_int_equal(invalidate(1).result, 0);
    unmap(IOVA + 5 * SEGMENT, 100);
    map(IOVA, 300, 100);
    put_range(0, IOVA, 100 * PAGE);
    put_range(1, IOVA + 5 * SEGMENT, 100 * PAGE);
    assert_int_equal(invalidate(2).result, 0);
    assert_whole_window();
}

static void test_invalidate_checks_all_before_anything_is_done(void **state)
{
    struct reply r;

    (void)state;
    map(IOVA, 100, 4);
    put_range(0, IOVA, 4 * PAGE);
    put_range(1, 5, PAGE);
    r = invalidate(2);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_OUT_OF_RANGE);
    assert_int_equal(r.address, 5);
    assert_int_equal(fake_space[0].updates, 0);
    assert_int_equal(invalidate(1).result, CC(1, 40));
    vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    vmm(TRANSLATOR_DEREGISTER, 0, 0, 0);
    assert_int_equal(invalidate(1).event, PEC_SPACE_INVALID);
}

static void test_invalidate_stays_inside_the_shared_page(void **state)
{
    (void)state;
    map(IOVA, 100, 4);
    put_range(255, IOVA, 4 * PAGE);
    assert_int_equal(invalidate(TRANSLATOR_RANGES + 1).error, BH_E_ARG);
    assert_int_equal(invalidate(UINT32_MAX).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 8, 256, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 4088, 1, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 4096, 1, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 4, 1, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 8192, 0, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, UINT64_MAX - 7, 1, 0).error, BH_E_ARG);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 0, UINT64_C(1) << 63, 0).error, BH_E_ARG);
    assert_int_equal(fake_space[0].updates, 0);
    assert_int_equal(vmm(TRANSLATOR_INVALIDATE, 4080, 1, 0).result, 0);
    assert_whole_window();
    serve_ranges(NULL, 0);
    assert_int_equal(invalidate(1).error, BH_E_ARG);
}

static void test_event_is_kept_until_it_is_taken(void **state)
{
    struct reply r;

    (void)state;
    assert_int_equal(vmm(TRANSLATOR_EVENT, 0, 0, 0).result, 0);
    poke(pte_at(IOVA + 5 * PAGE), UINT64_C(1) << 60);
    assert_int_equal(rpcit(IOVA, 10 * PAGE).notify, 1);
    r = rpcit(IOVA, PAGE);
    assert_int_equal(r.notify, 0);
    assert_int_equal(r.event, 0);
    r = vmm(TRANSLATOR_EVENT, 0, 0, 0);
    assert_int_equal(r.result, PEC_PROTECTION);
    assert_int_equal(r.event, HANDLE);
    assert_int_equal(r.address, IOVA + 5 * PAGE);
    assert_int_equal(vmm(TRANSLATOR_EVENT, 0, 0, 0).result, 0);
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_STATE, 0, 0);
    assert_int_equal(r.result, 0xf0);
    assert_int_equal(r.event, HANDLE);
    assert_int_equal(r.address, GENERATION);
}

static void test_query_counts(void **state)
{
    struct reply r;

    (void)state;
    budget_limit[0] = 12;
    map(IOVA, 100, 10);
    rpcit(IOVA, 10 * PAGE);
    map(IOVA, 200, 2); /* other frames */
    unmap(IOVA + 2 * PAGE, 3);
    rpcit(IOVA, 10 * PAGE);
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_PAGES, 0, 0);
    assert_int_equal(r.result, 12);
    assert_int_equal(r.event, 5);
    assert_int_equal(r.address, 0);
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_BUDGET, 0, 0);
    assert_int_equal(r.result, 7);
    assert_int_equal(r.event, 12);
    assert_int_equal(r.address, 0);
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_REQUESTS, 0, 0);
    assert_int_equal(r.result, 2);
    map(IOVA + SEGMENT, 300, 7);
    rpcit(IOVA + SEGMENT, 7 * PAGE);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_PAGES, 0, 0).address, 2);
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_REQUESTS, 0, 0);
    assert_int_equal(r.result, 3);
    assert_int_equal(r.event, 0);
    assert_int_equal(r.address, 1);
    rpcit(IOVA, WINDOW_BYTES - PAGE);
    rpcit(IOVA - PAGE, WINDOW_BYTES + 2 * PAGE); /* the aperture and more */
    r = vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_REQUESTS, 0, 0);
    assert_int_equal(r.event, 1);
    assert_int_equal(r.address, 3);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_ENTRY, FIRST + 1, 0).result, 201 * PAGE);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_ENTRY, FIRST + 2, 0).result,
                     102 * PAGE | 0x400);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, 201, 0).result, 1);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, 101, 0).result, 0);
}

/* The pool: windows of whole segments, as long as there is room, one for each function. */
static void test_mirror_pool(void **state)
{
    (void)state;
    assert_false(mirror_take(0, 0, 256));
    assert_false(mirror_take(1, 0, 0));
    assert_false(mirror_take(1, 0, 255));
    assert_false(mirror_take(1, 8, 256));
    assert_false(mirror_take(1, 0, TRANSLATOR_PAGES - WINDOW_PAGES + 256));
    assert_false(mirror_take(1, 0, UINT64_MAX - 255));
    assert_true(mirror_take(1, 0, TRANSLATOR_PAGES - WINDOW_PAGES));
    assert_false(mirror_take(2, 0, 256));
}

/* Windows that begin inside a group of segments: no two functions share a slot, and slots are
 * aligned to their pages. */
static void test_mirror_pool_with_gaps(void **state)
{
    (void)state;
    assert_true(mirror_take(1, FIRST + 512, 512));
    assert_true(mirror_take(2, FIRST + 8192, 256));
    assert_true(mirror_take(3, FIRST + 256, 8192));
    for (unsigned f = 1; f < 4; f++) {
        assert_true(mirror_base[f] >= mirror_base[f - 1] + mirror_pages[f - 1]);
        assert_int_equal(mirror_base[f] % 8192, mirror_first[f] % 8192);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_badges, fixture),
        cmocka_unit_test_setup(test_labels_functions_and_items, fixture),
        cmocka_unit_test_setup(test_refresh_is_rpcit, fixture),
        cmocka_unit_test_setup(test_invalidate_many_ranges_with_one_flush, with_ranges),
        cmocka_unit_test_setup(test_invalidate_counts_unmappings_of_all_ranges_first, with_ranges),
        cmocka_unit_test_setup(test_invalidate_checks_all_before_anything_is_done, with_ranges),
        cmocka_unit_test_setup(test_invalidate_stays_inside_the_shared_page, with_ranges),
        cmocka_unit_test_setup(test_event_is_kept_until_it_is_taken, fixture),
        cmocka_unit_test_setup(test_query_counts, fixture),
        cmocka_unit_test_setup(test_mirror_pool, fixture),
        cmocka_unit_test_setup(test_mirror_pool_with_gaps, fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
