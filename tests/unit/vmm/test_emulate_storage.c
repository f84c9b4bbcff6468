/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: emulated instructions on storage, keys and translations. */
#include <string.h>

#include "tests/unit/vmm/fixture.h"
#include "vmm/emulate/key.h"
#include "vmm/handlers.h"
#include "vmm/pv/kernel.h"
#include "vmm/pv/shadow.h"

#define VA UINT64_C(0x705000)
#define CC() psw_cc_get(cpu.psw_mask)

static int start(void **state)
{
    fixture_start(state);
    fixture_dat_on();
    return 0;
}

static struct instruction rre(uint32_t r1, uint32_t r2)
{
    return (struct instruction){.r1 = (uint8_t)r1, .r2 = (uint8_t)r2};
}

static struct instruction rx(uint32_t r1, uint64_t address)
{
    return (struct instruction){.r1 = (uint8_t)r1, .address = address};
}

static void works(instruction_handler handler, struct instruction in)
{
    assert_int_equal(handler(&cpu, &in), PGM_NONE);
}

static void refused(instruction_handler handler, struct instruction in, program_code code)
{
    uint64_t mask = cpu.psw_mask;
    struct bh_vcpu registers = page;

    assert_int_equal(handler(&cpu, &in), code);
    assert_true(cpu.psw_mask == mask);
    assert_memory_equal(&page, &registers, sizeof(page));
}

/* A page that a shadow space has; what is left of it after a purge says what was purged. */
static uint32_t shadowed(uint64_t asce, uint64_t page_number)
{
    uint32_t number = shadow_find(asce);

    kernel_words[0] = 0x8000;
    shadow_map(number, page_number, 1);
    return number;
}

static int is_shadowed(uint64_t asce, uint64_t page_number)
{
    return kernel_word(shadow_find(asce), page_number) != BH_WORD_INVALID;
}

static void real_addresses_of_mapped_pages(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    page.gr[1] = UINT64_MAX;
    works(emulate_lra, rx(1, VA + 0x123));
    assert_int_equal(CC(), 0);
    assert_int_equal(page.gr[1], 0x8123);
    works(emulate_lrag, rx(2, VA + 0x123));
    assert_int_equal(page.gr[2], 0x8123);
    works(emulate_lray, rx(3, VA + 0x123));
    assert_int_equal(page.gr[3], 0x8123);
}

static void real_addresses_are_not_prefixed(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x1000, 0);
    works(emulate_lra, rx(1, VA));
    assert_int_equal(page.gr[1], 0x1000);
}

static void real_addresses_in_31_bit_mode(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    cpu.psw_mask &= ~PSW_EA;
    page.gr[1] = UINT64_C(0x1122334455667788);
    works(emulate_lra, rx(1, VA));
    assert_true(page.gr[1] == UINT64_C(0x1122334400008000));
    works(emulate_lrag, rx(1, VA));
    assert_int_equal(page.gr[1], 0x8000);
}

static void real_addresses_of_other_spaces(void **state)
{
    (void)state;
    fixture_map(cpu.cr[7], VA, 0x9000, 0);
    cpu.psw_mask = (cpu.psw_mask & ~PSW_AS_MASK) | PSW_AS_SECONDARY;
    works(emulate_lra, rx(1, VA));
    assert_int_equal(page.gr[1], 0x9000);
}

static void real_addresses_that_are_missing(void **state)
{
    uint64_t pte = fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_INVALID);

    (void)state;
    works(emulate_lra, rx(1, VA));
    assert_int_equal(CC(), 2);
    assert_int_equal(page.gr[1], pte);
    works(emulate_lra, rx(1, VA + 0x100000));
    assert_int_equal(CC(), 1);
    assert_int_equal(page.gr[1], fixture_segment_entry(cpu.cr[13], VA + 0x100000));
    page.gr[1] = UINT64_MAX;
    works(emulate_lrag, rx(1, UINT64_C(1) << 31));
    assert_int_equal(CC(), 3);
    assert_true(page.gr[1] == (UINT64_C(0xffffffff80000000) | PGM_REGION_THIRD));
    works(emulate_lrag, rx(1, UINT64_C(1) << 42));
    assert_int_equal((uint32_t)page.gr[1], 0x80000000 | PGM_ASCE_TYPE);
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PTE_RESERVED);
    refused(emulate_lra, rx(1, VA), PGM_TRANSLATION_SPECIFICATION);
}

