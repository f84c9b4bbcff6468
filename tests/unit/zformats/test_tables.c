/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: entries of I/O translation tables, CPU translation tables, and the PSW. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "libs/zformats/dat.h"
#include "libs/zformats/iotable.h"
#include "libs/zformats/psw.h"

static void io_index_split(void **state)
{
    uint64_t iova = UINT64_C(0x3ff) * 0x80000000 + UINT64_C(0x7fe) * 0x100000 + 0xab * 0x1000 + 5;

    (void)state;
    assert_int_equal(iot_region3_index(iova), 0x3ff);
    assert_int_equal(iot_segment_index(iova), 0x7fe);
    assert_int_equal(iot_page_index(iova), 0xab);
    assert_true(iot_iova(0x3ff, 0x7fe, 0xab) == iova - 5);
    /* Bits above the table's reach do not take part: addresses alias. */
    assert_int_equal(iot_region3_index(IOT_SPACE_SIZE), 0);
}

static void io_entries_have_the_documented_bits(void **state)
{
    (void)state;
    assert_true(iot_rte_make(1) == 0x4007);
    assert_true(iot_ste_make(3) == 0x1800);
    assert_true(iot_pte_make(0x12345, 0) == 0x12345000);
    assert_true(iot_pte_make(0x12345, 1) == 0x12345200);
    assert_true(iota_make(2) == 0x8804);
    assert_int_equal(IOT_UPPER_EMPTY, 0x20);
    assert_int_equal(IOT_PTE_EMPTY, 0x400);
    assert_int_equal(IOT_RTE_FLAGS, IOT_TYPE_REGION3 + IOT_LENGTH_FULL);
}

static void io_entries_decode(void **state)
{
    (void)state;
    assert_true(iot_upper_valid(iot_rte_make(5)));
    assert_false(iot_upper_valid(IOT_UPPER_EMPTY));
    assert_true(iot_rte_type_ok(iot_rte_make(5)));
    assert_false(iot_rte_type_ok(0x4003));
    assert_true(iot_rte_length_ok(0x4007));
    assert_false(iot_rte_length_ok(0x4006));
    assert_false(iot_rte_length_ok(0x4047));
    assert_true(iot_rte_table(iot_rte_make(77)) == 77);
    assert_true(iot_ste_table(iot_ste_make(77)) == 77);
    assert_true(iot_ste_type_ok(iot_ste_make(77)));
    assert_false(iot_ste_type_ok(0x804));
    assert_true(iot_pte_valid(0));
    assert_false(iot_pte_valid(0x12345400));
    assert_true(iot_pte_frame(0x12345600) == 0x12345);
    assert_true(iot_protected(0x200));
    assert_false(iot_protected(0x400));
}

/* 0x400 is "invalid" in a page table entry and "1 MiB frame" in a segment table entry. */
static void io_bit_0x400_depends_on_the_level(void **state)
{
    (void)state;
    assert_true(iot_ste_is_1m(0x500400));
    assert_true(iot_upper_valid(0x500400));
    assert_true(iot_ste_1m_frame(0x500400) == 0x500);
    assert_false(iot_ste_is_1m(0x500800));
    assert_false(iot_upper_valid(0x500420));
    assert_true(iot_pte_valid(0x500020));
}

static void io_largest_numbers_fit(void **state)
{
    (void)state;
    assert_true(iot_pte_frame(iot_pte_make(IOT_FRAME_LIMIT - 1, 1)) == IOT_FRAME_LIMIT - 1);
    assert_true(iot_rte_table(iot_rte_make(IOT_TABLE_LIMIT - 1)) == IOT_TABLE_LIMIT - 1);
    assert_true(iot_ste_table(iot_ste_make(IOT_PAGE_TABLE_LIMIT - 1)) == IOT_PAGE_TABLE_LIMIT - 1);
}

static void anchor_accepts_nothing_but_plain_rtto(void **state)
{
    (void)state;
    assert_true(iota_is_plain_rtto(0x10804));
    assert_true(iota_is_plain_rtto(0x10a04));
    assert_false(iota_is_plain_rtto(0x10004)); /* T = 0: identity */
    assert_false(iota_is_plain_rtto(0x10800)); /* segment table */
    assert_false(iota_is_plain_rtto(0x10824)); /* key */
    assert_false(iota_is_plain_rtto(0x10805)); /* frame size */
    assert_false(iota_is_plain_rtto(0x11804)); /* origin not aligned */
    assert_true(iota_table(0x10804) == 4);
    assert_true(iota_translates(0x804));
    assert_false(iota_translates(0x4));
    assert_int_equal(iota_designation(0x804), 1);
    assert_int_equal(iota_designation(0x81c), 7);
}

