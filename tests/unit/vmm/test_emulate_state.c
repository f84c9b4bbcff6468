/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: emulated instructions on PSW, control registers and clocks: effect, exceptions, and that an
 * exception leaves everything as it was. */
#include <string.h>

#include "tests/unit/vmm/fixture.h"
#include "vmm/handlers.h"
#include "vmm/pv/shadow.h"

#define AT UINT64_C(0x5000)
#define NOWHERE UINT64_C(0x900000)

static struct instruction si(uint64_t address, uint8_t i2)
{
    return (struct instruction){.address = address, .i2 = i2};
}

static struct instruction rs(uint32_t r1, uint32_t r3, uint64_t address)
{
    return (struct instruction){.r1 = (uint8_t)r1, .r3 = (uint8_t)r3, .address = address};
}

/* The handler returns this code and changes neither CPU nor registers. */
static void refused(instruction_handler handler, struct instruction in, program_code code)
{
    struct cpu before = cpu;
    struct bh_vcpu registers = page;

    assert_int_equal(handler(&cpu, &in), code);
    before.teid = cpu.teid;
    before.exception_access = cpu.exception_access;
    assert_memory_equal(&cpu, &before, sizeof(cpu));
    assert_memory_equal(&page, &registers, sizeof(page));
}

static void works(instruction_handler handler, struct instruction in)
{
    assert_int_equal(handler(&cpu, &in), PGM_NONE);
}

static void ssm(void **state)
{
    (void)state;
    guest_memory[AT] = 0x03;
    works(emulate_ssm, si(AT, 0));
    assert_true(cpu.psw_mask == (PSW_64 | PSW_IO | PSW_EXTERNAL));
    refused(emulate_ssm, si(NOWHERE, 0), PGM_ADDRESSING);
    cpu.cr[0] |= CR0_SUPPRESS_SSM;
    refused(emulate_ssm, si(AT, 0), PGM_SPECIAL_OPERATION);
    cpu.cr[0] = 0;
    guest_memory[AT] = 0x10;
    works(emulate_ssm, si(AT, 0));
    assert_true(cpu.psw_invalid);
}

static void stnsm(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_IO | PSW_EXTERNAL;
    works(emulate_stnsm, si(AT, 0xfc));
    assert_int_equal(guest_memory[AT], 3);
    assert_true(cpu.psw_mask == PSW_64);
    refused(emulate_stnsm, si(NOWHERE, 0), PGM_ADDRESSING);
    cpu.cr[0] |= CR0_LOW_ADDRESS_PROTECTION;
    refused(emulate_stnsm, si(0x10, 0), PGM_PROTECTION);
}

static void stosm(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_IO;
    works(emulate_stosm, si(AT, 0x05));
    assert_int_equal(guest_memory[AT], 2);
    assert_true(cpu.psw_mask == (PSW_64 | PSW_IO | PSW_EXTERNAL | PSW_DAT));
    cpu.psw_mask = PSW_64;
    refused(emulate_stosm, si(NOWHERE, 3), PGM_ADDRESSING);
}

static void lpsw(void **state)
{
    (void)state;
    put(AT, UINT64_C(0x0108000080001234));
    works(emulate_lpsw, si(AT, 0));
    assert_true(cpu.psw_mask == (PSW_EXTERNAL | PSW_BA));
    assert_int_equal(cpu.psw_address, 0x1234);
    assert_false(cpu.psw_invalid);
    refused(emulate_lpsw, si(AT + 4, 0), PGM_SPECIFICATION);
    refused(emulate_lpsw, si(NOWHERE & 0x7fffffff, 0), PGM_ADDRESSING);
    put(AT, UINT64_C(0x0100000080001234)); /* bit 12 zero */
    works(emulate_lpsw, si(AT, 0));
    assert_true(cpu.psw_invalid);
}

static void lpswe(void **state)
{
    (void)state;
    put(AT, PSW_64 | PSW_WAIT | PSW_IO);
    put(AT + 8, 0x123456789a);
    works(emulate_lpswe, si(AT, 0));
    assert_true(cpu.psw_mask == (PSW_64 | PSW_WAIT | PSW_IO));
    assert_true(cpu.psw_address == 0x123456789a);
    refused(emulate_lpswe, si(AT + 4, 0), PGM_SPECIFICATION);
    refused(emulate_lpswe, si(GUEST_BYTES - 8, 0), PGM_ADDRESSING);
}

