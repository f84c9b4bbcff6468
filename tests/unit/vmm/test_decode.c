/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: instruction formats, EXECUTE. */
#include "tests/unit/vmm/fixture.h"
#include "vmm/decode.h"
#include "vmm/fetch.h"

static void opcodes_by_extension(void **state)
{
    static const struct {
        uint64_t text;
        uint16_t opcode;
    } known[] = {
        {UINT64_C(0x8200123400000000), 0x8200}, {UINT64_C(0xb2b2123400000000), 0xb2b2},
        {UINT64_C(0xb925001200000000), 0xb925}, {UINT64_C(0x0107000000000000), 0x0107},
        {UINT64_C(0xe501000000000000), 0xe501}, {UINT64_C(0xc830100020000000), 0xc800},
        {UINT64_C(0xe310200000130000), 0xe313}, {UINT64_C(0xeb112000002f0000), 0xeb2f},
    };
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        assert_int_equal(decode_opcode(known[i].text), known[i].opcode);
}

static void lengths(void **state)
{
    (void)state;
    assert_int_equal(decode_length(0x00), 2);
    assert_int_equal(decode_length(0x3f), 2);
    assert_int_equal(decode_length(0x40), 4);
    assert_int_equal(decode_length(0xbf), 4);
    assert_int_equal(decode_length(0xc0), 6);
}

static void rs_si_s(void **state)
{
    struct instruction in;

    (void)state;
    page.gr[5] = 0x7000;
    in = instruction(0xacfc50100000); /* STNSM 16(5),0xfc */
    assert_int_equal(in.i2, 0xfc);
    assert_int_equal(in.address, 0x7010);
    assert_int_equal(in.length, 4);
    in = instruction(0xb7135ffc0000); /* LCTL 1,3,4092(5) */
    assert_int_equal(in.r1, 1);
    assert_int_equal(in.r3, 3);
    assert_int_equal(in.address, 0x7ffc);
    in = instruction(0xb2b202a00000); /* LPSWE 672 */
    assert_int_equal(in.address, 0x2a0);
}

static void rx_with_index_and_base(void **state)
{
    struct instruction in;

    (void)state;
    page.gr[2] = 0x100;
    page.gr[3] = 0x2000;
    page.gr[0] = 0xbad; /* as base or index, register 0 means none */
    in = instruction(0xb11230040000);
    assert_int_equal(in.r1, 1);
    assert_int_equal(in.address, 0x2104);
    in = instruction(0xb11000040000);
    assert_int_equal(in.address, 4);
}

static void rre_and_rrf(void **state)
{
    struct instruction in;

    (void)state;
    in = instruction(0xb98e30120000); /* IDTE 1,3,2 */
    assert_int_equal(in.r1, 1);
    assert_int_equal(in.r2, 2);
    assert_int_equal(in.r3, 3);
    in = instruction(0xb22b60120000); /* SSKE 1,2,6 */
    assert_int_equal(in.i2 >> 4, 6);
    assert_int_equal(in.r1, 1);
    assert_int_equal(in.r2, 2);
}

static void long_displacements_are_signed(void **state)
{
    struct instruction in;

    (void)state;
    page.gr[4] = 0x100000;
    in = instruction(0xeb114ff8ff2f); /* LCTLG 1,1,-8(4) */
    assert_int_equal(in.opcode, 0xeb2f);
    assert_int_equal(in.address, 0xffff8);
    assert_int_equal(in.length, 6);
    in = instruction(0xe31040087f03); /* LRAG 1,0x7f008(4) */
    assert_int_equal(in.address, 0x17f008);
}

static void two_storage_operands(void **state)
{
    struct instruction in;

    (void)state;
    page.gr[1] = 0x1000;
    page.gr[2] = 0x2000;
    in = instruction(0xc83010012002); /* MVCOS 1(1),2(2),3 */
    assert_int_equal(in.opcode, 0xc800);
    assert_int_equal(in.r3, 3);
    assert_int_equal(in.address, 0x1001);
    assert_int_equal(in.address2, 0x2002);
    in = instruction(0xe50110012002); /* TPROT */
    assert_int_equal(in.address, 0x1001);
    assert_int_equal(in.address2, 0x2002);
}

