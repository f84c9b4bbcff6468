/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: guest memory by absolute, real and logical address; the VMM's lookaside buffer. */
#include <string.h>

#include "tests/unit/vmm/fixture.h"
#include "vmm/lookaside.h"
#include "vmm/purge.h"

#define VA 0x700000u
#define TEID_STORE 0x400u
#define TEID_FETCH 0x800u

static void absolute_is_bound_checked(void **state)
{
    (void)state;
    assert_ptr_equal(guest_absolute(0, 1), guest_memory);
    assert_non_null(guest_absolute(GUEST_BYTES - 8, 8));
    assert_null(guest_absolute(GUEST_BYTES - 7, 8));
    assert_null(guest_absolute(GUEST_BYTES, 1));
    assert_null(guest_absolute(UINT64_MAX, 8));
    assert_null(guest_absolute(8, UINT64_MAX));
}

static void real_addresses_are_prefixed(void **state)
{
    (void)state;
    assert_ptr_equal(guest_real(&cpu, 0x1ff8, 8), guest_memory + PREFIX + 0x1ff8);
    assert_ptr_equal(guest_real(&cpu, PREFIX, 8), guest_memory);
    assert_ptr_equal(guest_real(&cpu, 0x2000, 8), guest_memory + 0x2000);
    assert_ptr_equal(guest_real(&cpu, PREFIX + 0x2000, 8), guest_memory + PREFIX + 0x2000);
    assert_null(guest_real(&cpu, 0x2ff9, 8)); /* crosses a page */
    assert_null(guest_real(&cpu, GUEST_BYTES, 1));
}

static void dat_off_reads_real_memory(void **state)
{
    uint64_t value;

    (void)state;
    set_low64(0x200, 0x1122334455667788);
    assert_int_equal(guest_read_u64(&cpu, 0x200, &value), 0);
    assert_true(value == 0x1122334455667788);
    assert_int_equal(guest_read_u64(&cpu, GUEST_BYTES, &value), PGM_ADDRESSING);
}

static void operands_may_cross_a_page(void **state)
{
    uint64_t value;
    uint8_t two[2];

    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    fixture_map(cpu.cr[13], VA + 0x1000, 0x6000, 0);
    assert_int_equal(guest_write_u64(&cpu, VA + 0xffc, 0x1122334455667788), 0);
    assert_int_equal(be32_get(guest_memory + 0x8ffc), 0x11223344);
    assert_int_equal(be32_get(guest_memory + 0x6000), 0x55667788);
    assert_int_equal(guest_read_u64(&cpu, VA + 0xffc, &value), 0);
    assert_true(value == 0x1122334455667788);
    memset(guest_memory + 0x9000, 0xee, 8);
    assert_int_equal(guest_write_u64(&cpu, VA + 0xff9, 0xaabbccddeeff0011), 0);
    assert_int_equal(guest_memory[0x6000], 0x11);
    assert_int_equal(guest_memory[0x9000], 0xee); /* the frame behind is another's */
    assert_int_equal(guest_read_u64(&cpu, VA + 0xff9, &value), 0);
    assert_true(value == 0xaabbccddeeff0011);
    assert_int_equal(guest_write(&cpu, VA + 0xfff, "\1\2", 2), 0);
    assert_int_equal(guest_memory[0x6000], 2);
    assert_int_equal(guest_read(&cpu, VA + 0xfff, two, 2), 0);
    assert_memory_equal(two, "\1\2", 2);
}

static void nothing_is_written_unless_all_can_be(void **state)
{
    uint8_t bytes[16] = {1, 2, 3};

    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(guest_write(&cpu, VA + 0xff8, bytes, 16), PGM_PAGE);
    assert_int_equal(get(0x8ff8), 0);
    assert_int_equal(cpu.teid, (VA + 0x1000) | TEID_STORE | AS_HOME);
    fixture_map(cpu.cr[13], VA + 0x1000, 0x9000, DAT_PROTECTED);
    assert_int_equal(guest_write(&cpu, VA + 0xff8, bytes, 16), PGM_PROTECTION);
    assert_int_equal(get(0x8ff8), 0);
}

static void identification_names_space_and_access(void **state)
{
    uint64_t value;

    (void)state;
    fixture_dat_on();
    assert_int_equal(guest_read_u64(&cpu, VA + 8, &value), PGM_REGION_THIRD);
    assert_int_equal(cpu.teid, VA | TEID_FETCH | AS_HOME);
    cpu.psw_mask = (cpu.psw_mask & ~PSW_AS_MASK) | PSW_AS_SECONDARY;
    assert_int_equal(guest_write_u64(&cpu, VA + 8, 1), PGM_REGION_THIRD);
    assert_int_equal(cpu.teid, VA | TEID_STORE | AS_SECONDARY);
    cpu.psw_mask &= ~PSW_AS_MASK;
    fixture_map(cpu.cr[1], VA, 0x8000, DAT_PROTECTED);
    assert_int_equal(guest_write_u64(&cpu, VA + 8, 1), PGM_PROTECTION);
    assert_int_equal(cpu.teid, VA | TEID_STORE | 4 | AS_PRIMARY);
    assert_int_equal(guest_read_u64(&cpu, VA + 8, &value), 0);
}

