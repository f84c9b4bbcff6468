/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the guest's tables may look like. The numbers are those of the rows in
 * drivers/zpci/translator/contract.md. */
#include "libs/zformats/ccdf.h"
#include "tests/unit/translator/fixture.h"

#define LAST_PAGE (IOVA + WINDOW_BYTES - PAGE)

static struct reply global(void)
{
    return rpcit(IOVA, WINDOW_BYTES);
}

static void assert_ok(struct reply r)
{
    assert_int_equal(r.error, 0);
    assert_int_equal(r.result, 0);
    assert_int_equal(r.notify, 0);
}

/* The function went to error for this reason; recovered, so that the test can go on. */
static void assert_event(struct reply r, uint32_t event, uint64_t address)
{
    assert_int_equal(r.error, 0);
    assert_int_equal(r.result, CC(1, 8));
    assert_int_equal(r.event, event);
    assert_int_equal(r.address, address);
    assert_int_equal(r.notify, 1);
    assert_int_equal(vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION).result, 0);
}

/* Whatever sits above, the pages in reach are as the oracle says. */
static void map_some(void)
{
    map(IOVA, 100, 600);
    map(IOVA + 40 * SEGMENT, 1000, 300);
    map(LAST_PAGE, 7, 1);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_14_invalid_segment_entry_unmaps_its_block_and_goes_on(void **state)
{
    (void)state;
    map_some();
    poke(ste_at(IOVA), peek(ste_at(IOVA)) | 0x20);
    map(IOVA + 2 * SEGMENT, 3000, 5);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 256), 356 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 512), 3000 * PAGE);
    assert_whole_window();
}

static void test_row_14_invalid_region_entry_unmaps_its_block_and_goes_on(void **state)
{
    uint64_t iova = UINT64_C(0x17ff00000), other = UINT64_C(0x180000000);

    fixture_bare(state);
    fixture_function(1, iova / PAGE, 1024);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    poke(rte_at(iova), ST(0) | 7);
    poke(rte_at(other), ST(1) | 7);
    poke(ST(0) + 2047 * 8, PT(0));
    poke(ST(1), PT(1));
    poke(PT(0) + 255 * 8, 11 * PAGE);
    poke(PT(1), 12 * PAGE);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, IOTA, iova, iova + 1024 * PAGE - 1));
    assert_int_equal(fake_entry(1, other / PAGE - 1), 11 * PAGE);
    assert_int_equal(fake_entry(1, other / PAGE), 12 * PAGE);
    poke(rte_at(iova), ST(0) | 7 | 0x20);
    poke(PT(1), 13 * PAGE);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, iova, 1024 * PAGE, 0));
    assert_as_walked(1, IOTA, iova / PAGE, iova / PAGE + 1023);
    assert_int_equal(fake_entry(1, other / PAGE), 13 * PAGE);
    poke(rte_at(iova), ST(0) | 7);
    poke(rte_at(other), 0x20);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, iova, 1024 * PAGE, 0));
    assert_as_walked(1, IOTA, iova / PAGE, iova / PAGE + 1023);
}

/* One page and one range below an invalid entry: exactly those go. */
static void test_row_14_only_what_the_range_covers(void **state)
{
    (void)state;
    map_some();
    poke(ste_at(IOVA), 0x20);
    assert_ok(rpcit(IOVA + 7 * PAGE, PAGE));
    assert_int_equal(fake_entry(0, FIRST + 7), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 6), 106 * PAGE);
    poke(rte_at(IOVA), 0x20);
    assert_ok(rpcit(IOVA + 20 * PAGE, 10 * PAGE));
    assert_int_equal(fake_entry(0, FIRST + 19), 119 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 20), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 29), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 30), 130 * PAGE);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_15_other_table_in_an_upper_entry(void **state)
{
    (void)state;
    map_some();
    poke(PT(500) + 3 * 8, 2222 * PAGE);
    poke(ste_at(IOVA), PT(500));
    assert_ok(rpcit(IOVA + 3 * PAGE, PAGE));
    assert_int_equal(fake_entry(0, FIRST + 3), 2222 * PAGE);
    assert_ok(global());
    assert_whole_window();
    poke(ST(3) + 40 * 8, PT(40));
    for (unsigned i = 0; i < 2048; i++)
        poke(ST(3) + i * 8, i == 40 ? PT(40) : 0x20);
    poke(rte_at(IOVA), ST(3) | 7);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST + 3), FAKE_INVALID);
    assert_whole_window();
}