static void cpu_index_split(void **state)
{
    uint64_t va = UINT64_C(0xfedcba9876543210);

    (void)state;
    assert_int_equal(dat_region1_index(va), 0xfedcba9876543210 >> 53);
    assert_int_equal(dat_region2_index(va), (0xfedcba9876543210 >> 42) & 0x7ff);
    assert_int_equal(dat_region3_index(va), (0xfedcba9876543210 >> 31) & 0x7ff);
    assert_int_equal(dat_segment_index(va), (0xfedcba9876543210 >> 20) & 0x7ff);
    assert_int_equal(dat_page_index(va), (0xfedcba9876543210 >> 12) & 0xff);
}

static void cpu_entries(void **state)
{
    (void)state;
    assert_true(asce_make(0x1234, ASCE_TYPE_REGION3) == 0x1234007);
    assert_true(asce_table(0x1234007) == 0x1234);
    assert_int_equal(asce_type(0x1234007), ASCE_TYPE_REGION3);
    assert_int_equal(asce_entries(0x1234007), 2048);
    assert_int_equal(asce_entries(0x1234004), 512);
    assert_true(asce_is_real_space(0x20));
    assert_false(asce_is_real_space(0x1234007));
    assert_true(dat_region_make(0x1234, DAT_TYPE_REGION2) == 0x123400b);
    assert_true(dat_region_table(0x123400b) == 0x1234);
    assert_int_equal(dat_region_first(0x123404b), 512);
    assert_int_equal(dat_region_limit(0x1234049), 1024);
    assert_true(dat_segment_make(0x1235) == 0x91a800);
    assert_true(dat_segment_table(0x91a820) == 0x1235);
    assert_int_equal(dat_upper_type(0x123400b), DAT_TYPE_REGION2);
    assert_true(dat_upper_is_frame(0x400));
    assert_false(dat_upper_is_frame(0x800));
    assert_false(dat_upper_valid(DAT_REGION3_EMPTY));
    assert_true(dat_upper_valid(0x123400b));
}

static void cpu_page_entries(void **state)
{
    (void)state;
    assert_true(dat_pte_make(0x77, 0, 0) == 0x77000);
    assert_true(dat_pte_make(0x77, 1, 0) == 0x77200);
    assert_true(dat_pte_make(0x77, 0, 1) == 0x77100);
    assert_true(dat_pte_valid(0x77300));
    assert_false(dat_pte_valid(DAT_PTE_EMPTY));
    assert_true(dat_protected(0x77200));
    assert_false(dat_protected(0x77100));
    assert_true(dat_no_execute(0x77100));
    assert_false(dat_no_execute(0x77200));
    assert_true(dat_pte_format_ok(0x77300));
    assert_false(dat_pte_format_ok(0x77800));
    assert_true(dat_pte_frame(0x77300) == 0x77);
}

static void psw_fields(void **state)
{
    (void)state;
    assert_true(PSW_64 == UINT64_C(0x0000000180000000));
    assert_true(PSW_DAT == UINT64_C(0x0400000000000000));
    assert_true(PSW_WAIT == UINT64_C(0x0002000000000000));
    assert_true(PSW_PROBLEM == UINT64_C(0x0001000000000000));
    assert_true(PSW_MACHINE_CHECK == UINT64_C(0x0004000000000000));
    assert_true(psw_key(8) == UINT64_C(0x0080000000000000));
    assert_int_equal(psw_key_get(UINT64_C(0x0580000000000000)), 8);
    assert_int_equal(psw_cc_get(UINT64_C(0x0000200000000000)), 2);
    assert_true(psw_cc_set(UINT64_C(0x0400300000000000), 1) == UINT64_C(0x0400100000000000));
    assert_true(((PSW_PER | PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_KEY_MASK | PSW_MACHINE_CHECK |
                  PSW_WAIT | PSW_PROBLEM | PSW_AS_MASK | PSW_CC_MASK | PSW_PROGRAM_MASK | PSW_64) &
                 PSW_RESERVED_MASK) == 0);
    assert_true((PSW_SHORT & PSW_RESERVED_MASK) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(io_index_split),
        cmocka_unit_test(io_entries_have_the_documented_bits),
        cmocka_unit_test(io_entries_decode),
        cmocka_unit_test(io_bit_0x400_depends_on_the_level),
        cmocka_unit_test(io_largest_numbers_fit),
        cmocka_unit_test(anchor_accepts_nothing_but_plain_rtto),
        cmocka_unit_test(cpu_index_split),
        cmocka_unit_test(cpu_entries),
        cmocka_unit_test(cpu_page_entries),
        cmocka_unit_test(psw_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
