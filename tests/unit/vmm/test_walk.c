/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: walk of the guest's tables, every exception. */
#include "tests/unit/vmm/fixture.h"
#include "vmm/walk.h"

#define VA 0x123456789u

static struct walk found;
static uint64_t asce;

static int start(void **state)
{
    fixture_start(state);
    asce = fixture_space();
    fixture_map(asce, VA, 0x5000, 0);
    return 0;
}

static program_code go(void)
{
    return walk(&cpu, asce, VA, &found);
}

static void translates(void **state)
{
    (void)state;
    assert_int_equal(go(), 0);
    assert_int_equal(found.real, 0x5000);
    assert_int_equal(found.absolute, 0x5000);
    assert_int_equal(found.entry, found.page_table + dat_page_index(VA) * 8);
    assert_int_equal(found.protect + found.no_execute + found.large + found.identity, 0);
}

static void prefixing_applies_to_what_the_tables_say(void **state)
{
    (void)state;
    fixture_map(asce, VA, 0x1000, 0);
    assert_int_equal(go(), 0);
    assert_int_equal(found.real, 0x1000);
    assert_int_equal(found.absolute, PREFIX + 0x1000);
    fixture_map(asce, VA, PREFIX + 0x1000, 0);
    assert_int_equal(go(), 0);
    assert_int_equal(found.absolute, 0x1000);
}

static void invalid_entries(void **state)
{
    uint64_t pte = fixture_map(asce, VA, 0x5000, DAT_PTE_INVALID);

    (void)state;
    assert_int_equal(go(), PGM_PAGE);
    assert_int_equal(found.entry, pte);
    put(fixture_segment_entry(asce, VA), DAT_SEGMENT_EMPTY);
    assert_int_equal(go(), PGM_SEGMENT);
    assert_int_equal(found.entry, fixture_segment_entry(asce, VA));
    put(fixture_region_entry(asce, VA), DAT_REGION3_EMPTY);
    assert_int_equal(go(), PGM_REGION_THIRD);
}

static void upper_regions(void **state)
{
    uint64_t second = TABLES + 0x100000, first = TABLES + 0x110000;

    (void)state;
    put(second, (asce & ~UINT64_C(0xfff)) + DAT_TYPE_REGION2 + 3);
    put(first, second + DAT_TYPE_REGION1 + 3);
    assert_int_equal(walk(&cpu, second + ASCE_TYPE_REGION2 + 3, VA, &found), 0);
    assert_int_equal(walk(&cpu, first + ASCE_TYPE_REGION1 + 3, VA, &found), 0);
    put(second, DAT_REGION2_EMPTY);
    assert_int_equal(walk(&cpu, first + ASCE_TYPE_REGION1 + 3, VA, &found), PGM_REGION_SECOND);
    put(first, DAT_REGION1_EMPTY);
    assert_int_equal(walk(&cpu, first + ASCE_TYPE_REGION1 + 3, VA, &found), PGM_REGION_FIRST);
}

static void addresses_beyond_the_top_table(void **state)
{
    (void)state;
    assert_int_equal(walk(&cpu, asce, UINT64_C(1) << 42, &found), PGM_ASCE_TYPE);
    assert_int_equal(walk(&cpu, asce, (UINT64_C(1) << 42) - 1, &found), PGM_REGION_THIRD);
    assert_int_equal(walk(&cpu, TABLES + 3, UINT64_C(1) << 31, &found), PGM_ASCE_TYPE);
    assert_int_equal(walk(&cpu, TABLES + ASCE_TYPE_REGION2 + 3, UINT64_C(1) << 53, &found),
                     PGM_ASCE_TYPE);
}

static void table_length_and_offset(void **state)
{
    uint64_t entry = get(fixture_region_entry(asce, VA));
    uint64_t at = fixture_region_entry(asce, VA);
    uint32_t quarter = (uint32_t)dat_segment_index(VA) / 512;

    (void)state;
    assert_int_equal(quarter, 1); /* the address is chosen so */
    put(at, (entry & ~UINT64_C(0xc3)) | 1);
    assert_int_equal(go(), 0);
    put(at, (entry & ~UINT64_C(0xc3)) | 0); /* only the first quarter exists */
    assert_int_equal(go(), PGM_SEGMENT);
    put(at, (entry & ~UINT64_C(0xc3)) | 2 << 6 | 3); /* the first two do not */
    assert_int_equal(go(), PGM_SEGMENT);
    assert_int_equal(walk(&cpu, asce & ~UINT64_C(3), UINT64_C(0x10000000000), &found),
                     PGM_REGION_THIRD); /* index 512 of a table of one quarter */
}

