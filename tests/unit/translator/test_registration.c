/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: registration of anchors, loss of them, and changes of the function's state. The numbers are
 * those of the rows in drivers/zpci/translator/contract.md. */
#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "libs/abi/abi.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"
#include "tests/unit/translator/fixture.h"

#define LAST (IOVA + WINDOW_BYTES - 1)
#define SEQUENCE CC(1, 24)

static struct reply add(uint64_t iota, uint64_t pba, uint64_t pal)
{
    return vmm(TRANSLATOR_REGISTER, iota, pba, pal);
}

static struct reply replace(uint64_t iota, uint64_t pba, uint64_t pal)
{
    return vmm(TRANSLATOR_REREGISTER, iota, pba, pal);
}

static struct reply set_state(uint64_t controls, uint64_t generation)
{
    return vmm(TRANSLATOR_STATE, HANDLE, controls, generation);
}

static uint64_t controls(void)
{
    return vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_STATE, 0, 0).result;
}

static void assert_nothing_mapped(void)
{
    for (uint64_t page = FIRST; page < FIRST + WINDOW_PAGES; page++)
        assert_int_equal(fake_entry(0, page), FAKE_INVALID);
    assert_int_equal(budget_live[0], 0);
    assert_int_equal(fake_stale(0), 0);
    assert_invariants();
}

/* Neither plainly an RTTO anchor nor inside the window: operand exception, nothing changes. */
static void check_operand(struct reply (*reg)(uint64_t, uint64_t, uint64_t))
{
    static const uint64_t iotas[] = {RT,         RT | 0x800,          RT | 0x4,   RT | 0x808,
                                     RT | 0x80c, RT | 0x814,          RT | 0x81c, RT | 0x1804,
                                     RT | 0x805, RT | 0x804 | 0x1000, RT | 0x824, 0};

    for (unsigned i = 0; i < sizeof(iotas) / sizeof(iotas[0]); i++)
        assert_int_equal(reg(iotas[i], IOVA, LAST).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, IOVA - 1, LAST).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, 0, LAST).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, IOVA, LAST + 1).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, IOVA, UINT64_MAX).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, IOVA + PAGE, IOVA).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, LAST + 1, LAST + 1).result, TRANSLATOR_OPERAND);
    assert_int_equal(reg(IOTA, LAST + 1, IOVA).result, TRANSLATOR_OPERAND);
}

static void test_row_6_identity_cannot_be_registered(void **state)
{
    (void)state;
    set_state(ENABLED, GENERATION);
    assert_int_equal(add(0, IOVA, LAST).result, TRANSLATOR_OPERAND);
    check_operand(add);
    assert_int_equal(controls(), ENABLED);
}

static void test_low_bits_of_both_ends_do_not_count(void **state)
{
    (void)state;
    set_state(ENABLED, GENERATION);
    assert_int_equal(add(IOTA, IOVA + 0xfff, LAST - 0xfff).result, 0);
    map(IOVA, 5, 1);
    poke(pte_at(LAST), 6 * PAGE);
    assert_int_equal(rpcit(0, UINT64_MAX).result, 0);
    assert_whole_window();
    assert_int_equal(fake_entry(0, LAST / PAGE), 6 * PAGE);
}

/* A window that reaches beyond what a region-third table translates: addresses would alias. */
static void test_row_12_addresses_from_4_tib_on(void **state)
{
    uint64_t limit = UINT64_C(1) << 42;

    (void)state;
    fixture_function(1, limit / PAGE - 256, 512);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    assert_int_equal(
        message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, IOTA, limit - PAGE, limit).result,
        TRANSLATOR_OPERAND);
    assert_int_equal(
        message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, IOTA, limit - PAGE, limit - 1).result, 0);
}

static void test_row_34_register_twice_deregister_none(void **state)
{
    (void)state;
    assert_int_equal(add(IOTA, IOVA, LAST).result, CC(3, 0)); /* not enabled */
    assert_int_equal(replace(IOTA, IOVA, LAST).result, CC(3, 0));
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, CC(3, 0));
    set_state(ENABLED, GENERATION);
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, SEQUENCE);
    assert_int_equal(replace(IOTA, IOVA, LAST).result, SEQUENCE);
    assert_int_equal(add(IOTA, IOVA, LAST).result, 0);
    assert_int_equal(controls(), ENABLED | FIB_FC_IOAT);
    assert_int_equal(add(IOTA, IOVA, LAST).result, SEQUENCE);
    assert_int_equal(add(0, 0, 0).result, SEQUENCE);
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, SEQUENCE);
    assert_int_equal(controls(), ENABLED);
}