static void spka_and_ipk(void **state)
{
    (void)state;
    works(emulate_spka, si(0x39, 0));
    assert_int_equal(psw_key_get(cpu.psw_mask), 3);
    page.gr[2] = 0x1122334455667788;
    works(emulate_ipk, si(0, 0));
    assert_true(page.gr[2] == 0x1122334455667730);
}

static void keys_of_the_problem_state(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PROBLEM;
    refused(emulate_spka, si(0x30, 0), PGM_PRIVILEGED);
    refused(emulate_ipk, si(0, 0), PGM_PRIVILEGED);
    cpu.cr[0] |= CR0_EXTRACTION_AUTHORITY;
    cpu.cr[3] = UINT64_C(0x10000000); /* PSW-key mask: key 3 */
    works(emulate_spka, si(0x30, 0));
    works(emulate_ipk, si(0, 0));
    refused(emulate_spka, si(0x40, 0), PGM_PRIVILEGED);
    refused(emulate_spka, si(0x00, 0), PGM_PRIVILEGED);
    cpu.cr[3] = UINT64_C(0xffff0000); /* never the mark of repaired PSWs */
    refused(emulate_spka, si(0x80, 0), PGM_PRIVILEGED);
}

static void sac(void **state)
{
    (void)state;
    cpu.cr[0] |= CR0_SECONDARY_SPACE;
    refused(emulate_sac, si(0x300, 0), PGM_SPECIAL_OPERATION); /* DAT off */
    fixture_dat_on();
    cpu.psw_mask &= ~PSW_AS_MASK;
    works(emulate_sac, si(0x300, 0));
    assert_true((cpu.psw_mask & PSW_AS_MASK) == PSW_AS_HOME);
    works(emulate_sac, si(0x100, 0));
    assert_true((cpu.psw_mask & PSW_AS_MASK) == PSW_AS_SECONDARY);
    refused(emulate_sac, si(0x400, 0), PGM_SPECIFICATION);
    cpu.cr[0] &= ~CR0_SECONDARY_SPACE;
    refused(emulate_sac, si(0x300, 0), PGM_SPECIAL_OPERATION);
}

static void lctlg_wraps_around(void **state)
{
    (void)state;
    put(AT, 0xe);
    put(AT + 8, 0xf);
    put(AT + 16, 0x10);
    works(emulate_lctlg, rs(14, 0, AT));
    assert_int_equal(cpu.cr[14], 0xe);
    assert_int_equal(cpu.cr[15], 0xf);
    assert_int_equal(cpu.cr[0], 0x10);
    refused(emulate_lctlg, rs(1, 1, AT + 4), PGM_SPECIFICATION);
    refused(emulate_lctlg, rs(1, 2, GUEST_BYTES - 8), PGM_ADDRESSING);
}

static void lctl_keeps_the_high_halves(void **state)
{
    (void)state;
    cpu.cr[3] = UINT64_MAX;
    put(AT, UINT64_C(0x1111111122222222));
    works(emulate_lctl, rs(3, 4, AT));
    assert_true(cpu.cr[3] == UINT64_C(0xffffffff11111111));
    assert_true(cpu.cr[4] == 0x22222222);
    refused(emulate_lctl, rs(1, 1, AT + 2), PGM_SPECIFICATION);
}

static void stctg_and_stctl(void **state)
{
    (void)state;
    cpu.cr[15] = 0x1111111122222222;
    cpu.cr[0] = 0x3333333344444444;
    works(emulate_stctg, rs(15, 0, AT));
    assert_true(get(AT) == 0x1111111122222222 && get(AT + 8) == 0x3333333344444444);
    works(emulate_stctl, rs(15, 0, AT));
    assert_true(get(AT) == 0x2222222244444444);
    assert_true(get(AT + 8) == 0x3333333344444444); /* not beyond */
    refused(emulate_stctg, rs(0, 0, AT + 4), PGM_SPECIFICATION);
    refused(emulate_stctl, rs(0, 0, AT + 2), PGM_SPECIFICATION);
    refused(emulate_stctg, rs(0, 1, GUEST_BYTES - 8), PGM_ADDRESSING);
}

static void all_sixteen(void **state)
{
    uint32_t i;

    (void)state;
    for (i = 0; i < 16; i++)
        put(AT + i * 8, i + 100);
    works(emulate_lctlg, rs(0, 15, AT));
    works(emulate_stctg, rs(0, 15, AT + 0x100));
    assert_memory_equal(guest_memory + AT, guest_memory + AT + 0x100, 128);
    assert_int_equal(cpu.cr[15], 115);
}