static void addresses_wrap_to_the_mode(void **state)
{
    (void)state;
    page.gr[5] = 0xffffffffffffffff;
    cpu.psw_mask = PSW_BA;
    assert_int_equal(instruction(0x800050020000).address, 1);
    page.gr[5] = 0x80000000;
    assert_int_equal(instruction(0x800050020000).address, 2);
    cpu.psw_mask = 0;
    page.gr[5] = 0x3000000;
    assert_int_equal(instruction(0x800050020000).address, 2);
    cpu.psw_mask = PSW_64;
    assert_int_equal(instruction(0x800050020000).address, 0x3000002);
}

static void execute_targets(void **state)
{
    const uint64_t execute = UINT64_C(0x4410502000000000);
    const uint64_t relative = UINT64_C(0xc610fffffff00000);
    const uint64_t compare = UINT64_C(0xc61dfffffff00000);
    uint64_t target;

    (void)state;
    page.gr[5] = 0x4000;
    assert_true(decode_execute(&cpu, execute, 0x1000, &target));
    assert_int_equal(target, 0x4020);
    assert_true(decode_execute(&cpu, relative, 0x1000, &target));
    assert_int_equal(target, 0x1000 - 32);
    assert_false(decode_execute(&cpu, compare, 0x1000, &target));
}

static void fetch_of_an_executed_instruction(void **state)
{
    struct instruction in;

    (void)state;
    put(0x4020, UINT64_C(0xac00001000000000)); /* STNSM 16,0 */
    page.gr[1] = 0xfffc;
    assert_int_equal(fetch_instruction(&cpu, 0x3000, UINT64_C(0x4410402000000000), &in), 0);
    page.gr[4] = 0x4000; /* EX 1,32(4) */
    assert_int_equal(fetch_instruction(&cpu, 0x3000, UINT64_C(0x4410402000000000), &in), 0);
    assert_int_equal(in.opcode, 0xac00);
    assert_int_equal(in.i2, 0xfc);
    assert_int_equal(in.executed, 1);
    assert_int_equal(get(0x4020) >> 48, 0xac00); /* the target itself stays */
    assert_int_equal(fetch_instruction(&cpu, 0x3000, UINT64_C(0x4410402100000000), &in),
                     PGM_SPECIFICATION);
}

static void execute_with_register_0_modifies_nothing(void **state)
{
    struct instruction in;

    (void)state;
    put(0x4000, UINT64_C(0xac10001000000000));
    page.gr[0] = 0xff;
    page.gr[4] = 0x4000;
    assert_int_equal(fetch_instruction(&cpu, 0x3000, UINT64_C(0x4400400000000000), &in), 0);
    assert_int_equal(in.i2, 0x10);
}

static void fetch_without_text_reads_memory(void **state)
{
    struct instruction in;

    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], 0x5000, 0x8000, 0);
    fixture_map(cpu.cr[13], 0x6000, 0xa000, 0);
    be16_put(guest_memory + 0x8ffe, 0xeb11);
    be32_put(guest_memory + 0xa000, 0x0010002f);
    assert_int_equal(fetch_instruction(&cpu, 0x5ffe, 0, &in), 0);
    assert_int_equal(in.opcode, 0xeb2f);
    assert_int_equal(in.address, 0x10);
    assert_int_equal(fetch_instruction(&cpu, 0x6ffe, 0, &in), 0); /* two bytes are enough */
    assert_int_equal(fetch_instruction(&cpu, 0x7000, 0, &in), PGM_PAGE);
    assert_int_equal(cpu.teid, 0x7000 | 0x800 | AS_HOME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(opcodes_by_extension, fixture_start),
        cmocka_unit_test_setup(lengths, fixture_start),
        cmocka_unit_test_setup(rs_si_s, fixture_start),
        cmocka_unit_test_setup(rx_with_index_and_base, fixture_start),
        cmocka_unit_test_setup(rre_and_rrf, fixture_start),
        cmocka_unit_test_setup(long_displacements_are_signed, fixture_start),
        cmocka_unit_test_setup(two_storage_operands, fixture_start),
        cmocka_unit_test_setup(addresses_wrap_to_the_mode, fixture_start),
        cmocka_unit_test_setup(execute_targets, fixture_start),
        cmocka_unit_test_setup(fetch_of_an_executed_instruction, fixture_start),
        cmocka_unit_test_setup(execute_with_register_0_modifies_nothing, fixture_start),
        cmocka_unit_test_setup(fetch_without_text_reads_memory, fixture_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
