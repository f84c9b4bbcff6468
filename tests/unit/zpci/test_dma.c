/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the fake's walk, cached translations and RPCIT: a forgotten refresh must be visible. */
#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/insn/fake_walk.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

#define FRAME_A UINT64_C(0x40)
#define FRAME_B UINT64_C(0x41)
#define PAGE WINDOW

static uint32_t fh;

static int registered(void **state)
{
    machine_setup(state);
    fh = machine_enable();
    machine_register_ioat(fh);
    machine.storage[FRAME_A * 4096] = 'a';
    machine.storage[FRAME_B * 4096] = 'b';
    return 0;
}

static int registered_without_refresh(void **state)
{
    machine_setup(state);
    machine.fake.group.flags = 0;
    fh = machine_enable();
    machine_register_ioat(fh);
    machine.storage[FRAME_A * 4096] = 'a';
    machine.storage[FRAME_B * 4096] = 'b';
    return 0;
}

static void refresh(uint64_t start, uint64_t length)
{
    struct zpci_result result = zpci_rpcit(fh, start, length);

    assert_int_equal(result.cc, 0);
}

/* The byte that the device sees, or -1; the error is taken back. */
static int device_reads(uint64_t iova)
{
    uint8_t byte = 0;

    if (fake_dma_read(&machine.fake, &machine.function, iova, &byte, 1) == 0)
        return byte;
    machine.function.state = FAKE_ENABLED;
    return -1;
}

static int device_writes(uint64_t iova)
{
    const uint8_t byte = 'w';

    if (fake_dma_write(&machine.fake, &machine.function, iova, &byte, 1) == 0)
        return 0;
    machine.function.state = FAKE_ENABLED;
    return -1;
}

static void new_entry_needs_a_refresh(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(machine_event_code(), PEC_TRANSLATION);
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), 'a');
}

static void forgotten_refresh_after_unmap_is_visible(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    machine_unmap(PAGE);
    assert_int_equal(device_reads(PAGE), 'a'); /* stale: the device still reaches the frame */
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), -1);
}

static void forgotten_refresh_after_change_is_visible(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    machine_map(PAGE, FRAME_B, 1);
    assert_int_equal(device_reads(PAGE), 'a');
    assert_int_equal(device_writes(PAGE), 0);
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), 'b');
    assert_int_equal(device_writes(PAGE), -1);
    assert_int_equal(machine_event_code(), PEC_PROTECTION);
}

static void refresh_of_a_neighbour_does_not_help(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    machine_unmap(PAGE);
    refresh(PAGE + 4096, 4096);
    assert_int_equal(device_reads(PAGE), 'a');
    refresh(PAGE, 0); /* length 0: nothing */
    assert_int_equal(device_reads(PAGE), 'a');
    refresh(PAGE, 1); /* one byte: its page */
    assert_int_equal(device_reads(PAGE), -1);
}

static void purge_ends_with_the_range(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    machine_map(PAGE + 4096, FRAME_B, 0);
    refresh(PAGE, 8192);
    machine_unmap(PAGE);
    machine_unmap(PAGE + 4096);
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(device_reads(PAGE + 4096), 'b');
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    machine_table_word(machine_segment_entry(PAGE), IOT_UPPER_EMPTY);
    refresh(PAGE, 4096); /* part of a segment that is gone as a whole */
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(device_reads(PAGE + 4096), 'b');
}

static void unaligned_start_covers_no_more_pages(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    machine_map(PAGE + 4096, FRAME_B, 0);
    refresh(PAGE + 0x800, 4096);
    assert_int_equal(device_reads(PAGE), 'a');
    assert_int_equal(device_reads(PAGE + 4096), -1);
}

static void global_refresh_reaches_everything(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    machine_map(PAGE + 7 * IOT_SEGMENT_SIZE + 0xff000, FRAME_B, 0);
    refresh(WINDOW, WINDOW_END + 1 - WINDOW);
    assert_int_equal(device_reads(PAGE), 'a');
    assert_int_equal(device_reads(PAGE + 7 * IOT_SEGMENT_SIZE + 0xff000), 'b');
    machine_table_word(machine_region_entry(WINDOW), IOT_UPPER_EMPTY);
    refresh(WINDOW, WINDOW_END + 1 - WINDOW);
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(device_reads(PAGE + 7 * IOT_SEGMENT_SIZE + 0xff000), -1);
}

