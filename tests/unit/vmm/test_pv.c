/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the virtual CPU on the real one (measured fact 5: SAC between primary and secondary runs
 * without an exit). */
#include "tests/unit/vmm/fixture.h"
#include "vmm/interrupt.h"
#include "vmm/purge.h"
#include "vmm/pv/pv.h"
#include "vmm/pv/shadow.h"

#define REAL (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM | PSW_64)

static int start(void **state)
{
    fixture_start(state);
    fixture_dat_on();
    return 0;
}

static void use_space(uint64_t as)
{
    cpu.psw_mask = (cpu.psw_mask & ~PSW_AS_MASK) | as;
}

static void kernel_of_the_guest_in_home_space(void **state)
{
    (void)state;
    cpu.psw_address = 0x123456;
    cpu.psw_mask |= psw_cc(3) | UINT64_C(0x0000050000000000);
    pv_enter(&cpu);
    assert_int_equal(page.primary, shadow_find(cpu.cr[13]));
    assert_int_equal(page.secondary, shadow_find(cpu.cr[7]));
    assert_true(page.psw_mask == (PSW_64 | psw_cc(3) | UINT64_C(0x0000050000000000)));
    assert_int_equal(page.psw_address, 0x123456);
    assert_int_equal(page.problem, 0);
    assert_int_equal(page.key, 8);
}

static void user_of_the_guest_in_primary_space(void **state)
{
    (void)state;
    use_space(PSW_AS_PRIMARY);
    cpu.psw_mask |= PSW_PROBLEM;
    pv_enter(&cpu);
    assert_int_equal(page.primary, shadow_find(cpu.cr[1]));
    assert_int_equal(page.secondary, shadow_find(cpu.cr[7]));
    assert_true(page.psw_mask == PSW_64);
    assert_int_equal(page.problem, 1);
    assert_int_equal(page.key, 0);
}

static void secondary_space(void **state)
{
    (void)state;
    use_space(PSW_AS_SECONDARY);
    pv_enter(&cpu);
    assert_int_equal(page.primary, shadow_find(cpu.cr[1]));
    assert_true(page.psw_mask == (PSW_64 | PSW_AS_SECONDARY));
}

static void access_register_mode_never_gets_to_the_machine(void **state)
{
    (void)state;
    use_space(PSW_AS_ACCESS_REGISTER);
    pv_enter(&cpu);
    assert_int_equal(page.served, BH_SERVED_MASKS); /* MVCOS has an exception */
    assert_true((page.psw_mask & PSW_AS_MASK) == 0);
    assert_int_equal(page.primary, shadow_find(cpu.cr[1]));
}

static void dat_off_is_a_space_of_its_own(void **state)
{
    (void)state;
    cpu.psw_mask = PSW_64 | PSW_AS_SECONDARY;
    pv_enter(&cpu);
    assert_int_equal(page.primary, shadow_find(SHADOW_REAL));
    assert_int_equal(page.secondary, BH_SPACE_NONE);
    assert_true(page.psw_mask == PSW_64);
}

static void no_secondary_space_without_its_control(void **state)
{
    (void)state;
    cpu.cr[0] &= ~CR0_SECONDARY_SPACE;
    pv_enter(&cpu);
    assert_int_equal(page.secondary, BH_SPACE_NONE);
}

static void virtual_masks_stay_virtual(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_IO | PSW_EXTERNAL | PSW_WAIT | psw_key(4);
    cpu.cr[0] = UINT64_MAX;
    cpu.cr[8] = UINT64_MAX;
    pv_enter(&cpu);
    assert_true(page.psw_mask == PSW_64);
    assert_true(page.cr0 == BH_VCPU_CR0_MASK);
    assert_int_equal(page.monitor, 0xffff);
}

static void per_is_passed_through(void **state)
{
    (void)state;
    cpu.cr[9] = 9;
    cpu.cr[10] = 10;
    cpu.cr[11] = 11;
    cpu.psw_mask |= PSW_PER;
    pv_enter(&cpu);
    assert_true((page.psw_mask & PSW_PER) != 0);
    assert_int_equal(page.per[0], 9);
    assert_int_equal(page.per[1], 10);
    assert_int_equal(page.per[2], 11);
}

