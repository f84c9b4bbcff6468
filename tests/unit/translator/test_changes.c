/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what changes, what is flushed, and what the budget allows. The numbers are those of the
 * rows in drivers/zpci/translator/contract.md. */
#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "libs/abi/abi.h"
#include "libs/zformats/ccdf.h"
#include "tests/unit/translator/fixture.h"

static struct fake_space *const space = &fake_space[0];

static void assert_ok(struct reply r)
{
    assert_int_equal(r.error, 0);
    assert_int_equal(r.result, 0);
    assert_int_equal(r.notify, 0);
}

static struct reply global(void)
{
    return rpcit(IOVA, WINDOW_BYTES);
}

static uint64_t frame_count(uint64_t frame)
{
    return vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, frame, 0).result;
}

/* Since the last call: words stored and flushes made. */
static void assert_work(uint64_t words, uint64_t flushes)
{
    assert_int_equal(space->words, words);
    assert_int_equal(space->flushes, flushes);
    space->words = 0;
    space->flushes = 0;
}

static void start(unsigned pages)
{
    map(IOVA, 100, pages);
    assert_ok(rpcit(IOVA, pages * PAGE));
    assert_work(pages, 1);
    assert_whole_window();
}

static void test_row_22_nothing_changed_is_no_operation(void **state)
{
    (void)state;
    start(300);
    for (unsigned i = 0; i < 3; i++) {
        assert_ok(rpcit(IOVA, PAGE));
        assert_ok(rpcit(IOVA + 5 * PAGE, 100 * PAGE));
        assert_ok(global());
    }
    assert_work(0, 0);
    assert_int_equal(frame_count(100), 1);
    poke(pte_at(IOVA), peek(pte_at(IOVA)) | 0x9ff); /* bits that mean nothing */
    assert_ok(rpcit(IOVA, PAGE));
    assert_work(0, 0);
    unmap(IOVA, 2);
    assert_ok(rpcit(IOVA, 2 * PAGE));
    assert_work(2, 1);
    poke(pte_at(IOVA), 0x777000 | 0x400); /* another stale address in an invalid entry */
    assert_ok(rpcit(IOVA, PAGE));
    assert_ok(global());
    assert_work(0, 0);
    assert_whole_window();
}

static void test_row_23_other_frame_in_one_store_then_flush(void **state)
{
    (void)state;
    start(10);
    poke(pte_at(IOVA + 3 * PAGE), 999 * PAGE);
    assert_ok(rpcit(IOVA + 3 * PAGE, PAGE));
    assert_work(1, 1);
    assert_int_equal(fake_entry(0, FIRST + 3), 999 * PAGE);
    assert_int_equal(frame_count(103), 0);
    assert_int_equal(frame_count(999), 1);
    map(IOVA, 200, 10);
    assert_ok(rpcit(IOVA, 10 * PAGE));
    assert_work(10, 1);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_BUDGET, 0, 0).result, 10);
    assert_whole_window();
}

/* A budget that remapping used up would be gone after so many. */
static void test_row_23_remapping_costs_no_budget(void **state)
{
    (void)state;
    budget_limit[0] = 4;
    start(4);
    for (unsigned i = 0; i < 1000; i++) {
        poke(pte_at(IOVA + i % 4 * PAGE), (200 + i) * PAGE);
        assert_ok(rpcit(IOVA + i % 4 * PAGE, PAGE));
    }
    assert_whole_window();
}

static void test_row_24_protection_changes_with_flush(void **state)
{
    (void)state;
    start(40);
    for (unsigned i = 0; i < 40; i++)
        poke(pte_at(IOVA + i * PAGE), peek(pte_at(IOVA + i * PAGE)) | 0x200);
    assert_ok(rpcit(IOVA, 40 * PAGE));
    assert_work(40, 1);
    assert_int_equal(fake_entry(0, FIRST + 7), 107 * PAGE | 0x200);
    poke(pte_at(IOVA), 100 * PAGE);
    assert_ok(rpcit(IOVA, PAGE));
    assert_work(1, 1);
    assert_whole_window();
}

/* New entries alone need no hardware RPCIT where the real group does not ask for it. */
static void test_row_26_flush_only_what_the_hardware_needs(void **state)
{
    (void)state;
    space->refresh = false;
    batch_refresh[0] = 0;
    map(IOVA, 100, 10);
    assert_ok(rpcit(IOVA, 10 * PAGE));
    assert_work(10, 0);
    unmap(IOVA, 1);
    assert_ok(rpcit(IOVA, 10 * PAGE));
    assert_work(1, 1);
    poke(pte_at(IOVA + PAGE), 200 * PAGE);
    assert_ok(rpcit(IOVA, 10 * PAGE));
    assert_work(1, 1);
    assert_whole_window();
}

/* Before the reply, not after it: nothing is stale when it comes (assert_whole_window). */
static void test_row_26_clear_then_flush_then_reply(void **state)
{
    (void)state;
    start(600);
    unmap(IOVA + 100 * PAGE, 400);
    assert_ok(rpcit(IOVA + 50 * PAGE, 500 * PAGE));
    assert_work(400, 1);
    assert_whole_window();
}