static void invalid_segment_removes_its_pages_only(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    machine_map(PAGE + IOT_SEGMENT_SIZE, FRAME_B, 0);
    refresh(WINDOW, 2 * IOT_SEGMENT_SIZE);
    machine_table_word(machine_segment_entry(PAGE), IOT_UPPER_EMPTY);
    refresh(WINDOW, 2 * IOT_SEGMENT_SIZE);
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(device_reads(PAGE + IOT_SEGMENT_SIZE), 'b');
}

static void ranges_that_straddle_the_aperture_are_clipped(void **state)
{
    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(WINDOW - 8192, 3 * 4096);
    assert_int_equal(device_reads(PAGE), 'a');
    refresh(WINDOW_END - 4095, 8192);
}

static void refused(uint64_t start, uint64_t length, uint16_t code)
{
    struct zpci_result result = zpci_rpcit(fh, start, length);

    assert_int_equal(result.cc, 1);
    assert_int_equal(result.status, ZPCI_ST_IN_ERROR);
    assert_int_equal(machine.function.state, FAKE_ERROR);
    assert_int_equal(machine_event_code(), code);
    result = zpci_rpcit(fh, WINDOW, 4096);
    assert_int_equal(result.cc, 1);
    assert_int_equal(result.status, ZPCI_ST_RECOVERY);
    machine.function.state = FAKE_ENABLED;
}

static void ranges_outside_put_the_function_in_error(void **state)
{
    (void)state;
    refused(WINDOW - 4096, 4096, PEC_OUT_OF_RANGE);
    refused(WINDOW_END + 1, 4096, PEC_OUT_OF_RANGE);
    refused(WINDOW, UINT64_MAX, PEC_OUT_OF_RANGE);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_DEREGISTER_IOAT), ZPCI_OK);
    refused(WINDOW, 4096, PEC_SPACE_INVALID);
}

