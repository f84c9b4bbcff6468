/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: MOVE WITH OPTIONAL SPECIFICATIONS. Measured fact 4: the machine checks nothing of it, so
 * everything that must be refused is refused here. */
#include <string.h>

#include "tests/unit/vmm/fixture.h"
#include "vmm/handlers.h"
#include "vmm/purge.h"
#include "vmm/pv/shadow.h"

#define TO UINT64_C(0x705000)
#define FROM UINT64_C(0x909000)
#define AS(n) ((uint32_t)(n) << 6 | 1u)
#define KEY(n) ((uint32_t)(n) << 12 | 2u)
#define CC() psw_cc_get(cpu.psw_mask)

/* User and kernel space map the same addresses to frames of their own. */
static int start(void **state)
{
    fixture_start(state);
    fixture_dat_on();
    fixture_map(cpu.cr[13], FROM, 0x8000, 0);
    fixture_map(cpu.cr[13], TO, 0x9000, 0);
    fixture_map(cpu.cr[1], FROM, 0xa000, 0);
    fixture_map(cpu.cr[1], TO, 0xb000, 0);
    fixture_map(cpu.cr[7], FROM, 0xc000, 0);
    fixture_map(cpu.cr[7], TO, 0xd000, 0);
    put(0x8000, 8);
    put(0xa000, 10);
    put(0xc000, 12);
    return 0;
}

static program_code move_at(uint64_t to, uint64_t from, uint64_t length, uint32_t oac1,
                            uint32_t oac2)
{
    struct instruction in = {.opcode = 0xc800, .r3 = 3, .address = to, .address2 = from};

    page.gr[0] = (uint64_t)oac1 << 16 | oac2;
    page.gr[3] = length;
    return emulate_mvcos(&cpu, &in);
}

static program_code move(uint64_t length, uint32_t oac1, uint32_t oac2)
{
    return move_at(TO, FROM, length, oac1, oac2);
}

static void user_state(void)
{
    cpu.psw_mask = PSW_64 | PSW_DAT | PSW_PROBLEM;
}

static void between_spaces(void **state)
{
    (void)state;
    assert_int_equal(move(8, 0, 0), 0);
    assert_int_equal(get(0x9000), 8);
    assert_int_equal(CC(), 0);
    assert_int_equal(move(8, 0, AS(AS_PRIMARY)), 0); /* from the user */
    assert_int_equal(get(0x9000), 10);
    assert_int_equal(move(8, AS(AS_SECONDARY), AS(AS_HOME)), 0); /* to the user */
    assert_int_equal(get(0xd000), 8);
    assert_int_equal(get(0xb000), 0);
}

static void length_is_limited(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], FROM + 0x1000, 0xe000, 0);
    fixture_map(cpu.cr[13], TO + 0x1000, 0xf000, 0);
    memset(guest_memory + 0xe000, 0xee, 0x1000);
    assert_int_equal(move(5000, 0, 0), 0);
    assert_int_equal(CC(), 3);
    assert_int_equal(get(0xf000), 0);
    assert_int_equal(move(0, 0, 0), 0);
    assert_int_equal(CC(), 0);
    assert_int_equal(move_at(GUEST_BYTES * 8, FROM, 0, 0, 0), 0); /* nothing is accessed */
}

static void length_has_32_bits_outside_of_64_bit_mode(void **state)
{
    (void)state;
    cpu.psw_mask &= ~PSW_EA;
    assert_int_equal(move(UINT64_C(0xffffffff00000008), 0, 0), 0);
    assert_int_equal(CC(), 0);
}

static void operands_cross_pages(void **state)
{
    uint32_t i;

    (void)state;
    fixture_map(cpu.cr[13], FROM + 0x1000, 0xe000, 0);
    fixture_map(cpu.cr[13], TO + 0x1000, 0xf000, 0);
    for (i = 0; i < 0x1000; i++)
        guest_memory[i < 0x800 ? 0x8800 + i : 0xe000 + i - 0x800] = (uint8_t)(i * 7);
    assert_int_equal(move_at(TO + 0xc00, FROM + 0x800, 0x1000, 0, 0), 0);
    for (i = 0; i < 0x1000; i++)
        assert_int_equal(guest_memory[i < 0x400 ? 0x9c00 + i : 0xf000 + i - 0x400],
                         (uint8_t)(i * 7));
}