static void test_protection(void **state)
{
    (void)state;
    works(emulate_tprot, rx(0, VA));
    assert_int_equal(CC(), 3);
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    works(emulate_tprot, rx(0, VA));
    assert_int_equal(CC(), 1);
    fixture_map(cpu.cr[13], VA + 0x1000, 0x8000, 0);
    works(emulate_tprot, rx(0, VA + 0x1000));
    assert_int_equal(CC(), 0);
    fixture_map(cpu.cr[13], VA + 0x2000, GUEST_BYTES, 0);
    refused(emulate_tprot, rx(0, VA + 0x2000), PGM_ADDRESSING);
}

static void load_and_store_by_real_address(void **state)
{
    (void)state;
    page.gr[2] = 0x300; /* in the lowcore: prefixed, and not translated */
    page.gr[1] = 0x1122334455667788;
    works(emulate_sturg, rre(1, 2));
    assert_true(low64(0x300) == 0x1122334455667788);
    page.gr[3] = UINT64_MAX;
    works(emulate_lura, rre(3, 2));
    assert_true(page.gr[3] == UINT64_C(0xffffffff11223344));
    works(emulate_lurag, rre(3, 2));
    assert_true(page.gr[3] == 0x1122334455667788);
    page.gr[2] = 0x304;
    page.gr[1] = 0xaaaaaaaa;
    works(emulate_stura, rre(1, 2));
    assert_true(low64(0x300) == 0x11223344aaaaaaaa);
}

static void bad_real_addresses(void **state)
{
    (void)state;
    page.gr[2] = 0x304;
    refused(emulate_sturg, rre(1, 2), PGM_SPECIFICATION);
    refused(emulate_lurag, rre(1, 2), PGM_SPECIFICATION);
    page.gr[2] = 0x302;
    refused(emulate_stura, rre(1, 2), PGM_SPECIFICATION);
    refused(emulate_lura, rre(1, 2), PGM_SPECIFICATION);
    page.gr[2] = GUEST_BYTES;
    refused(emulate_sturg, rre(1, 2), PGM_ADDRESSING);
    refused(emulate_lura, rre(1, 2), PGM_ADDRESSING);
    cpu.cr[0] |= CR0_LOW_ADDRESS_PROTECTION;
    page.gr[2] = 0x1f8;
    refused(emulate_sturg, rre(1, 2), PGM_PROTECTION);
    page.gr[2] = 0x200;
    works(emulate_sturg, rre(1, 2));
}

static void test_block_clears(void **state)
{
    (void)state;
    memset(guest_memory + 0x8000, 0xff, 0x2000);
    page.gr[2] = 0x8123;
    page.gr[0] = 5;
    works(emulate_tb, rre(0, 2));
    assert_int_equal(get(0x8000) | get(0x8ff8), 0);
    assert_true(get(0x9000) == UINT64_MAX);
    assert_int_equal(page.gr[0], 0);
    assert_int_equal(CC(), 0);
    page.gr[2] = GUEST_BYTES;
    refused(emulate_tb, rre(0, 2), PGM_ADDRESSING);
}

static void storage_keys_are_kept(void **state)
{
    (void)state;
    page.gr[1] = 0xfe;
    page.gr[2] = 0x8000;
    works(emulate_sske, rre(1, 2));
    page.gr[3] = UINT64_C(0x1122334455667700);
    works(emulate_iske, rre(3, 2));
    assert_true(page.gr[3] == UINT64_C(0x11223344556677fe));
    page.gr[2] = 0x9000;
    works(emulate_iske, rre(3, 2));
    assert_int_equal(page.gr[3] & 0xff, 6); /* referenced and changed, as always */
    works(emulate_rrbe, rre(3, 2));
    assert_int_equal(CC(), 3);
    key_reset();
    page.gr[2] = 0x8000;
    works(emulate_iske, rre(3, 2));
    assert_int_equal(page.gr[3] & 0xff, 6);
    page.gr[2] = GUEST_BYTES;
    refused(emulate_iske, rre(3, 2), PGM_ADDRESSING);
    refused(emulate_sske, rre(3, 2), PGM_ADDRESSING);
    refused(emulate_rrbe, rre(3, 2), PGM_ADDRESSING);
}

static void conditional_key_tells_the_old_one(void **state)
{
    struct instruction in = rre(1, 2);

    (void)state;
    in.i2 = 0x40;
    page.gr[1] = 0x30;
    page.gr[2] = 0x8000;
    works(emulate_sske, in);
    assert_int_equal(CC(), 1);
    assert_int_equal(page.gr[1], 0x0630);
    works(emulate_sske, in);
    assert_int_equal(CC(), 0);
    assert_int_equal(page.gr[1], 0x3630);
}