static void table_errors_have_their_codes(void **state)
{
    uint64_t region = machine_region_entry(WINDOW), segment = machine_segment_entry(WINDOW);
    const struct {
        uint64_t at, good, bad;
        uint16_t code;
    } cases[] = {
        {region, 0x14007, 0, PEC_TABLE_ENTRY},
        {region, 0x14007, 0x14006, PEC_TABLE_LENGTH},
        {region, 0x14007, 0x14047, PEC_TABLE_LENGTH},
        {region, 0x14007, 0x1400b, PEC_TABLE_TYPE},
        {region, 0x14007, 0x00007, PEC_TABLE_TYPE},
        {region, 0x14007, 0x10000007, PEC_TABLE_ENTRY}, /* table outside storage */
        {segment, 0x18000, 0, PEC_TABLE_ENTRY},
        {segment, 0x18000, 0x18004, PEC_TABLE_TYPE},
        {segment, 0x18000, 0x00200, PEC_TABLE_TYPE},
        {segment, 0x18000, 0x10000000, PEC_TABLE_ENTRY},
        {machine_page_entry(WINDOW), 0x400, 0, PEC_TABLE_ENTRY},
        {machine_page_entry(WINDOW), 0x400, 0x200, PEC_TABLE_TYPE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        machine_table_word(cases[i].at, cases[i].bad);
        refused(WINDOW, 4096, cases[i].code);
        machine_table_word(cases[i].at, cases[i].good);
        refresh(WINDOW, 4096);
    }
}

static void protection_accumulates_over_the_levels(void **state)
{
    const uint64_t iota = iota_make(REGION_TABLE / IOT_TABLE_BYTES);
    struct fake_leaf leaf;

    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    assert_int_equal(fake_walk(&machine.fake.memory, iota, PAGE, &leaf), 0);
    assert_true(leaf.valid && !leaf.protect && leaf.frame == FRAME_A);
    assert_int_equal(fake_walk(&machine.fake.memory, iota | IOTA_PROTECTED, PAGE, &leaf), 0);
    assert_true(leaf.protect);
    machine_table_word(machine_segment_entry(PAGE), 0x18200);
    assert_int_equal(fake_walk(&machine.fake.memory, iota, PAGE, &leaf), 0);
    assert_true(leaf.protect);
    machine_table_word(machine_segment_entry(PAGE), 0x18000);
    machine_table_word(machine_region_entry(PAGE), 0x14207);
    assert_int_equal(fake_walk(&machine.fake.memory, iota, PAGE, &leaf), 0);
    assert_true(leaf.protect);
}

static void large_frames_are_256_pages(void **state)
{
    (void)state;
    machine_table_word(machine_segment_entry(PAGE), 0x100400);
    machine.storage[0x1ff000] = 'z';
    refresh(WINDOW, IOT_SEGMENT_SIZE);
    assert_int_equal(device_reads(PAGE + 0xff000), 'z');
    assert_int_equal(machine.function.cache_overflows, 0);
}

static void transfers_cross_pages(void **state)
{
    uint8_t in[6000], out[6000];

    (void)state;
    machine_map(PAGE, FRAME_B, 0);
    machine_map(PAGE + 4096, FRAME_A, 0);
    refresh(PAGE, 8192);
    for (size_t i = 0; i < sizeof(out); i++)
        out[i] = (uint8_t)(i * 7);
    assert_int_equal(fake_dma_write(&machine.fake, &machine.function, PAGE + 100, out, sizeof(out)),
                     0);
    assert_int_equal(fake_dma_read(&machine.fake, &machine.function, PAGE + 100, in, sizeof(in)),
                     0);
    assert_memory_equal(in, out, sizeof(out));
    assert_int_equal(machine.storage[FRAME_A * 4096], (uint8_t)(3996 * 7));
    assert_int_equal(fake_dma_write(&machine.fake, &machine.function, PAGE + 8190, out, 4), -1);
    assert_int_equal(machine.function.dma_faults, 1);
}

static void access_outside_the_aperture(void **state)
{
    (void)state;
    assert_int_equal(device_reads(WINDOW - 1), -1);
    assert_int_equal(machine_event_code(), PEC_OUT_OF_RANGE);
    assert_int_equal(device_reads(WINDOW_END), -1);
    assert_int_equal(machine_event_code(), PEC_TRANSLATION);
    assert_int_equal(device_reads(WINDOW_END + 1), -1);
    assert_int_equal(machine_event_code(), PEC_OUT_OF_RANGE);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_DEREGISTER_IOAT), ZPCI_OK);
    assert_int_equal(device_reads(WINDOW), -1);
    assert_int_equal(machine_event_code(), PEC_SPACE_INVALID);
}

static void frames_outside_storage_are_counted(void **state)
{
    (void)state;
    machine_map(PAGE, STORAGE_BYTES / 4096, 0);
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(machine.function.dma_outside, 1);
}

static void function_in_error_does_no_dma(void **state)
{
    uint8_t byte;

    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    fake_error(&machine.fake, &machine.function, PEC_SYSTEM, 0, 0);
    assert_int_equal(fake_dma_read(&machine.fake, &machine.function, PAGE, &byte, 1), -1);
    machine.function.state = FAKE_ENABLED;
    machine.function.config[PCICONF_COMMAND] = PCI_COMMAND_MEMORY;
    assert_int_equal(fake_dma_read(&machine.fake, &machine.function, PAGE, &byte, 1), -1);
}

static void translations_end_with_registration_and_state(void **state)
{
    struct clp_entry entry;
    struct zpci_function function;

    (void)state;
    machine_map(PAGE, FRAME_A, 0);
    refresh(PAGE, 4096);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_DEREGISTER_IOAT), ZPCI_OK);
    machine_register_ioat(fh);
    assert_int_equal(device_reads(PAGE), -1);
    refresh(PAGE, 4096);
    assert_int_equal(zpci_find(&machine.scratch, FID, &entry), ZPCI_OK);
    zpci_function_init(&function, &entry);
    assert_int_equal(zpci_function_reset(&function, &machine.scratch), ZPCI_OK);
    fh = function.fh;
    machine.function.config[PCICONF_COMMAND] = PCI_COMMAND_MASTER;
    machine_register_ioat(fh);
    assert_int_equal(device_reads(PAGE), -1);
}