static void missing_and_protected_pages(void **state)
{
    (void)state;
    assert_int_equal(move_at(TO, FROM + 0x1000, 8, 0, 0), PGM_PAGE);
    assert_int_equal(cpu.teid, (FROM + 0x1000) | 0x800 | AS_HOME);
    assert_int_equal(move_at(TO + 0x1000, FROM, 8, AS(AS_SECONDARY), 0), PGM_PAGE);
    assert_int_equal(cpu.teid, (TO + 0x1000) | 0x400 | AS_SECONDARY);
    assert_int_equal(move_at(TO + 0xffc, FROM, 8, 0, 0), PGM_PAGE);
    assert_int_equal(get(0x9ff8), 0); /* not even the bytes that could be stored */
    fixture_map(cpu.cr[13], TO, 0x9000, DAT_PROTECTED);
    purge_all();
    assert_int_equal(move(8, 0, 0), PGM_PROTECTION);
    assert_int_equal(CC(), 0);
}

static void dat_must_be_on(void **state)
{
    (void)state;
    cpu.psw_mask &= ~PSW_DAT;
    assert_int_equal(move(8, 0, 0), PGM_SPECIAL_OPERATION);
}

static void no_access_registers(void **state)
{
    (void)state;
    assert_int_equal(move(8, AS(AS_ACCESS_REGISTER), 0), PGM_SPECIAL_OPERATION);
    assert_int_equal(move(8, 0, AS(AS_ACCESS_REGISTER)), PGM_SPECIAL_OPERATION);
}

static void secondary_space_needs_its_control(void **state)
{
    (void)state;
    cpu.cr[0] &= ~CR0_SECONDARY_SPACE;
    assert_int_equal(move(8, AS(AS_SECONDARY), 0), PGM_SPECIAL_OPERATION);
    assert_int_equal(move(8, 0, AS(AS_SECONDARY)), PGM_SPECIAL_OPERATION);
    assert_int_equal(move(8, 0, AS(AS_PRIMARY)), 0);
}

static void users_need_the_key_mask_for_their_own_key(void **state)
{
    (void)state;
    user_state();
    assert_int_equal(move(8, 0, 0), PGM_PRIVILEGED);
    cpu.cr[3] = UINT64_C(0x80000000); /* key 0 */
    assert_int_equal(move(8, 0, 0), 0);
    assert_int_equal(get(0xb000), 10);
    cpu.psw_mask |= psw_key(9);
    assert_int_equal(move(8, 0, 0), PGM_PRIVILEGED);
}

static void users_need_the_key_mask_for_explicit_keys(void **state)
{
    (void)state;
    user_state();
    cpu.psw_mask |= psw_key(9);
    cpu.cr[3] = UINT64_C(0x00400000); /* key 9 */
    assert_int_equal(move(8, 0, 0), 0);
    assert_int_equal(move(8, KEY(0), 0), PGM_PRIVILEGED);
    assert_int_equal(move(8, 0, KEY(0)), PGM_PRIVILEGED);
    assert_int_equal(move(8, KEY(9), KEY(9)), 0);
    assert_int_equal(move(8, KEY(9), KEY(10)), PGM_PRIVILEGED);
}

static void users_never_reach_home_space(void **state)
{
    (void)state;
    user_state();
    cpu.cr[3] = UINT64_C(0xffff0000);
    assert_int_equal(move(8, AS(AS_HOME), 0), PGM_SPECIAL_OPERATION);
    assert_int_equal(move(8, 0, AS(AS_HOME)), PGM_SPECIAL_OPERATION);
    assert_int_equal(get(0x9000) | get(0xb000), 0);
    assert_int_equal(move(8, 0, AS(AS_SECONDARY)), 0);
    assert_int_equal(get(0xb000), 12);
}

/* ---- what the kernel needs to execute the next one itself ---- */

static uint64_t mapped(uint32_t as, uint64_t address)
{
    return kernel_word(shadow_find(cpu_asce(&cpu, as)), address / 4096u);
}