static void check_bad_region_entry(uint64_t entry, uint32_t event)
{
    uint64_t good = peek(rte_at(IOVA));

    assert_ok(global());
    poke(rte_at(IOVA), entry);
    assert_event(rpcit(IOVA + 5 * PAGE, PAGE), event, IOVA + 5 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 5), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 6), 106 * PAGE);
    assert_event(rpcit(IOVA + 3 * PAGE, 10 * SEGMENT), event, IOVA + 3 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 2), 102 * PAGE);
    assert_event(global(), event, IOVA);
    assert_whole_window();
    poke(rte_at(IOVA), good);
}

static void check_bad_segment_entry(uint64_t entry, uint32_t event)
{
    uint64_t good = peek(ste_at(IOVA));

    assert_ok(global());
    poke(ste_at(IOVA), entry);
    assert_event(rpcit(IOVA + 5 * PAGE, PAGE), event, IOVA + 5 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 5), FAKE_INVALID);
    assert_int_equal(fake_entry(0, FIRST + 6), 106 * PAGE);
    assert_event(global(), event, IOVA);
    assert_whole_window();
    poke(ste_at(IOVA), good);
}

static void test_row_16_bad_upper_entries(void **state)
{
    (void)state;
    map_some();
    check_bad_region_entry(0, PEC_TABLE_ENTRY);
    check_bad_region_entry(ST(0) | 0x4, PEC_TABLE_LENGTH);
    check_bad_region_entry(ST(0) | 0x6, PEC_TABLE_LENGTH);
    check_bad_region_entry(ST(0) | 0x47, PEC_TABLE_LENGTH);
    check_bad_region_entry(ST(0) | 0x87, PEC_TABLE_LENGTH);
    check_bad_region_entry(ST(0) | 0x3, PEC_TABLE_TYPE);
    check_bad_region_entry(ST(0) | 0xb, PEC_TABLE_TYPE);
    check_bad_region_entry(ST(0) | 0xf, PEC_TABLE_TYPE);
    check_bad_segment_entry(0, PEC_TABLE_ENTRY);
    check_bad_segment_entry(PT(0) | 0x4, PEC_TABLE_TYPE);
    check_bad_segment_entry(PT(0) | 0x8, PEC_TABLE_TYPE);
    check_bad_segment_entry(PT(0) | 0xc, PEC_TABLE_TYPE);
    check_bad_segment_entry(0x40c, PEC_TABLE_TYPE);
    assert_ok(global());
    assert_whole_window();
}

/* What is good in the same range is still done; the first bad one is reported. */
static void test_row_16_the_rest_of_the_range_is_served(void **state)
{
    (void)state;
    map(IOVA, 100, 600);
    poke(ste_at(IOVA + SEGMENT), 0);
    poke(pte_at(IOVA + 9 * PAGE), UINT64_C(0x7777777777000));
    assert_event(global(), PEC_PROTECTION, IOVA + 9 * PAGE);
    assert_whole_window();
    assert_int_equal(fake_entry(0, FIRST + 599), 699 * PAGE);
}

static void check_bad_frame(uint64_t entry)
{
    map(IOVA, 100, 8);
    assert_ok(rpcit(IOVA, 8 * PAGE));
    poke(pte_at(IOVA + 4 * PAGE), entry);
    assert_event(rpcit(IOVA + 4 * PAGE, PAGE), PEC_PROTECTION, IOVA + 4 * PAGE);
    assert_event(rpcit(IOVA, 8 * PAGE), PEC_PROTECTION, IOVA + 4 * PAGE); /* it stays an error */
    assert_int_equal(fake_entry(0, FIRST + 4), FAKE_INVALID);
    assert_whole_window();
}

static void test_row_17_frames_outside_the_guest(void **state)
{
    (void)state;
    check_bad_frame((uint64_t)GUEST_SIZE);
    check_bad_frame((uint64_t)GUEST_SIZE | 0x200);
    check_bad_frame(UINT64_C(0xfe00000000000000)); /* MSI window */
    check_bad_frame(UINT64_C(0xfffffffffffff000));
    check_bad_frame(UINT64_C(0x8000000000000000));
    map(IOVA, GUEST_FRAMES - 1, 1);
    unmap(IOVA + PAGE, 7);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST), (uint64_t)GUEST_SIZE - PAGE);
}