static void test_row_26_far_changes_are_flushed_apart(void **state)
{
    (void)state;
    map(IOVA, 100, 1);
    map(IOVA + 9000 * PAGE, 101, 1);
    map(IOVA + 16000 * PAGE, 102, 1);
    assert_ok(global());
    assert_int_equal(space->flushed_pages, 3);
    assert_whole_window();
}

static void test_row_27_failure_in_the_middle_flushes_what_was_cleared(void **state)
{
    struct reply r;

    (void)state;
    start(300);
    unmap(IOVA, 50);
    poke(pte_at(IOVA + 60 * PAGE), (uint64_t)GUEST_SIZE);
    poke(ste_at(IOVA + SEGMENT), 0);
    r = global();
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(fake_entry(0, FIRST), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 60), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 61), 161 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 256), FAKE_INVALID);
    assert_whole_window();
}

static void test_row_28_budget_used_up(void **state)
{
    (void)state;
    budget_limit[0] = 10;
    map(IOVA, 100, 12);
    assert_int_equal(rpcit(IOVA, 12 * PAGE).result, CC(1, 16));
    assert_int_equal(fake_entry(0, FIRST + 9), 109 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 10), FAKE_INVALID);
    assert_int_equal(rpcit(IOVA + 11 * PAGE, PAGE).result, CC(1, 16));
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_PAGES, 0, 0).address, 3);
    assert_int_equal(fake_stale(0), 0);
    assert_invariants();
    unmap(IOVA, 2);
    assert_ok(global()); /* its unmappings make room: everything is mapped */
    assert_whole_window();
}

/* The unmappings lie behind the mappings, in other tables, and free exactly enough. */
static void test_row_28_unmappings_of_the_whole_request_count_first(void **state)
{
    (void)state;
    budget_limit[0] = 500;
    map(IOVA + 20 * SEGMENT, 100, 500);
    assert_ok(global());
    unmap(IOVA + 20 * SEGMENT, 500);
    map(IOVA, 700, 400);
    map(IOVA + 21 * SEGMENT + 255 * PAGE, 1500, 100);
    assert_ok(global());
    assert_whole_window();
    assert_int_equal(budget_live[0], 500);
    unmap(IOVA, 400);
    map(IOVA + 5 * SEGMENT, 700, 401);
    assert_int_equal(global().result, CC(1, 16));
    assert_int_equal(budget_live[0], 500);
    assert_int_equal(fake_entry(0, FIRST), FAKE_INVALID);
    assert_invariants();
}

static void test_row_29_exhaustion_persists_on_global(void **state)
{
    (void)state;
    budget_limit[0] = 10;
    map(IOVA, 100, 11);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(global().result, CC(1, 16));
    assert_int_equal(budget_live[0], 10);
    unmap(IOVA + 3 * PAGE, 1);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_30_invalidated_without_request_stays_and_counts(void **state)
{
    (void)state;
    budget_limit[0] = 5;
    start(5);
    unmap(IOVA, 5);
    map(IOVA + SEGMENT, 300, 1);
    assert_int_equal(rpcit(IOVA + SEGMENT, PAGE).result, CC(1, 16));
    assert_int_equal(fake_entry(0, FIRST), 100 * PAGE);
    assert_int_equal(frame_count(100), 1);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_31_validated_without_request_is_not_mapped(void **state)
{
    (void)state;
    start(5);
    map(IOVA + 5 * PAGE, 105, 1);
    assert_ok(rpcit(IOVA, 5 * PAGE));
    assert_ok(rpcit(IOVA + 6 * PAGE, PAGE));
    assert_int_equal(fake_entry(0, FIRST + 5), FAKE_INVALID);
    assert_work(0, 0);
}

/* Same tables, two functions: each has a mirror of its own and is told by its own request. */
static void test_row_38_two_functions_share_one_table(void **state)
{
    uint64_t badge = VMM_BADGE(3);

    (void)state;
    fixture_function(1, FIRST, WINDOW_PAGES);
    message(badge, 256 + TRANSLATOR_STATE, HANDLE + 1, ENABLED, 1);
    message(badge, 256 + TRANSLATOR_REGISTER, IOTA, IOVA, IOVA + WINDOW_BYTES - 1);
    map(IOVA, 100, 4);
    assert_ok(rpcit(IOVA, 4 * PAGE));
    assert_int_equal(fake_entry(1, FIRST), FAKE_INVALID);
    assert_ok(message(EVENT_BADGE(3), HANDLE + 1, IOVA, 4 * PAGE, 256 + ENABLED));
    assert_int_equal(frame_count(101), 2);
    unmap(IOVA, 4);
    assert_ok(rpcit(IOVA, 4 * PAGE));
    assert_int_equal(fake_entry(1, FIRST + 1), 101 * PAGE);
    assert_int_equal(frame_count(101), 1);
    assert_ok(message(EVENT_BADGE(3), HANDLE + 1, IOVA, 4 * PAGE, 256 + ENABLED));
    assert_as_walked(0, IOTA, FIRST, FIRST + WINDOW_PAGES - 1);
    assert_as_walked(1, IOTA, FIRST, FIRST + WINDOW_PAGES - 1);
}

static void test_row_39_one_frame_at_several_addresses(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 300; i++)
        poke(pte_at(IOVA + i * PAGE), 77 * PAGE);
    assert_ok(global());
    assert_int_equal(frame_count(77), 300);
    unmap(IOVA, 299);
    assert_ok(global());
    assert_int_equal(frame_count(77), 1);
    assert_whole_window();
}

/* The kernel's window is smaller or weaker than the guest's memory: its word is final. */
static void test_row_41_limited_by_the_rights_of_the_window(void **state)
{
    struct reply r;

    (void)state;
    space->read_only = true;
    for (unsigned i = 0; i < 8; i++)
        poke(pte_at(IOVA + i * PAGE), (100 + i) * PAGE | (i == 5 ? 0 : 0x200));
    r = rpcit(IOVA, 8 * PAGE);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_PROTECTION);
    assert_int_equal(r.address, IOVA + 5 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 4), 104 * PAGE | 0x200);
    assert_int_equal(fake_entry(0, FIRST + 5), FAKE_INVALID);
    assert_int_equal(frame_count(104), 1);
    assert_int_equal(frame_count(105), 0);
    assert_int_equal(fake_stale(0), 0);
    assert_invariants();
}