static void small_cache_is_reported(void **state)
{
    (void)state;
    machine.function.cache_size = 4;
    for (uint32_t i = 0; i < 5; i++)
        machine_map(PAGE + i * 4096, FRAME_A, 0);
    refresh(PAGE, 5 * 4096);
    assert_int_equal(machine.function.cache_overflows, 1);
}

/* Without the refresh bit the machine reads new entries by itself, but keeps old ones. */
static void live_walk_keeps_what_it_found(void **state)
{
    (void)state;
    assert_int_equal(device_reads(PAGE), -1);
    assert_int_equal(machine_event_code(), PEC_TRANSLATION);
    machine_map(PAGE, FRAME_A, 1);
    assert_int_equal(device_writes(PAGE), -1);
    assert_int_equal(machine.fake.event[machine.fake.event_first].write, 1);
    assert_int_equal(machine_event_code(), PEC_PROTECTION);
    assert_int_equal(device_reads(PAGE), 'a');
    assert_int_equal(device_writes(PAGE), -1);
    machine_map(PAGE, FRAME_B, 0);
    assert_int_equal(device_reads(PAGE), 'a');
    refresh(PAGE, 4096);
    assert_int_equal(device_reads(PAGE), 'b');
    assert_int_equal(device_writes(PAGE), 0);
    machine_table_word(machine_page_entry(PAGE + 4096), 0);
    assert_int_equal(device_reads(PAGE + 4096), -1);
    assert_int_equal(machine.fake.event[machine.fake.event_first + 1].code, PEC_TABLE_ENTRY);
    refresh(PAGE + 4096, 4096); /* purges, and looks at no table */
}

static void storage_has_bounds(void **state)
{
    static uint8_t bytes[16] __attribute__((aligned(8)));
    const struct fake_memory memory = {bytes, 0x1000, sizeof(bytes)};
    uint64_t word;

    (void)state;
    assert_ptr_equal(fake_memory_at(&memory, 0x1000, 16), bytes);
    assert_ptr_equal(fake_memory_at(&memory, 0x100f, 1), bytes + 15);
    assert_null(fake_memory_at(&memory, 0x1001, 16));
    assert_null(fake_memory_at(&memory, 0xfff, 1));
    assert_null(fake_memory_at(&memory, 0x1000, 17));
    assert_null(fake_memory_at(&memory, UINT64_MAX, 2));
    assert_int_equal(fake_memory_word(&memory, 0x1008, &word), 0);
    assert_int_equal(fake_memory_word(&memory, 0x1004, &word), -1);
    assert_int_equal(fake_memory_word(&memory, 0x1010, &word), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(new_entry_needs_a_refresh, registered),
        cmocka_unit_test_setup(forgotten_refresh_after_unmap_is_visible, registered),
        cmocka_unit_test_setup(forgotten_refresh_after_change_is_visible, registered),
        cmocka_unit_test_setup(refresh_of_a_neighbour_does_not_help, registered),
        cmocka_unit_test_setup(purge_ends_with_the_range, registered),
        cmocka_unit_test_setup(unaligned_start_covers_no_more_pages, registered),
        cmocka_unit_test_setup(global_refresh_reaches_everything, registered),
        cmocka_unit_test_setup(invalid_segment_removes_its_pages_only, registered),
        cmocka_unit_test_setup(ranges_that_straddle_the_aperture_are_clipped, registered),
        cmocka_unit_test_setup(ranges_outside_put_the_function_in_error, registered),
        cmocka_unit_test_setup(table_errors_have_their_codes, registered),
        cmocka_unit_test_setup(protection_accumulates_over_the_levels, registered),
        cmocka_unit_test_setup(large_frames_are_256_pages, registered),
        cmocka_unit_test_setup(transfers_cross_pages, registered),
        cmocka_unit_test_setup(access_outside_the_aperture, registered),
        cmocka_unit_test_setup(frames_outside_storage_are_counted, registered),
        cmocka_unit_test_setup(function_in_error_does_no_dma, registered),
        cmocka_unit_test_setup(translations_end_with_registration_and_state, registered),
        cmocka_unit_test_setup(small_cache_is_reported, registered),
        cmocka_unit_test_setup(live_walk_keeps_what_it_found, registered_without_refresh),
        cmocka_unit_test_setup(storage_has_bounds, registered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
