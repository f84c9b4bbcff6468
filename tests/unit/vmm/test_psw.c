/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: loading PSWs, early exceptions, and the repair of PSWs made from EXTRACT PSW (measured fact
 * 1: the real PSW shows problem state, DAT, all interruptions, primary space and key 8). */
#include "tests/unit/vmm/fixture.h"
#include "vmm/psw.h"
#include "vmm/pv/repair.h"

/* What EPSW shows a guest in supervisor state. */
#define EXTRACTED                                                                                  \
    (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM | psw_key(8) | PSW_64)
#define HOME (PSW_64 | PSW_DAT | PSW_AS_HOME)

static void extracted_mask_becomes_the_guests_own(void **state)
{
    uint64_t disabled = HOME | PSW_MACHINE_CHECK;

    (void)state;
    assert_true(repair_loaded(disabled, EXTRACTED) == disabled);
    assert_true(repair_loaded(disabled | PSW_IO, EXTRACTED) == (disabled | PSW_IO));
    assert_true(repair_loaded(disabled | psw_key(3), EXTRACTED) == (disabled | psw_key(3)));
}

static void dat_off_stays_off(void **state)
{
    (void)state;
    assert_true(repair_loaded(PSW_64, EXTRACTED) == (PSW_64 | PSW_MACHINE_CHECK));
}

static void explicit_home_space_switches_dat_on(void **state)
{
    (void)state;
    assert_true(repair_loaded(PSW_64, EXTRACTED | PSW_AS_HOME) == (HOME | PSW_MACHINE_CHECK));
}

static void what_the_guest_cleared_stays_cleared(void **state)
{
    uint64_t all = HOME | PSW_MACHINE_CHECK | PSW_IO | PSW_EXTERNAL;

    (void)state;
    assert_true(repair_loaded(all, EXTRACTED & ~PSW_MACHINE_CHECK) == (all & ~PSW_MACHINE_CHECK));
    assert_true(repair_loaded(all, EXTRACTED & ~PSW_IO) == (all & ~PSW_IO));
}

static void waiting_for_an_external_interruption(void **state)
{
    (void)state;
    assert_true(repair_loaded(PSW_64, EXTRACTED | PSW_WAIT) ==
                (PSW_64 | PSW_MACHINE_CHECK | PSW_WAIT | PSW_EXTERNAL));
}

static void new_psw_is_a_disabled_one(void **state)
{
    uint64_t waiting = PSW_64 | PSW_WAIT | PSW_EXTERNAL;

    (void)state;
    assert_true(repair_new(waiting, EXTRACTED) == (PSW_64 | PSW_MACHINE_CHECK));
}

static void other_masks_are_loaded_as_they_are(void **state)
{
    uint64_t user = PSW_64 | PSW_DAT | PSW_PROBLEM | PSW_EXTERNAL | PSW_IO;

    (void)state;
    assert_true(repair_loaded(HOME, user) == user);
    assert_true(repair_new(user, HOME) == HOME);
    assert_true(repair_loaded(HOME, HOME | psw_key(8)) == (HOME | psw_key(8)));
    assert_true(repair_loaded(HOME, user | psw_key(9)) == (user | psw_key(9)));
}

static void repair_can_be_switched_off(void **state)
{
    (void)state;
    repair_enable(0);
    assert_true(repair_loaded(PSW_64, EXTRACTED) == EXTRACTED);
    assert_true(repair_new(PSW_64, EXTRACTED) == EXTRACTED);
}

static void valid_psw(void **state)
{
    (void)state;
    psw_load(&cpu, HOME | PSW_PROBLEM, 0xfffffffffffffffe);
    assert_false(cpu.psw_invalid);
    assert_true(cpu.psw_mask == (HOME | PSW_PROBLEM));
    psw_load(&cpu, PSW_BA, 0x7ffffffe);
    assert_false(cpu.psw_invalid);
    psw_load(&cpu, 0, 0xfffffe);
    assert_false(cpu.psw_invalid);
}

static void invalid_psw_is_loaded_and_noted(void **state)
{
    static const struct {
        uint64_t mask, address;
    } bad[] = {{PSW_EA, 0},          {PSW_64 | PSW_SHORT, 0},
               {PSW_64 | 1, 0},      {PSW_64 | UINT64_C(0x8000000000000000), 0},
               {PSW_BA, 0x80000000}, {0, 0x1000000}};
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        psw_load(&cpu, bad[i].mask, bad[i].address);
        assert_true(cpu.psw_invalid);
        assert_true(cpu.psw_mask == bad[i].mask && cpu.psw_address == bad[i].address);
        psw_load_new(&cpu, PSW_64, 0);
        assert_false(cpu.psw_invalid);
    }
}

static void system_mask(void **state)
{
    (void)state;
    psw_set_system_mask(&cpu, 0x07);
    assert_true(cpu.psw_mask == (PSW_64 | PSW_DAT | PSW_IO | PSW_EXTERNAL));
    assert_false(cpu.psw_invalid);
    psw_set_system_mask(&cpu, 0x80);
    assert_true(cpu.psw_invalid);
}

static void disabled_waits(void **state)
{
    (void)state;
    assert_true(psw_is_disabled_wait(PSW_64 | PSW_WAIT));
    assert_false(psw_is_disabled_wait(PSW_64));
    assert_false(psw_is_disabled_wait(PSW_64 | PSW_WAIT | PSW_IO));
    assert_false(psw_is_disabled_wait(PSW_64 | PSW_WAIT | PSW_EXTERNAL));
    assert_false(psw_is_disabled_wait(PSW_64 | PSW_WAIT | PSW_MACHINE_CHECK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(extracted_mask_becomes_the_guests_own, fixture_start),
        cmocka_unit_test_setup(dat_off_stays_off, fixture_start),
        cmocka_unit_test_setup(explicit_home_space_switches_dat_on, fixture_start),
        cmocka_unit_test_setup(what_the_guest_cleared_stays_cleared, fixture_start),
        cmocka_unit_test_setup(waiting_for_an_external_interruption, fixture_start),
        cmocka_unit_test_setup(new_psw_is_a_disabled_one, fixture_start),
        cmocka_unit_test_setup(other_masks_are_loaded_as_they_are, fixture_start),
        cmocka_unit_test_setup(repair_can_be_switched_off, fixture_start),
        cmocka_unit_test_setup(valid_psw, fixture_start),
        cmocka_unit_test_setup(invalid_psw_is_loaded_and_noted, fixture_start),
        cmocka_unit_test_setup(system_mask, fixture_start),
        cmocka_unit_test_setup(disabled_waits, fixture_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