static void leaving_takes_what_ran_natively(void **state)
{
    uint64_t mask = cpu.psw_mask | PSW_IO | psw_key(4);

    (void)state;
    cpu.psw_mask = mask;
    page.psw_mask = (REAL & ~PSW_EA) | psw_key(8) | psw_cc(2) | UINT64_C(0x0000010000000000);
    page.psw_address = 0x777;
    page.mask = mask >> 56;
    pv_leave(&cpu);
    assert_true(cpu.psw_mask == ((mask & ~PSW_EA) | psw_cc(2) | UINT64_C(0x0000010000000000)));
    assert_int_equal(cpu.psw_address, 0x777);
}

static void address_space_after(uint64_t virtual, uint64_t real, uint64_t expected)
{
    use_space(virtual);
    pv_give_mask(&cpu, NOW);
    page.psw_mask = REAL | real;
    pv_leave(&cpu);
    assert_true((cpu.psw_mask & PSW_AS_MASK) == expected);
}

static void space_switches_without_an_exit(void **state)
{
    (void)state;
    address_space_after(PSW_AS_HOME, PSW_AS_PRIMARY, PSW_AS_HOME);
    address_space_after(PSW_AS_HOME, PSW_AS_SECONDARY, PSW_AS_SECONDARY);
    address_space_after(PSW_AS_SECONDARY, PSW_AS_PRIMARY, PSW_AS_PRIMARY);
    address_space_after(PSW_AS_SECONDARY, PSW_AS_SECONDARY, PSW_AS_SECONDARY);
    address_space_after(PSW_AS_PRIMARY, PSW_AS_PRIMARY, PSW_AS_PRIMARY);
    address_space_after(PSW_AS_PRIMARY, PSW_AS_SECONDARY, PSW_AS_SECONDARY);
    cpu.psw_mask &= ~PSW_DAT;
    address_space_after(PSW_AS_PRIMARY, PSW_AS_SECONDARY, PSW_AS_PRIMARY);
}

static void enters_with(uint64_t mask)
{
    cpu.psw_mask = (cpu.psw_mask & ~PSW_SYSTEM_MASK) | mask;
    pv_enter(&cpu);
    assert_int_equal(page.mask, mask >> 56);
}

/* The kernel may change two bits of the mask, and the space in use depends on a third one. */
static void the_whole_system_mask_goes_there_and_back(void **state)
{
    static const uint64_t masks[] = {PSW_DAT, PSW_DAT | PSW_IO | PSW_EXTERNAL, PSW_EXTERNAL,
                                     PSW_DAT | PSW_PER | PSW_IO, 0};
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        uint64_t rest = cpu.psw_mask & ~PSW_SYSTEM_MASK;

        enters_with(masks[i]);
        cpu.psw_mask &= ~PSW_SYSTEM_MASK;
        page.psw_mask |= REAL;
        pv_leave(&cpu);
        assert_true(cpu.psw_mask == (masks[i] | rest));
    }
}

static void masks_that_the_kernel_changed(void **state)
{
    uint64_t rest = cpu.psw_mask & ~PSW_SYSTEM_MASK;

    (void)state;
    enters_with(PSW_DAT | PSW_EXTERNAL);
    page.mask = BH_MASK_DAT | BH_MASK_IO;
    pv_take_mask(&cpu);
    assert_true(cpu.psw_mask == (PSW_DAT | PSW_IO | rest));
    page.mask = BH_MASK_DAT | BH_MASK_EXTERNAL;
    page.psw_mask |= REAL;
    pv_leave(&cpu);
    assert_true(cpu.psw_mask == (PSW_DAT | PSW_EXTERNAL | rest));
}

/* DAT and PER would take more than another bit in the state page. */
static void the_kernel_serves_masks_and_moves(void **state)
{
    (void)state;
    page.executed = 7;
    pv_enter(&cpu);
    assert_int_equal(page.served, BH_MASK_EXTERNAL | BH_MASK_IO | BH_SERVED_MOVE);
    assert_int_equal(page.pending, 0);
    assert_int_equal(page.executed, 7);
}