static void crossing_pages(void)
{
    fixture_map(cpu.cr[13], TO + 0x1000, 0xf000, 0);
    fixture_map(cpu.cr[7], FROM + 0x1000, 0xe000, DAT_PROTECTED);
}

static void pages_of_both_operands_are_prepared(void **state)
{
    (void)state;
    crossing_pages();
    assert_int_equal(move_at(TO + 0xffc, FROM + 0xff8, 16, 0, AS(AS_SECONDARY)), 0);
    assert_int_equal(mapped(AS_HOME, TO), 0x9000);
    assert_int_equal(mapped(AS_HOME, TO + 0x1000), 0xf000);
    assert_int_equal(mapped(AS_SECONDARY, FROM), 0xc000);
    assert_int_equal(mapped(AS_SECONDARY, FROM + 0x1000), 0xe000 | BH_WORD_READ_ONLY);
    assert_int_equal(mapped(AS_PRIMARY, TO), BH_WORD_INVALID);
}

/* The second pages, in other groups of sixteen entries than the first. */
static void second_pages_are_prepared_by_themselves(void **state)
{
    uint64_t to = TO + 0xaff0, from = FROM + 0x6fe0;

    (void)state;
    fixture_map(cpu.cr[13], to, 0x9000, 0);
    fixture_map(cpu.cr[13], to + 0x1000, 0xf000, 0);
    fixture_map(cpu.cr[13], from, 0x8000, 0);
    fixture_map(cpu.cr[13], from + 0x1000, 0xe000, 0);
    assert_int_equal(move_at(to, from, 0x10, 0, 0), 0);
    assert_int_equal(mapped(AS_HOME, to + 0x1000), BH_WORD_INVALID); /* not touched */
    assert_int_equal(move_at(to, from, 0x11, 0, 0), 0);
    assert_int_equal(mapped(AS_HOME, to + 0x1000), 0xf000);
    assert_int_equal(mapped(AS_HOME, from + 0x1000), BH_WORD_INVALID);
    assert_int_equal(move_at(to, from, 0x21, 0, 0), 0);
    assert_int_equal(mapped(AS_HOME, from + 0x1000), 0xe000);
}

/* The kernel serves the supervisor alone. */
static void nothing_is_prepared_for_users(void **state)
{
    (void)state;
    user_state();
    cpu.cr[3] = UINT64_C(0xffff0000);
    assert_int_equal(move(8, 0, AS(AS_SECONDARY)), 0);
    assert_int_equal(kernel_maps, 0);
}

static void nothing_is_prepared_if_nothing_moves(void **state)
{
    (void)state;
    assert_int_equal(move(0, 0, 0), 0);
    assert_int_equal(move_at(TO + 0xffc, FROM, 8, 0, 0), PGM_PAGE);
    assert_int_equal(move_at(TO, FROM + 0xffc, 8, 0, 0), PGM_PAGE);
    fixture_map(cpu.cr[13], TO, 0x9000, DAT_PROTECTED);
    purge_all();
    assert_int_equal(move(8, 0, 0), PGM_PROTECTION);
    assert_int_equal(kernel_maps, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(between_spaces, start),
        cmocka_unit_test_setup(length_is_limited, start),
        cmocka_unit_test_setup(length_has_32_bits_outside_of_64_bit_mode, start),
        cmocka_unit_test_setup(operands_cross_pages, start),
        cmocka_unit_test_setup(missing_and_protected_pages, start),
        cmocka_unit_test_setup(dat_must_be_on, start),
        cmocka_unit_test_setup(no_access_registers, start),
        cmocka_unit_test_setup(secondary_space_needs_its_control, start),
        cmocka_unit_test_setup(users_need_the_key_mask_for_their_own_key, start),
        cmocka_unit_test_setup(users_need_the_key_mask_for_explicit_keys, start),
        cmocka_unit_test_setup(users_never_reach_home_space, start),
        cmocka_unit_test_setup(pages_of_both_operands_are_prepared, start),
        cmocka_unit_test_setup(second_pages_are_prepared_by_themselves, start),
        cmocka_unit_test_setup(nothing_is_prepared_for_users, start),
        cmocka_unit_test_setup(nothing_is_prepared_if_nothing_moves, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