/* An entry was valid and its new word is refused: it is invalid afterwards, never the old one. */
static void test_row_41_refused_word_takes_the_old_one_away(void **state)
{
    (void)state;
    start(8);
    space->refuse_page = FIRST + 3;
    map(IOVA, 200, 8);
    assert_int_equal(rpcit(IOVA, 8 * PAGE).result, CC(1, 8));
    assert_int_equal(fake_entry(0, FIRST + 2), 202 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 3), FAKE_INVALID);
    assert_int_equal(fake_stale(0), 0);
    assert_invariants();
    space->refuse_page = 0;
    vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_42_hardware_refuses_the_flush(void **state)
{
    struct reply r;

    (void)state;
    start(4);
    unmap(IOVA, 1);
    space->fail_flush = BH_E_PCI;
    r = rpcit(IOVA, PAGE);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_SYSTEM);
    assert_int_equal(r.notify, 1);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_BUDGET, 0, 0).address, 1); /* owed */
    vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    space->fail_flush = 0;
    assert_ok(rpcit(IOVA + 2 * PAGE, PAGE)); /* nothing changed, and yet it is flushed */
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_BUDGET, 0, 0).address, 0);
    assert_whole_window();
}

static void test_row_42_function_gone_and_hardware_busy(void **state)
{
    (void)state;
    start(4);
    unmap(IOVA, 1);
    space->fail_flush = BH_E_GONE;
    assert_int_equal(rpcit(IOVA, PAGE).result, CC(3, 0));
    space->fail_flush = BH_E_AGAIN;
    assert_int_equal(rpcit(IOVA, PAGE).result, CC(2, 0));
    assert_int_equal(fake_stale(0), 1);
    space->fail_flush = 0;
    space->busy = 100;
    assert_ok(rpcit(IOVA, PAGE));
    assert_whole_window();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_row_22_nothing_changed_is_no_operation, fixture),
        cmocka_unit_test_setup(test_row_23_other_frame_in_one_store_then_flush, fixture),
        cmocka_unit_test_setup(test_row_23_remapping_costs_no_budget, fixture),
        cmocka_unit_test_setup(test_row_24_protection_changes_with_flush, fixture),
        cmocka_unit_test_setup(test_row_26_flush_only_what_the_hardware_needs, fixture),
        cmocka_unit_test_setup(test_row_26_clear_then_flush_then_reply, fixture),
        cmocka_unit_test_setup(test_row_26_far_changes_are_flushed_apart, fixture),
        cmocka_unit_test_setup(test_row_27_failure_in_the_middle_flushes_what_was_cleared, fixture),
        cmocka_unit_test_setup(test_row_28_budget_used_up, fixture),
        cmocka_unit_test_setup(test_row_28_unmappings_of_the_whole_request_count_first, fixture),
        cmocka_unit_test_setup(test_row_29_exhaustion_persists_on_global, fixture),
        cmocka_unit_test_setup(test_row_30_invalidated_without_request_stays_and_counts, fixture),
        cmocka_unit_test_setup(test_row_31_validated_without_request_is_not_mapped, fixture),
        cmocka_unit_test_setup(test_row_38_two_functions_share_one_table, fixture),
        cmocka_unit_test_setup(test_row_39_one_frame_at_several_addresses, fixture),
        cmocka_unit_test_setup(test_row_41_limited_by_the_rights_of_the_window, fixture),
        cmocka_unit_test_setup(test_row_41_refused_word_takes_the_old_one_away, fixture),
        cmocka_unit_test_setup(test_row_42_hardware_refuses_the_flush, fixture),
        cmocka_unit_test_setup(test_row_42_function_gone_and_hardware_busy, fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
