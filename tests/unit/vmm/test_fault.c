/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: translation and protection exits. */
#include "tests/unit/vmm/fixture.h"
#include "vmm/purge.h"
#include "vmm/pv/fault.h"
#include "vmm/pv/shadow.h"

#define VA UINT64_C(0x705000)
#define PAGE_NUMBER (VA / 4096u)
#define FETCH 0x800u
#define STORE 0x400u
#define DAT_PROTECTION 0x4u
#define EXECUTE_PROTECTION 0x84u

static int start(void **state)
{
    fixture_start(state);
    fixture_dat_on();
    cpu.psw_address = 0x2000;
    return 0;
}

static uint64_t home_word(uint64_t page_number)
{
    return kernel_word(shadow_find(cpu.cr[13]), page_number);
}

static void missing_entry_is_filled(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(fault(&cpu, PGM_SEGMENT, VA | FETCH, 4), 0);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000);
    assert_int_equal(cpu.psw_address, 0x2000);
}

static void neighbours_are_filled_with_it(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    fixture_map(cpu.cr[13], VA + 0x1000, 0xa000, DAT_PROTECTED);
    fixture_map(cpu.cr[13], VA + 0x2000, GUEST_BYTES, 0);
    fixture_map(cpu.cr[13], VA + 0x3000, 0xb000, DAT_PTE_RESERVED);
    fixture_map(cpu.cr[13], VA - 0x6000, 0xc000, 0); /* outside of the sixteen */
    fault(&cpu, PGM_SEGMENT, VA | FETCH, 4);
    assert_int_equal(home_word(PAGE_NUMBER + 1), 0xa000 | BH_WORD_READ_ONLY);
    assert_int_equal(home_word(PAGE_NUMBER + 2), BH_WORD_INVALID);
    assert_int_equal(home_word(PAGE_NUMBER + 3), BH_WORD_INVALID);
    assert_int_equal(home_word(PAGE_NUMBER - 6), BH_WORD_INVALID);
    assert_int_equal(kernel_last_n, 16);
    assert_int_equal(kernel_maps, 1);
}

/* Measured fact 8: the lowcore under DAT still is where the prefix says. */
static void lowcore_pages_are_swapped_under_dat(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], 0, 0, 0);
    fixture_map(cpu.cr[13], 0x1000, 0x1000, 0);
    fixture_map(cpu.cr[13], 0x2000, PREFIX, 0);
    fault(&cpu, PGM_PAGE, FETCH, 4);
    assert_int_equal(home_word(0), PREFIX);
    assert_int_equal(home_word(1), PREFIX + 0x1000);
    assert_int_equal(home_word(2), 0);
}

static void protection_of_the_segment_counts_for_all(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    put(fixture_segment_entry(cpu.cr[13], VA),
        get(fixture_segment_entry(cpu.cr[13], VA)) | DAT_PROTECTED);
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000 | BH_WORD_READ_ONLY);
}

static void no_execution_only_if_the_guest_wants_it(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_NO_EXECUTE);
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000);
    cpu.cr[0] |= CR0_EXECUTE_PROTECTION;
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000 | BH_WORD_NO_EXECUTE);
}

static void large_frame_fills_its_segment(void **state)
{
    (void)state;
    cpu.cr[0] |= CR0_EDAT;
    fixture_map(cpu.cr[13], VA, 0, 0);
    put(fixture_segment_entry(cpu.cr[13], VA), 0x100000 | DAT_FORMAT_CONTROL | DAT_PROTECTED);
    assert_int_equal(fault(&cpu, PGM_PAGE, VA | FETCH, 4), 0);
    assert_int_equal(kernel_last_n, 256);
    assert_int_equal(home_word(0x700), 0x100000 | BH_WORD_READ_ONLY);
    assert_int_equal(home_word(0x7ff), 0x1ff000 | BH_WORD_READ_ONLY);
}

static void fault_of(uint64_t as, uint64_t teid_as, uint64_t asce)
{
    cpu.psw_mask = (cpu.psw_mask & ~PSW_AS_MASK) | as;
    fixture_map(asce, VA, 0x8000, 0);
    assert_int_equal(fault(&cpu, PGM_PAGE, VA | FETCH | teid_as, 4), 0);
    assert_int_equal(kernel_word(shadow_find(asce), PAGE_NUMBER), 0x8000);
}