static void test_row_35_refused_re_registration_keeps_the_old_one(void **state)
{
    uint64_t words;

    (void)state;
    map(IOVA, 100, 300);
    assert_int_equal(rpcit(IOVA, 300 * PAGE).result, 0);
    words = fake_space[0].words;
    check_operand(replace);
    assert_int_equal(fake_space[0].words, words);
    assert_int_equal(rpcit(IOVA, 300 * PAGE).result, 0);
    assert_whole_window();
}

static void test_row_35_re_registration_tears_down_with_one_flush(void **state)
{
    (void)state;
    map(IOVA, 100, 300);
    assert_int_equal(rpcit(IOVA, 300 * PAGE).result, 0);
    poke(ST(3) + 2 * 8, PT(700));
    for (unsigned i = 0; i < 256; i++)
        poke(PT(700) + i * 8, 0x400);
    for (unsigned i = 0; i < 2048; i++)
        poke(ST(3) + i * 8, i == 2 ? PT(700) : 0x20);
    poke(RT + 0x8000, 0x20);
    fake_space[0].flushes = 0;
    poke(rte_at(IOVA), ST(3) | 7);
    assert_int_equal(replace(IOTA, IOVA, LAST).result, 0);
    assert_int_equal(fake_space[0].flushes, 1);
    assert_nothing_mapped();
    assert_whole_window();
}

/* Linux registers its filled tables again after a reset and issues no RPCIT for them. */
static void test_row_35_registered_tables_are_mapped_at_once(void **state)
{
    (void)state;
    map(IOVA, 100, 300);
    map(IOVA + 30 * SEGMENT, 500, 7);
    poke(pte_at(IOVA + 3 * PAGE), UINT64_C(0x1000000000)); /* no error before the guest asks */
    set_state(ENABLED, GENERATION);
    assert_int_equal(add(IOTA, IOVA, LAST).result, 0);
    assert_whole_window();
    assert_int_equal(controls(), ENABLED | FIB_FC_IOAT);
    assert_int_equal(rpcit(IOVA + 3 * PAGE, PAGE).result, CC(1, 8));
}

/* Before the VMM registers the I/O space, the kernel has nobody to tell of what it owes. */
static void test_row_35_registration_flushes_what_nobody_heard(void **state)
{
    (void)state;
    map(IOVA, 100, 300);
    set_state(ENABLED, GENERATION);
    fake_space[0].unknown = true;
    assert_int_equal(add(IOTA, IOVA, LAST).result, 0);
    assert_int_equal(fake_stale(0), 300);
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    unmap(IOVA, 300);
    fake_space[0].unknown = false;
    assert_int_equal(add(IOTA, IOVA, LAST).result, 0);
    assert_nothing_mapped();
}

static void test_row_36_deregistration_with_live_mappings(void **state)
{
    (void)state;
    map(IOVA, 100, 300);
    map(IOVA + 30 * SEGMENT, 500, 7);
    assert_int_equal(rpcit(IOVA, WINDOW_BYTES).result, 0);
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    assert_nothing_mapped();
}

static void test_row_36_deregistration_waits_for_the_hardware(void **state)
{
    (void)state;
    map(IOVA, 100, 3);
    assert_int_equal(rpcit(IOVA, 3 * PAGE).result, 0);
    fake_space[0].fail_flush = BH_E_AGAIN;
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, CC(2, 0));
    assert_int_equal(controls(), ENABLED | FIB_FC_IOAT);
    assert_int_equal(replace(IOTA, IOVA, LAST).result, CC(2, 0));
    fake_space[0].fail_flush = 0;
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    assert_nothing_mapped();
}

static void test_row_37_disabled_or_reset_loses_the_anchor(void **state)
{
    static const struct {
        uint64_t controls, generation;
    } c[] = {{0, GENERATION}, {ENABLED, GENERATION + 1}, {0, GENERATION + 1}};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        fixture(state);
        map(IOVA, 100, 300);
        assert_int_equal(rpcit(IOVA, 300 * PAGE).result, 0);
        assert_int_equal(set_state(c[i].controls, c[i].generation).result, 0);
        assert_int_equal(controls(), c[i].controls);
        assert_nothing_mapped();
    }
}