static void check_table_outside(uint64_t at, uint64_t entry)
{
    uint64_t good = peek(at);

    assert_ok(global());
    poke(at, entry);
    assert_event(rpcit(IOVA + 5 * PAGE, PAGE), PEC_TABLE_ENTRY, IOVA + 5 * PAGE);
    assert_event(global(), PEC_TABLE_ENTRY, IOVA);
    assert_whole_window();
    poke(at, good);
}

static void test_row_17_tables_outside_the_guest(void **state)
{
    static const uint64_t origins[] = {GUEST_SIZE, UINT64_C(0xffffffffffffc000),
                                       UINT64_C(0x8000000000000000), UINT64_C(0x100000000)};

    (void)state;
    map_some();
    for (unsigned i = 0; i < 4; i++) {
        check_table_outside(rte_at(IOVA), origins[i] | 7);
        check_table_outside(ste_at(IOVA), origins[i]);
        assert_ok(vmm(TRANSLATOR_REREGISTER, origins[i] | 0x804, IOVA, IOVA + WINDOW_BYTES - 1));
        assert_event(rpcit(IOVA, PAGE), PEC_TABLE_ENTRY, IOVA);
        assert_ok(vmm(TRANSLATOR_REREGISTER, IOTA, IOVA, IOVA + WINDOW_BYTES - 1));
    }
    check_table_outside(ste_at(IOVA), GUEST_SIZE + UINT64_C(0x800));
}

/* A segment table of which the last page of memory holds the first 512 entries. */
static void test_row_18_table_across_the_end_of_memory(void **state)
{
    uint64_t rt = 0x800000, st = 0x1000000, pt = 0x900000;
    uint64_t iova = IOVA + 480 * (uint64_t)SEGMENT, beyond = IOVA + 512 * (uint64_t)SEGMENT;

    fixture_bare(state);
    fixture_function(1, iova / PAGE, WINDOW_PAGES);
    guest_resize(st + PAGE);
    poke(rt + 2 * 8, st | 7);
    for (unsigned i = 0; i < 512; i++)
        poke(st + i * 8, pt);
    for (unsigned i = 0; i < 256; i++)
        poke(pt + i * 8, 50 * PAGE);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, rt | 0x804, iova,
                      iova + WINDOW_BYTES - 1));
    assert_as_walked(1, rt | 0x804, iova / PAGE, iova / PAGE + WINDOW_PAGES - 1);
    assert_int_equal(fake_entry(1, beyond / PAGE - 1), 50 * PAGE);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, iova, 32 * SEGMENT, 0));
    assert_int_equal(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, iova, WINDOW_BYTES, 0).address,
                     beyond);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    assert_int_equal(
        message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, beyond + 9 * PAGE, PAGE, 0).event,
        PEC_TABLE_ENTRY);
}

/* The same for the region-third table: entries from 1 TiB on are outside. */
static void test_row_18_region_table_across_the_end_of_memory(void **state)
{
    uint64_t iova = UINT64_C(1) << 40;

    fixture_bare(state);
    fixture_function(1, iova / PAGE, 256);
    guest_resize(RT + PAGE);
    message(VMM_BADGE(2), 256 + TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
    assert_ok(message(VMM_BADGE(2), 256 + TRANSLATOR_REGISTER, IOTA, iova, iova + SEGMENT - 1));
    assert_int_equal(message(VMM_BADGE(2), 256 + TRANSLATOR_REFRESH, iova, PAGE, 0).event,
                     PEC_TABLE_ENTRY);
}

static void test_row_19_two_page_tables_in_one_frame(void **state)
{
    (void)state;
    poke(ste_at(IOVA), PT(600));
    poke(ste_at(IOVA + SEGMENT), PT(601));
    poke(PT(600), 5 * PAGE);
    poke(PT(601), 6 * PAGE);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST), 5 * PAGE);
    assert_int_equal(fake_entry(0, FIRST + 256), 6 * PAGE);
    poke(ste_at(IOVA + SEGMENT), PT(600)); /* and one table under two entries */
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST + 256), 5 * PAGE);
    assert_whole_window();
}

static void test_row_20_frame_0_is_a_frame(void **state)
{
    (void)state;
    poke(pte_at(IOVA), 0);
    poke(pte_at(IOVA + PAGE), 0x200);
    assert_ok(rpcit(IOVA, PAGE));
    assert_int_equal(fake_entry(0, FIRST), 0);
    assert_ok(rpcit(IOVA, 2 * PAGE));
    assert_int_equal(fake_entry(0, FIRST + 1), 0x200);
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_FRAME, 0, 0).result, 2);
    poke(pte_at(IOVA), 0x400);
    assert_ok(global());
    assert_whole_window();
}