static void each_space_has_its_own_shadow(void **state)
{
    (void)state;
    fault_of(PSW_AS_PRIMARY, AS_PRIMARY, cpu.cr[1]);
    assert_int_equal(home_word(PAGE_NUMBER), BH_WORD_INVALID);
    fault_of(PSW_AS_SECONDARY, AS_SECONDARY, cpu.cr[7]);
    fault_of(PSW_AS_HOME, AS_PRIMARY, cpu.cr[13]);
    fault_of(PSW_AS_HOME, AS_SECONDARY, cpu.cr[7]);
}

static void exceptions_of_the_guest(void **state)
{
    (void)state;
    assert_int_equal(fault(&cpu, PGM_PAGE, VA | FETCH, 6), PGM_REGION_THIRD);
    assert_int_equal(cpu.teid, VA | FETCH | AS_HOME); /* the machine said primary */
    assert_int_equal(cpu.psw_address, 0x2006);        /* where all exceptions expect it */
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_INVALID);
    assert_int_equal(fault(&cpu, PGM_SEGMENT, VA | STORE, 4), PGM_PAGE);
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_RESERVED);
    assert_int_equal(fault(&cpu, PGM_SEGMENT, VA | STORE, 4), PGM_TRANSLATION_SPECIFICATION);
    fixture_map(cpu.cr[13], VA, GUEST_BYTES, 0);
    assert_int_equal(fault(&cpu, PGM_SEGMENT, VA | STORE, 4), PGM_ADDRESSING);
    assert_int_equal(kernel_maps, 0);
}

static void dat_off_fills_real_addresses(void **state)
{
    uint32_t real;

    (void)state;
    cpu.psw_mask = PSW_64;
    assert_int_equal(fault(&cpu, PGM_SEGMENT, 0x5000 | STORE, 4), 0);
    real = shadow_find(SHADOW_REAL);
    assert_int_equal(kernel_last_n, 256);
    assert_int_equal(kernel_word(real, 0), PREFIX);
    assert_int_equal(kernel_word(real, 1), PREFIX + 0x1000);
    assert_int_equal(kernel_word(real, 5), 0x5000);
    assert_int_equal(kernel_word(real, PREFIX / 4096), 0);
    assert_int_equal(fault(&cpu, PGM_ASCE_TYPE, GUEST_BYTES | STORE, 4), PGM_ADDRESSING);
    assert_int_equal(cpu.psw_address, 0x2004);
}

/* Measured fact 9: a protection exit finds the PSW behind the instruction. */
static void protection_that_the_tables_lifted(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(fault(&cpu, PGM_PROTECTION, VA | STORE | DAT_PROTECTION, 4), 0);
    assert_int_equal(cpu.psw_address, 0x2000 - 4);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000);
}

static void protection_that_the_tables_want(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    assert_int_equal(fault(&cpu, PGM_PROTECTION, VA | STORE | DAT_PROTECTION, 4), PGM_PROTECTION);
    assert_int_equal(cpu.teid, VA | STORE | DAT_PROTECTION | AS_HOME);
    assert_int_equal(cpu.psw_address, 0x2000);
}

static void protection_whose_entry_is_gone(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_INVALID);
    assert_int_equal(fault(&cpu, PGM_PROTECTION, VA | STORE | DAT_PROTECTION, 4), PGM_PAGE);
    assert_int_equal(cpu.teid, VA | STORE | AS_HOME);
    assert_int_equal(cpu.psw_address, 0x2000);
}

static void protection_against_execution(void **state)
{
    (void)state;
    cpu.cr[0] |= CR0_EXECUTE_PROTECTION;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_NO_EXECUTE);
    assert_int_equal(fault(&cpu, PGM_PROTECTION, VA | FETCH | EXECUTE_PROTECTION, 2),
                     PGM_PROTECTION);
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(fault(&cpu, PGM_PROTECTION, VA | FETCH | EXECUTE_PROTECTION, 2), 0);
    assert_int_equal(cpu.psw_address, 0x2000 - 2);
}