static void keys_of_many_blocks(void **state)
{
    struct instruction in = rre(1, 2);

    (void)state;
    in.i2 = 0x10;
    page.gr[1] = 0x50;
    page.gr[2] = 0x1fe000;
    works(emulate_sske, in);
    assert_int_equal(page.gr[2], 0x200000);
    page.gr[2] = 0x1ff000;
    works(emulate_iske, rre(3, 2));
    assert_int_equal(page.gr[3] & 0xf8, 0x50);
    page.gr[2] = 0x200000;
    works(emulate_iske, rre(3, 2));
    assert_int_equal(page.gr[3] & 0xf8, 0);
}

static void set_and_store_prefix(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    shadowed(cpu.cr[13], 5);
    be32_put(guest_memory + 0x8000, 0x80021fff);
    works(emulate_spx, rx(0, VA));
    assert_int_equal(cpu.prefix, 0x20000);
    assert_false(is_shadowed(cpu.cr[13], 5));
    works(emulate_stpx, rx(0, VA + 4));
    assert_int_equal(be32_get(guest_memory + 0x8004), 0x20000);
    refused(emulate_spx, rx(0, VA + 2), PGM_SPECIFICATION);
    refused(emulate_stpx, rx(0, VA + 2), PGM_SPECIFICATION);
    be32_put(guest_memory + 0x8000, GUEST_BYTES);
    refused(emulate_spx, rx(0, VA), PGM_ADDRESSING);
    assert_int_equal(cpu.prefix, 0x20000);
}

static void ptlb(void **state)
{
    (void)state;
    shadowed(cpu.cr[13], 5);
    shadowed(cpu.cr[1], 5);
    works(emulate_ptlb, rre(0, 0));
    assert_false(is_shadowed(cpu.cr[13], 5));
    assert_false(is_shadowed(cpu.cr[1], 5));
}

static void ipte_invalidates_and_purges_one_page(void **state)
{
    uint64_t pte = fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    uint64_t value;

    (void)state;
    assert_int_equal(guest_read_u64(&cpu, VA, &value), 0);
    shadowed(cpu.cr[13], VA / 4096);
    shadowed(cpu.cr[1], VA / 4096);
    shadowed(cpu.cr[13], VA / 4096 + 1);
    page.gr[1] = pte & ~UINT64_C(0x7ff);
    page.gr[2] = VA;
    works(emulate_ipte, rre(1, 2));
    assert_true(get(pte) == (0x8000 | DAT_PROTECTED | DAT_PTE_INVALID));
    assert_false(is_shadowed(cpu.cr[13], VA / 4096));
    assert_false(is_shadowed(cpu.cr[1], VA / 4096));
    assert_true(is_shadowed(cpu.cr[13], VA / 4096 + 1));
    assert_int_equal(guest_read_u64(&cpu, VA, &value), PGM_PAGE);
    page.gr[1] = GUEST_BYTES;
    refused(emulate_ipte, rre(1, 2), PGM_ADDRESSING);
}

static void ipte_of_a_range(void **state)
{
    struct instruction in = rre(1, 2);
    uint64_t pte = fixture_map(cpu.cr[13], VA, 0x8000, 0);

    (void)state;
    fixture_map(cpu.cr[13], VA + 0x1000, 0x9000, 0);
    fixture_map(cpu.cr[13], VA + 0x2000, 0xa000, 0);
    shadowed(cpu.cr[13], VA / 4096 + 1);
    in.r3 = 3;
    page.gr[1] = pte & ~UINT64_C(0x7ff);
    page.gr[2] = VA;
    page.gr[3] = 1;
    works(emulate_ipte, in);
    assert_int_equal(get(pte + 8), 0x9000 | DAT_PTE_INVALID);
    assert_int_equal(get(pte + 16), 0xa000);
    assert_false(is_shadowed(cpu.cr[13], VA / 4096 + 1));
    page.gr[3] = 0xff;
    refused(emulate_ipte, in, PGM_SPECIFICATION);
}

/* Measured fact 7: the space to clear is in the third register. */
static void idte_clears_the_space_of_its_third_register(void **state)
{
    struct instruction in = rre(1, 2);

    (void)state;
    shadowed(cpu.cr[13], 5);
    shadowed(cpu.cr[1], 5);
    in.r3 = 3;
    page.gr[1] = cpu.cr[13];
    page.gr[2] = 0x800;
    page.gr[3] = cpu.cr[1];
    works(emulate_idte, in);
    assert_false(is_shadowed(cpu.cr[1], 5));
    assert_true(is_shadowed(cpu.cr[13], 5));
}