static void test_row_25_protection_of_upper_levels(void **state)
{
    uint64_t rte = peek(rte_at(IOVA)), ste = peek(ste_at(IOVA));

    (void)state;
    map(IOVA, 100, 40);
    map(IOVA + SEGMENT, 200, 40);
    poke(ste_at(IOVA), ste | 0x200);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST), 100 * PAGE | 0x200);
    assert_int_equal(fake_entry(0, FIRST + 256), 200 * PAGE);
    assert_whole_window();
    poke(rte_at(IOVA), rte | 0x200);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST + 256), 200 * PAGE | 0x200);
    poke(ste_at(IOVA), ste);
    poke(rte_at(IOVA), rte);
    assert_ok(rpcit(IOVA + SEGMENT, PAGE)); /* no entry changed, but what is above it */
    assert_int_equal(fake_entry(0, FIRST + 256), 200 * PAGE);
    assert_ok(global());
    assert_whole_window();
    poke(ste_at(IOVA), ste | 0x200); /* the blocks compare equal, and yet they change */
    assert_ok(global());
    assert_whole_window();
    assert_ok(vmm(TRANSLATOR_REREGISTER, IOTA | 0x200, IOVA, IOVA + WINDOW_BYTES - 1));
    assert_as_walked(0, IOTA | 0x200, FIRST, FIRST + WINDOW_PAGES - 1);
}

static void test_row_32_a_1m_frame_is_256_pages(void **state)
{
    (void)state;
    poke(ste_at(IOVA), 0x300000 | 0x400);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST), 0x300000);
    assert_int_equal(fake_entry(0, FIRST + 255), 0x3ff000);
    assert_whole_window();
    poke(ste_at(IOVA), 0x300000 | 0x600);
    assert_ok(rpcit(IOVA + 17 * PAGE, PAGE));
    assert_int_equal(fake_entry(0, FIRST + 17), 0x311000 | 0x200);
    assert_ok(global());
    assert_whole_window();
    poke(ste_at(IOVA), (uint64_t)GUEST_SIZE | 0x400);
    assert_event(global(), PEC_PROTECTION, IOVA);
    assert_whole_window();
}

static void test_row_33_between_table_and_1m_frame(void **state)
{
    uint64_t ste = peek(ste_at(IOVA));

    (void)state;
    map(IOVA, 100, 256);
    assert_ok(global());
    poke(ste_at(IOVA), 0x500000 | 0x400);
    assert_ok(global());
    assert_int_equal(fake_entry(0, FIRST + 1), 0x501000);
    assert_whole_window();
    poke(ste_at(IOVA), ste);
    unmap(IOVA, 128);
    assert_ok(global());
    assert_whole_window();
    assert_int_equal(vmm(TRANSLATOR_QUERY, TRANSLATOR_ITEM_BUDGET, 0, 0).result, 128);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_row_14_invalid_segment_entry_unmaps_its_block_and_goes_on,
                               fixture),
        cmocka_unit_test_setup(test_row_14_invalid_region_entry_unmaps_its_block_and_goes_on,
                               fixture),
        cmocka_unit_test_setup(test_row_14_only_what_the_range_covers, fixture),
        cmocka_unit_test_setup(test_row_15_other_table_in_an_upper_entry, fixture),
        cmocka_unit_test_setup(test_row_16_bad_upper_entries, fixture),
        cmocka_unit_test_setup(test_row_16_the_rest_of_the_range_is_served, fixture),
        cmocka_unit_test_setup(test_row_17_frames_outside_the_guest, fixture),
        cmocka_unit_test_setup(test_row_17_tables_outside_the_guest, fixture),
        cmocka_unit_test_setup(test_row_18_table_across_the_end_of_memory, fixture),
        cmocka_unit_test_setup(test_row_18_region_table_across_the_end_of_memory, fixture),
        cmocka_unit_test_setup(test_row_19_two_page_tables_in_one_frame, fixture),
        cmocka_unit_test_setup(test_row_20_frame_0_is_a_frame, fixture),
        cmocka_unit_test_setup(test_row_25_protection_of_upper_levels, fixture),
        cmocka_unit_test_setup(test_row_32_a_1m_frame_is_256_pages, fixture),
        cmocka_unit_test_setup(test_row_33_between_table_and_1m_frame, fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