static void low_address_protection_is_the_guests(void **state)
{
    (void)state;
    assert_int_equal(fault(&cpu, PGM_PROTECTION, 0 | STORE, 4), PGM_PROTECTION);
    cpu.psw_mask = PSW_64;
    assert_int_equal(fault(&cpu, PGM_PROTECTION, 0 | STORE, 4), PGM_PROTECTION);
    assert_int_equal(cpu.psw_address, 0x2000);
}

static void secondary_space_that_should_not_be_reached(void **state)
{
    (void)state;
    fixture_map(cpu.cr[7], VA, 0x8000, 0);
    cpu.cr[0] &= ~CR0_SECONDARY_SPACE;
    assert_int_equal(fault(&cpu, PGM_PAGE, VA | FETCH | AS_SECONDARY, 4), PGM_SPECIAL_OPERATION);
    assert_int_equal(cpu.psw_address, 0x2004);
    cpu.cr[0] |= CR0_SECONDARY_SPACE;
    cpu.psw_mask &= ~PSW_DAT;
    assert_int_equal(fault(&cpu, PGM_PAGE, VA | FETCH | AS_SECONDARY, 4), PGM_SPECIAL_OPERATION);
    assert_int_equal(kernel_maps, 0);
}

static void purged_space_is_filled_anew(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    purge_all();
    fixture_map(cpu.cr[13], VA, 0x9000, 0);
    assert_int_equal(home_word(PAGE_NUMBER), BH_WORD_INVALID);
    fault(&cpu, PGM_PAGE, VA | FETCH, 4);
    assert_int_equal(home_word(PAGE_NUMBER), 0x9000);
}

static void preparing_maps_what_a_fault_would(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    fixture_map(cpu.cr[13], VA + 0x1000, 0x9000, 0);
    fixture_map(cpu.cr[7], VA, 0xa000, 0);
    fault_prepare(&cpu, AS_HOME, VA + 0x123);
    assert_int_equal(home_word(PAGE_NUMBER), 0x8000 | BH_WORD_READ_ONLY);
    assert_int_equal(home_word(PAGE_NUMBER + 1), 0x9000);
    assert_int_equal(kernel_maps, 1);
    fault_prepare(&cpu, AS_SECONDARY, VA);
    assert_int_equal(kernel_word(shadow_find(cpu.cr[7]), PAGE_NUMBER), 0xa000);
    assert_int_equal(kernel_word(shadow_find(cpu.cr[1]), PAGE_NUMBER), BH_WORD_INVALID);
}

/* And no exception of the guest comes of it. */
static void preparing_what_is_missing_does_nothing(void **state)
{
    struct cpu before = cpu;

    (void)state;
    fault_prepare(&cpu, AS_HOME, VA);
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_INVALID);
    fault_prepare(&cpu, AS_HOME, VA);
    fixture_map(cpu.cr[13], VA, GUEST_BYTES, 0);
    fault_prepare(&cpu, AS_HOME, VA);
    assert_int_equal(kernel_maps, 0);
    assert_memory_equal(&cpu, &before, sizeof(cpu));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(missing_entry_is_filled, start),
        cmocka_unit_test_setup(neighbours_are_filled_with_it, start),
        cmocka_unit_test_setup(lowcore_pages_are_swapped_under_dat, start),
        cmocka_unit_test_setup(protection_of_the_segment_counts_for_all, start),
        cmocka_unit_test_setup(no_execution_only_if_the_guest_wants_it, start),
        cmocka_unit_test_setup(large_frame_fills_its_segment, start),
        cmocka_unit_test_setup(each_space_has_its_own_shadow, start),
        cmocka_unit_test_setup(exceptions_of_the_guest, start),
        cmocka_unit_test_setup(dat_off_fills_real_addresses, start),
        cmocka_unit_test_setup(protection_that_the_tables_lifted, start),
        cmocka_unit_test_setup(protection_that_the_tables_want, start),
        cmocka_unit_test_setup(protection_whose_entry_is_gone, start),
        cmocka_unit_test_setup(protection_against_execution, start),
        cmocka_unit_test_setup(low_address_protection_is_the_guests, start),
        cmocka_unit_test_setup(secondary_space_that_should_not_be_reached, start),
        cmocka_unit_test_setup(purged_space_is_filled_anew, start),
        cmocka_unit_test_setup(preparing_maps_what_a_fault_would, start),
        cmocka_unit_test_setup(preparing_what_is_missing_does_nothing, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