static void idte_invalidates_entries(void **state)
{
    struct instruction in = rre(1, 2);
    uint64_t at;

    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    fixture_map(cpu.cr[13], VA + 0x100000, 0x8000, 0);
    fixture_map(cpu.cr[13], VA + 0x200000, 0x8000, 0);
    shadowed(cpu.cr[13], 5);
    at = fixture_segment_entry(cpu.cr[13], VA);
    page.gr[1] = at & ~UINT64_C(0xfff);
    page.gr[2] = (VA & ~UINT64_C(0xfffff)) | 1; /* and one more */
    works(emulate_idte, in);
    assert_false(dat_upper_valid(get(at)));
    assert_false(dat_upper_valid(get(at + 8)));
    assert_true(dat_upper_valid(get(at + 16)));
    assert_false(is_shadowed(cpu.cr[13], 5));
    page.gr[1] = GUEST_BYTES;
    refused(emulate_idte, in, PGM_ADDRESSING);
}

static void compare_and_swap_and_purge(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    shadowed(cpu.cr[13], 5);
    put(0x8000, 11);
    page.gr[4] = 12;
    page.gr[5] = 13;
    page.gr[2] = VA | 1;
    works(emulate_cspg, rre(4, 2));
    assert_int_equal(CC(), 1);
    assert_int_equal(page.gr[4], 11);
    assert_int_equal(get(0x8000), 11);
    assert_true(is_shadowed(cpu.cr[13], 5)); /* no swap, no purge */
    page.gr[2] = VA;
    works(emulate_cspg, rre(4, 2));
    assert_int_equal(CC(), 0);
    assert_int_equal(get(0x8000), 13);
    assert_true(is_shadowed(cpu.cr[13], 5)); /* no request, no purge */
    page.gr[4] = 13;
    page.gr[2] = VA | 1;
    works(emulate_cspg, rre(4, 2));
    assert_false(is_shadowed(cpu.cr[13], 5));
}

static void compare_and_swap_of_a_word(void **state)
{
    (void)state;
    fixture_map(cpu.cr[13], VA, 0x8000, 0);
    put(0x8000, 0x1111111122222222);
    page.gr[4] = 0xffffffff00000000;
    page.gr[5] = 0xffffffff33333333;
    page.gr[2] = VA + 4;
    works(emulate_csp, rre(4, 2));
    assert_int_equal(CC(), 1);
    assert_true(page.gr[4] == 0xffffffff22222222);
    works(emulate_csp, rre(4, 2));
    assert_int_equal(CC(), 0);
    assert_true(get(0x8000) == 0x1111111133333333);
}

static void compare_and_swap_exceptions(void **state)
{
    (void)state;
    page.gr[2] = VA;
    refused(emulate_csp, rre(3, 2), PGM_SPECIFICATION);
    refused(emulate_cspg, rre(3, 2), PGM_SPECIFICATION);
    refused(emulate_csp, rre(4, 2), PGM_REGION_THIRD);
    fixture_map(cpu.cr[13], VA, 0x8000, DAT_PROTECTED);
    refused(emulate_cspg, rre(4, 2), PGM_PROTECTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(real_addresses_of_mapped_pages, start),
        cmocka_unit_test_setup(real_addresses_are_not_prefixed, start),
        cmocka_unit_test_setup(real_addresses_in_31_bit_mode, start),
        cmocka_unit_test_setup(real_addresses_of_other_spaces, start),
        cmocka_unit_test_setup(real_addresses_that_are_missing, start),
        cmocka_unit_test_setup(test_protection, start),
        cmocka_unit_test_setup(load_and_store_by_real_address, start),
        cmocka_unit_test_setup(bad_real_addresses, start),
        cmocka_unit_test_setup(test_block_clears, start),
        cmocka_unit_test_setup(storage_keys_are_kept, start),
        cmocka_unit_test_setup(conditional_key_tells_the_old_one, start),
        cmocka_unit_test_setup(keys_of_many_blocks, start),
        cmocka_unit_test_setup(set_and_store_prefix, start),
        cmocka_unit_test_setup(ptlb, start),
        cmocka_unit_test_setup(ipte_invalidates_and_purges_one_page, start),
        cmocka_unit_test_setup(ipte_of_a_range, start),
        cmocka_unit_test_setup(idte_clears_the_space_of_its_third_register, start),
        cmocka_unit_test_setup(idte_invalidates_entries, start),
        cmocka_unit_test_setup(compare_and_swap_and_purge, start),
        cmocka_unit_test_setup(compare_and_swap_of_a_word, start),
        cmocka_unit_test_setup(compare_and_swap_exceptions, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