static void what_waits_is_not_switched_on_without_an_exit(void **state)
{
    (void)state;
    cpu.cr[0] |= 0xa00;
    cpu.cr[6] = 0xff000000;
    interrupt_service_signal(4);
    pv_enter(&cpu);
    assert_int_equal(page.pending, BH_MASK_EXTERNAL);
    interrupt_adapter(2);
    pv_enter(&cpu);
    assert_int_equal(page.pending, BH_MASK_EXTERNAL | BH_MASK_IO);
    cpu.cr[6] = 0;
    cpu.cr[0] = CR0_SECONDARY_SPACE;
    pv_enter(&cpu);
    assert_int_equal(page.pending, 0);
    cpu.cr[0] |= 0x800;
    cpu.clock_comparator = NOW - 1;
    pv_enter(&cpu);
    assert_int_equal(page.pending, BH_MASK_EXTERNAL);
}

static void new_control_registers_take_effect(void **state)
{
    (void)state;
    pv_enter(&cpu);
    cpu.cr[13] = fixture_space();
    cpu.cr[7] = cpu.cr[1];
    pv_enter(&cpu);
    assert_int_equal(page.primary, shadow_find(cpu.cr[13]));
    assert_int_equal(page.secondary, shadow_find(cpu.cr[1]));
}

static void purges_take_effect(void **state)
{
    uint32_t resets;

    (void)state;
    pv_enter(&cpu);
    resets = kernel_resets;
    pv_enter(&cpu);
    assert_int_equal(kernel_resets, resets); /* nothing to do */
    purge_all();
    pv_enter(&cpu);
    assert_int_equal(kernel_resets, resets + 2);
}

static void spaces_in_use_are_not_given_up(void **state)
{
    uint32_t i;

    (void)state;
    for (i = 0; i < 3 * BH_VCPU_SPACES; i++) {
        cpu.cr[7] = UINT64_C(0x10000000) + i * 0x4000u;
        pv_enter(&cpu);
        assert_int_not_equal(page.primary, page.secondary);
    }
    assert_int_equal(kernel_resets, 1 + 3 * BH_VCPU_SPACES);
    assert_int_equal(page.primary, shadow_find(cpu.cr[13]));
    assert_int_equal(page.secondary, shadow_find(cpu.cr[7]));
    assert_int_equal(kernel_resets, 1 + 3 * BH_VCPU_SPACES);
}

static void entry_for_nothing(void **state)
{
    (void)state;
    page.gr[3] = 33;
    pv_enter_nothing(&cpu);
    assert_int_equal(page.primary, BH_SPACE_NONE);
    assert_int_equal(page.secondary, BH_SPACE_NONE);
    assert_int_equal(page.gr[3], 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(kernel_of_the_guest_in_home_space, start),
        cmocka_unit_test_setup(user_of_the_guest_in_primary_space, start),
        cmocka_unit_test_setup(secondary_space, start),
        cmocka_unit_test_setup(access_register_mode_never_gets_to_the_machine, start),
        cmocka_unit_test_setup(dat_off_is_a_space_of_its_own, start),
        cmocka_unit_test_setup(no_secondary_space_without_its_control, start),
        cmocka_unit_test_setup(virtual_masks_stay_virtual, start),
        cmocka_unit_test_setup(per_is_passed_through, start),
        cmocka_unit_test_setup(leaving_takes_what_ran_natively, start),
        cmocka_unit_test_setup(space_switches_without_an_exit, start),
        cmocka_unit_test_setup(the_whole_system_mask_goes_there_and_back, start),
        cmocka_unit_test_setup(masks_that_the_kernel_changed, start),
        cmocka_unit_test_setup(the_kernel_serves_masks_and_moves, start),
        cmocka_unit_test_setup(what_waits_is_not_switched_on_without_an_exit, start),
        cmocka_unit_test_setup(new_control_registers_take_effect, start),
        cmocka_unit_test_setup(purges_take_effect, start),
        cmocka_unit_test_setup(spaces_in_use_are_not_given_up, start),
        cmocka_unit_test_setup(entry_for_nothing, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