static void test_row_37_error_and_recovery_keep_the_anchor(void **state)
{
    (void)state;
    map(IOVA, 100, 3);
    assert_int_equal(rpcit(IOVA, 3 * PAGE).result, 0);
    set_state(ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED | FIB_FC_IOAT | 0xf, GENERATION);
    assert_int_equal(controls(), ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED | FIB_FC_IOAT);
    set_state(ENABLED, GENERATION);
    assert_int_equal(rpcit(IOVA, 3 * PAGE).result, 0);
    assert_whole_window();
}

/* The kernel refuses what it never refuses: nothing is believed any more until all is cleared. */
static void check_broken(uint64_t error)
{
    struct reply r;

    map(IOVA, 100, 300);
    assert_int_equal(rpcit(IOVA, 10 * PAGE).result, 0);
    fake_space[0].fail_update = error;
    r = rpcit(IOVA, 300 * PAGE);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_SYSTEM);
    set_state(ENABLED, GENERATION);
    assert_int_equal(rpcit(IOVA, PAGE).result, CC(1, 40));
    assert_int_equal(vmm(TRANSLATOR_REFRESH, IOVA, PAGE, 0).result, CC(1, 40));
    assert_int_equal(replace(IOTA, IOVA, LAST).result, 0);
    assert_int_equal(fake_space[0].clears, 1);
    assert_int_equal(rpcit(IOVA, 300 * PAGE).result, 0);
    assert_whole_window();
}

static void test_row_44_mirror_and_kernel_may_differ(void **state)
{
    (void)state;
    check_broken(BH_E_RIGHT);
    fixture(state);
    check_broken(BH_E_RANGE);
}

static void test_row_44_clearing_fails_closed(void **state)
{
    struct reply r;

    (void)state;
    map(IOVA, 100, 300);
    fake_space[0].fail_update = BH_E_STATE;
    assert_int_equal(rpcit(IOVA, 300 * PAGE).result, CC(1, 8));
    fake_space[0].fail_flush = BH_E_PCI;
    r = vmm(TRANSLATOR_DEREGISTER, 0, 0, 0);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, PEC_SYSTEM);
    assert_int_equal(batch_broken[0], 1);
    fake_space[0].fail_flush = 0;
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    assert_nothing_mapped();
}

/* While an anchor's tables are loaded. */
static void test_row_44_broken_during_registration(void **state)
{
    (void)state;
    map(IOVA, 100, 300);
    set_state(ENABLED, GENERATION);
    fake_space[0].fail_update = BH_E_CAP;
    assert_int_equal(add(IOTA, IOVA, LAST).result, CC(1, 8));
    assert_int_equal(vmm(TRANSLATOR_DEREGISTER, 0, 0, 0).result, 0);
    assert_nothing_mapped();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_row_6_identity_cannot_be_registered, fixture_bare),
        cmocka_unit_test_setup(test_low_bits_of_both_ends_do_not_count, fixture_bare),
        cmocka_unit_test_setup(test_row_12_addresses_from_4_tib_on, fixture_bare),
        cmocka_unit_test_setup(test_row_34_register_twice_deregister_none, fixture_bare),
        cmocka_unit_test_setup(test_row_35_refused_re_registration_keeps_the_old_one, fixture),
        cmocka_unit_test_setup(test_row_35_re_registration_tears_down_with_one_flush, fixture),
        cmocka_unit_test_setup(test_row_35_registered_tables_are_mapped_at_once, fixture_bare),
        cmocka_unit_test_setup(test_row_35_registration_flushes_what_nobody_heard, fixture_bare),
        cmocka_unit_test_setup(test_row_36_deregistration_with_live_mappings, fixture),
        cmocka_unit_test_setup(test_row_36_deregistration_waits_for_the_hardware, fixture),
        cmocka_unit_test_setup(test_row_37_disabled_or_reset_loses_the_anchor, fixture),
        cmocka_unit_test_setup(test_row_37_error_and_recovery_keep_the_anchor, fixture),
        cmocka_unit_test_setup(test_row_44_mirror_and_kernel_may_differ, fixture),
        cmocka_unit_test_setup(test_row_44_clearing_fails_closed, fixture),
        cmocka_unit_test_setup(test_row_44_broken_during_registration, fixture_bare),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