static void low_address_protection(void **state)
{
    uint8_t byte = 7;

    (void)state;
    cpu.cr[0] |= CR0_LOW_ADDRESS_PROTECTION;
    assert_int_equal(guest_write(&cpu, 0, &byte, 1), PGM_PROTECTION);
    assert_int_equal(guest_write(&cpu, 511, &byte, 1), PGM_PROTECTION);
    assert_int_equal(guest_write(&cpu, 512, &byte, 1), 0);
    assert_int_equal(guest_write(&cpu, 4095, &byte, 1), 0);
    assert_int_equal(guest_write(&cpu, 4096, &byte, 1), PGM_PROTECTION);
    assert_int_equal(cpu.teid & 4, 0); /* not because of tables */
    assert_int_equal(guest_write(&cpu, 4607, &byte, 1), PGM_PROTECTION);
    assert_int_equal(guest_write(&cpu, 4608, &byte, 1), 0);
    assert_int_equal(guest_read(&cpu, 0, &byte, 1), 0);
}

static void low_address_protection_follows_the_address_not_the_frame(void **state)
{
    uint8_t byte = 7;

    (void)state;
    fixture_dat_on();
    cpu.cr[0] |= CR0_LOW_ADDRESS_PROTECTION;
    fixture_map(cpu.cr[13], 0, 0x8000, 0);
    fixture_map(cpu.cr[13], VA, 0, 0);
    assert_int_equal(guest_write(&cpu, 0x10, &byte, 1), PGM_PROTECTION);
    assert_int_equal(guest_write(&cpu, VA + 0x10, &byte, 1), 0);
    cpu.cr[13] |= ASCE_PRIVATE; /* a private space has none */
    assert_int_equal(guest_write(&cpu, 0x10, &byte, 1), 0);
}

static void translations_stay_until_they_are_purged(void **state)
{
    uint64_t value;

    (void)state;
    fixture_dat_on();
    put(0x8000, 8);
    put(0x9000, 9);
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    fixture_map(cpu.cr[13], VA, 0x9000, 0);
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    assert_int_equal(value, 8);
    purge_all();
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    assert_int_equal(value, 9);
}

static void protection_that_was_lifted_without_a_purge(void **state)
{
    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    assert_int_equal(guest_write_u64(&cpu, VA, 1), PGM_PROTECTION);
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    assert_int_equal(guest_write_u64(&cpu, VA, 1), 0);
    assert_int_equal(get(0x8000), 1);
}

static void spaces_do_not_share_translations(void **state)
{
    uint64_t value;

    (void)state;
    fixture_dat_on();
    put(0x8000, 8);
    put(0x9000, 9);
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    fixture_map(cpu.cr[1], VA, 0x9000, 0);
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    assert_int_equal(value, 8);
    cpu.psw_mask &= ~PSW_AS_MASK;
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    assert_int_equal(value, 9);
}

/* Two tables whose entries share a place in the lookaside buffer. */
static void spaces_that_collide_do_not_share_translations(void **state)
{
    uint64_t first = fixture_space(), other = fixture_space();
    uint64_t second = first + 0x111000;
    uint64_t value;

    (void)state;
    fixture_map(first, VA, 0x8000, 0);
    fixture_map(other, VA, 0x9000, 0);
    memcpy(guest_memory + asce_table(second) * 4096, guest_memory + asce_table(other) * 4096,
           16384);
    put(0x8000, 8);
    put(0x9000, 9);
    cpu.psw_mask |= PSW_DAT;
    cpu.cr[1] = first;
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    cpu.cr[1] = second;
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    assert_int_equal(value, 9);
}

static void addresses_wrap(void **state)
{
    uint64_t value;

    (void)state;
    cpu.psw_mask = PSW_BA;
    put(0x8000, 8);
    assert_int_equal(guest_read_u64(&cpu, 0x80008000, &value), 0);
    assert_int_equal(value, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(absolute_is_bound_checked, fixture_start),
        cmocka_unit_test_setup(real_addresses_are_prefixed, fixture_start),
        cmocka_unit_test_setup(dat_off_reads_real_memory, fixture_start),
        cmocka_unit_test_setup(operands_may_cross_a_page, fixture_start),
        cmocka_unit_test_setup(nothing_is_written_unless_all_can_be, fixture_start),
        cmocka_unit_test_setup(identification_names_space_and_access, fixture_start),
        cmocka_unit_test_setup(low_address_protection, fixture_start),
        cmocka_unit_test_setup(low_address_protection_follows_the_address_not_the_frame,
                               fixture_start),
        cmocka_unit_test_setup(translations_stay_until_they_are_purged, fixture_start),
        cmocka_unit_test_setup(protection_that_was_lifted_without_a_purge, fixture_start),
        cmocka_unit_test_setup(spaces_do_not_share_translations, fixture_start),
        cmocka_unit_test_setup(spaces_that_collide_do_not_share_translations, fixture_start),
        cmocka_unit_test_setup(addresses_wrap, fixture_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