static void control_bits_that_change_the_meaning_of_tables_purge(void **state)
{
    uint32_t before;

    (void)state;
    shadow_find(0x1000);
    before = shadow_generation;
    put(AT, CR0_LOW_ADDRESS_PROTECTION);
    works(emulate_lctlg, rs(0, 0, AT));
    assert_int_equal(shadow_generation, before);
    put(AT, CR0_LOW_ADDRESS_PROTECTION | CR0_EXECUTE_PROTECTION);
    works(emulate_lctlg, rs(0, 0, AT));
    assert_int_not_equal(shadow_generation, before);
}

static void program_parameter(void **state)
{
    (void)state;
    works(emulate_lpp, si(AT, 0));
    refused(emulate_lpp, si(AT + 1, 0), PGM_SPECIFICATION);
    refused(emulate_lpp, si(NOWHERE, 0), PGM_ADDRESSING);
}

static void clock_comparator(void **state)
{
    (void)state;
    put(AT, 0x123456789abcdef0);
    works(emulate_sckc, si(AT, 0));
    assert_true(cpu.clock_comparator == 0x123456789abcdef0);
    works(emulate_stckc, si(AT + 8, 0));
    assert_true(get(AT + 8) == 0x123456789abcdef0);
    refused(emulate_sckc, si(AT + 4, 0), PGM_SPECIFICATION);
    refused(emulate_sckc, si(NOWHERE, 0), PGM_ADDRESSING);
    refused(emulate_stckc, si(AT + 4, 0), PGM_SPECIFICATION);
}

static void cpu_timer_counts_down(void **state)
{
    (void)state;
    put(AT, 1000);
    works(emulate_spt, si(AT, 0));
    test_clock += 400;
    works(emulate_stpt, si(AT, 0));
    assert_int_equal(get(AT), 600);
    test_clock += 700;
    works(emulate_stpt, si(AT, 0));
    assert_true(get(AT) == (uint64_t)-100);
    put(AT, UINT64_MAX >> 1);
    works(emulate_spt, si(AT, 0));
    works(emulate_stpt, si(AT, 0));
    assert_true(get(AT) == UINT64_MAX >> 1);
    refused(emulate_spt, si(AT + 4, 0), PGM_SPECIFICATION);
    refused(emulate_stpt, si(AT + 4, 0), PGM_SPECIFICATION);
    refused(emulate_spt, si(NOWHERE, 0), PGM_ADDRESSING);
}

static void clock_cannot_be_set(void **state)
{
    (void)state;
    works(emulate_sck, si(AT, 0));
    assert_int_equal(psw_cc_get(cpu.psw_mask), 1);
    refused(emulate_sck, si(AT + 4, 0), PGM_SPECIFICATION);
}

static void clock_programmable_field(void **state)
{
    (void)state;
    page.gr[0] = UINT64_C(0xffffffff00001234);
    works(emulate_sckpf, si(0, 0));
    assert_int_equal(cpu.tod_programmable, 0x1234);
    page.gr[0] = 0x11234;
    refused(emulate_sckpf, si(0, 0), PGM_SPECIFICATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(ssm, fixture_start),
        cmocka_unit_test_setup(stnsm, fixture_start),
        cmocka_unit_test_setup(stosm, fixture_start),
        cmocka_unit_test_setup(lpsw, fixture_start),
        cmocka_unit_test_setup(lpswe, fixture_start),
        cmocka_unit_test_setup(spka_and_ipk, fixture_start),
        cmocka_unit_test_setup(keys_of_the_problem_state, fixture_start),
        cmocka_unit_test_setup(sac, fixture_start),
        cmocka_unit_test_setup(lctlg_wraps_around, fixture_start),
        cmocka_unit_test_setup(lctl_keeps_the_high_halves, fixture_start),
        cmocka_unit_test_setup(stctg_and_stctl, fixture_start),
        cmocka_unit_test_setup(all_sixteen, fixture_start),
        cmocka_unit_test_setup(control_bits_that_change_the_meaning_of_tables_purge, fixture_start),
        cmocka_unit_test_setup(program_parameter, fixture_start),
        cmocka_unit_test_setup(clock_comparator, fixture_start),
        cmocka_unit_test_setup(cpu_timer_counts_down, fixture_start),
        cmocka_unit_test_setup(clock_cannot_be_set, fixture_start),
        cmocka_unit_test_setup(clock_programmable_field, fixture_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