static void formats(void **state)
{
    uint64_t region = get(fixture_region_entry(asce, VA));
    uint64_t segment = get(fixture_segment_entry(asce, VA));

    (void)state;
    put(fixture_segment_entry(asce, VA), segment | DAT_TYPE_REGION3);
    assert_int_equal(go(), PGM_TRANSLATION_SPECIFICATION);
    put(fixture_segment_entry(asce, VA), segment);
    put(fixture_region_entry(asce, VA), region & ~DAT_TYPE_MASK);
    assert_int_equal(go(), PGM_TRANSLATION_SPECIFICATION);
    put(fixture_region_entry(asce, VA), region);
    fixture_map(asce, VA, 0x5000, DAT_PTE_RESERVED);
    assert_int_equal(go(), PGM_TRANSLATION_SPECIFICATION);
}

static void addressing(void **state)
{
    (void)state;
    fixture_map(asce, VA, GUEST_BYTES, 0);
    assert_int_equal(go(), PGM_ADDRESSING);
    put(fixture_segment_entry(asce, VA), GUEST_BYTES);
    assert_int_equal(go(), PGM_ADDRESSING);
    put(fixture_region_entry(asce, VA), GUEST_BYTES + DAT_TYPE_REGION3 + 3);
    assert_int_equal(go(), PGM_ADDRESSING);
    assert_int_equal(walk(&cpu, GUEST_BYTES + ASCE_TYPE_REGION3 + 3, VA, &found), PGM_ADDRESSING);
    assert_int_equal(walk(&cpu, ~UINT64_C(0xfff) + ASCE_TYPE_REGION3 + 3, VA, &found),
                     PGM_ADDRESSING);
}

static void protection(void **state)
{
    (void)state;
    fixture_map(asce, VA, 0x5000, DAT_PROTECTED);
    assert_int_equal(go(), 0);
    assert_true(found.protect && !found.table_protect);
    fixture_map(asce, VA, 0x5000, 0);
    put(fixture_segment_entry(asce, VA), get(fixture_segment_entry(asce, VA)) | DAT_PROTECTED);
    assert_int_equal(go(), 0);
    assert_true(found.protect && found.table_protect);
}

static void protection_of_regions_needs_edat(void **state)
{
    (void)state;
    put(fixture_region_entry(asce, VA), get(fixture_region_entry(asce, VA)) | DAT_PROTECTED);
    assert_int_equal(go(), 0);
    assert_false(found.protect);
    cpu.cr[0] |= CR0_EDAT;
    assert_int_equal(go(), 0);
    assert_true(found.protect);
}

static void no_execution_needs_its_control(void **state)
{
    (void)state;
    fixture_map(asce, VA, 0x5000, DAT_NO_EXECUTE);
    assert_int_equal(go(), 0);
    assert_false(found.no_execute);
    cpu.cr[0] |= CR0_EXECUTE_PROTECTION;
    assert_int_equal(go(), 0);
    assert_true(found.no_execute);
}

static void large_frames_need_edat(void **state)
{
    (void)state;
    put(fixture_segment_entry(asce, VA), 0x100000 | DAT_FORMAT_CONTROL);
    cpu.cr[0] |= CR0_EDAT;
    assert_int_equal(go(), 0);
    assert_true(found.large);
    assert_int_equal(found.absolute, 0x100000 + (VA & 0xff000));
    put(fixture_segment_entry(asce, VA), DAT_FORMAT_CONTROL); /* absolute: no prefixing */
    assert_int_equal(walk(&cpu, asce, VA & ~UINT64_C(0xfffff), &found), 0);
    assert_int_equal(found.absolute, 0);
    put(fixture_segment_entry(asce, VA), GUEST_BYTES | DAT_FORMAT_CONTROL);
    assert_int_equal(go(), PGM_ADDRESSING);
}

static void real_space(void **state)
{
    (void)state;
    assert_int_equal(walk(&cpu, ASCE_REAL_SPACE, 0x1234, &found), 0);
    assert_true(found.identity);
    assert_int_equal(found.real, 0x1000);
    assert_int_equal(found.absolute, PREFIX + 0x1000);
    assert_int_equal(walk(&cpu, ASCE_REAL_SPACE, GUEST_BYTES, &found), PGM_ADDRESSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(translates, start),
        cmocka_unit_test_setup(prefixing_applies_to_what_the_tables_say, start),
        cmocka_unit_test_setup(invalid_entries, start),
        cmocka_unit_test_setup(upper_regions, start),
        cmocka_unit_test_setup(addresses_beyond_the_top_table, start),
        cmocka_unit_test_setup(table_length_and_offset, start),
        cmocka_unit_test_setup(formats, start),
        cmocka_unit_test_setup(addressing, start),
        cmocka_unit_test_setup(protection, start),
        cmocka_unit_test_setup(protection_of_regions_needs_edat, start),
        cmocka_unit_test_setup(no_execution_needs_its_control, start),
        cmocka_unit_test_setup(large_frames_need_edat, start),
        cmocka_unit_test_setup(real_space, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
