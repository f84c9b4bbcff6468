/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: I/O spaces: windows, update, flush, clear, by their results. What devices see of them:
 * test_iospace.c. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/iospace.h"
#include "libs/zformats/fib.h"
#include "tests/unit/kernel/devices.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define X BH_R_REGION_EXECUTE
#define PAGE(n) ((uint64_t)(n)*BH_PAGE_SIZE)

static struct process one;
static struct pci pci;

static void prepare(void)
{
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
}

static uint64_t leaf(uint64_t page)
{
    return table_leaf[space_leaf[pci.s] + page];
}

static void test_update_stores_entries(void **state)
{
    uint64_t first = host_frame(0);

    (void)state;
    prepare();
    first = host_frame(one.page);
    put_word(one.t, 0, PAGE(3));
    put_word(one.t, 1, PAGE(4) | BH_WORD_READ_ONLY);
    put_word(one.t, 2, PAGE(5) | BH_WORD_INVALID);
    put_word(one.t, 3, UINT64_MAX);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE + 7, 4, 0);
    assert_int_equal(result(one.t, 0), 4);
    assert_int_equal(leaf(7), PAGE(first + 3));
    assert_int_equal(leaf(8), PAGE(first + 4) | ENTRY_PROTECTED);
    assert_int_equal(leaf(9), ENTRY_INVALID);
    assert_int_equal(leaf(10), ENTRY_INVALID);
    assert_int_equal(leaf(6), ENTRY_INVALID);
    assert_int_equal(leaf(11), ENTRY_INVALID);
}

/* Bits that mean nothing are refused, except in a word that says "invalid". */
static void test_update_refuses_other_bits(void **state)
{
    uint64_t bit;

    (void)state;
    prepare();
    for (bit = 1; bit < BH_PAGE_SIZE; bit *= 2) {
        put_word(one.t, 0, PAGE(3) | bit);
        if (bit == BH_WORD_READ_ONLY || bit == BH_WORD_INVALID) {
            assert_invoke(OK, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 0);
        } else {
            assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 0);
            assert_int_equal(result(one.t, 0), 0);
        }
    }
    put_word(one.t, 0, PAGE(3) | 0xfff);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 0);
    assert_int_equal(leaf(0), ENTRY_INVALID);
}

static void test_update_refuses_ranges(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 0, 0);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 257, 0);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, UINT64_C(0x100000001), 0);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE + 1, 256, 0);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE + 255, 2, 0);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 4);
    assert_invoke(ARG, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, UINT64_C(0x100000000));
    assert_invoke(RANGE, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE - 1, 1, 0);
    assert_invoke(RANGE, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE + IO_PAGES, 1, 0);
    assert_invoke(RANGE, one.t, pci.iospace, IOSPACE_UPDATE, 0, 1, 0);
    assert_invoke(RANGE, one.t, pci.iospace, IOSPACE_UPDATE, UINT64_MAX, 1, 0);
    assert_int_equal(result(one.t, 0), 0);
    assert_int_equal(iospace_owed_from[pci.s], iospace_owed_to[pci.s]);
}

static void test_update_stops_at_the_first_bad_word(void **state)
{
    static const uint64_t bad[] = {PAGE(PROCESS_PAGES), PAGE(PROCESS_PAGES) | BH_WORD_READ_ONLY,
                                   PAGE(0x100000000), UINT64_MAX & ~(uint64_t)BH_WORD_INVALID};
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        put_word(one.t, 0, PAGE(1));
        put_word(one.t, 1, bad[i]);
        put_word(one.t, 2, PAGE(2));
        assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE + 3 * i, 3, 0);
        assert_int_equal(result(one.t, 0), 1);
        assert_int_equal(leaf(3 * i), PAGE(host_frame(one.page + 1)));
        assert_int_equal(leaf(3 * i + 1), ENTRY_INVALID);
        assert_int_equal(leaf(3 * i + 2), ENTRY_INVALID);
        assert_int_equal(iospace_owed_to[pci.s], 3 * i + 1);
    }
}

/* Through a window that may not be written, only read-only entries; through none, only invalid. */
static void test_update_within_the_rights_of_the_window(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 2, 3, R);
    put_word(one.t, 0, PAGE(0));
    assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 1);
    assert_int_equal(result(one.t, 0), 0);
    put_word(one.t, 0, PAGE(2) | BH_WORD_READ_ONLY);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 1);
    assert_int_equal(leaf(0), PAGE(host_frame(one.page + 4)) | ENTRY_PROTECTED);
    put_word(one.t, 0, PAGE(3) | BH_WORD_READ_ONLY);
    assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 1);
    assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 2);
    put_word(one.t, 0, BH_WORD_INVALID);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 2);
    assert_int_equal(leaf(0), ENTRY_INVALID);
}

/* No entry withholds reading, so no window may. */
static void test_a_window_without_reading_does_not_exist(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, X);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, W);
}

static void test_update_needs_a_message_buffer(void **state)
{
    uint32_t second;

    (void)state;
    prepare();
    second = new_thread(&one, 1);
    thread_message(second) = 0;
    assert_invoke(STATE, second, pci.iospace, IOSPACE_UPDATE, IO_BASE, 1, 0);
}

static void test_flush_results(void **state)
{
    (void)state;
    prepare();
    start_dma(&pci);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(zpci.issued[FAKE_RPCIT], 0);
    map_io(one.t, &pci, 0, PAGE(0));
    fake_inject(&zpci, FAKE_RPCIT, 2, 0, 1);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_FLUSH);
    fake_inject(&zpci, FAKE_RPCIT, 1, ZPCI_ST_RESOURCES, 1);
    assert_invoke(PCI, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(result(one.t, 0), 256 + ZPCI_ST_RESOURCES);
    fake_inject(&zpci, FAKE_RPCIT, 3, 0, 1);
    assert_invoke(GONE, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(result(one.t, 0), 3 * 256);
    assert_int_equal(iospace_owed_to[pci.s] - iospace_owed_from[pci.s], 1);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(iospace_owed_from[pci.s], iospace_owed_to[pci.s]);
}

static void test_clear_results(void **state)
{
    (void)state;
    prepare();
    start_dma(&pci);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    fake_inject(&zpci, FAKE_RPCIT, 1, ZPCI_ST_RESOURCES, 1);
    assert_invoke(PCI, one.t, pci.iospace, IOSPACE_CLEAR);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    fake_inject(&zpci, FAKE_RPCIT, 3, 0, 1);
    assert_invoke(GONE, one.t, pci.iospace, IOSPACE_CLEAR);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_CLEAR);
}

static void test_windows(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, 0);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, 8);
    assert_invoke(BOUND, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, PROCESS_PAGES + 1,
                  R);
    for (i = 1; i < BH_WINDOWS; i++) {
        assert_invoke(OK, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, i, 1, R);
    }
    assert_invoke(FULL, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, R);
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_DROP_WINDOW, 3);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_DROP_WINDOW, 3);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_DROP_WINDOW, 4);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_DROP_WINDOW, UINT64_C(0x100000000));
    map_io(one.t, &pci, 0, PAGE(0));
    assert_invoke(STATE, INIT, pci.iospace, IOSPACE_DROP_WINDOW, 0);
    seal();
    assert_invoke(SEALED, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, 1, R);
    assert_invoke(SEALED, INIT, pci.iospace, IOSPACE_DROP_WINDOW, 1);
}

static void test_inspect(void **state)
{
    uint32_t other;

    (void)state;
    prepare();
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_INSPECT, 0);
    assert_int_equal(result(INIT, 0), object_of(one.region));
    assert_int_equal(result(INIT, 1), host_frame(one.page));
    assert_int_equal(result(INIT, 2), PROCESS_PAGES);
    assert_int_equal(result(INIT, 3), R | W);
    map_io(one.t, &pci, 2, PAGE(0));
    map_io(one.t, &pci, 5, PAGE(0));
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_INSPECT, 4);
    assert_int_equal(result(INIT, 0), IO_BASE);
    assert_int_equal(result(INIT, 1), IO_PAGES);
    assert_int_equal(result(INIT, 2), 4);
    assert_int_equal(result(INIT, 3), pci.f + 1);
    assert_int_equal(result(INIT, 4), one.p);
    other = new_iospace(one.partition, 0, 256);
    assert_invoke(OK, INIT, other, IOSPACE_INSPECT, 4);
    assert_int_equal(result(INIT, 3), 0);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_INSPECT, 5);
    assert_invoke(ARG, INIT, pci.iospace, IOSPACE_INSPECT, UINT64_C(0x100000000));
}

static void test_entry(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 2, PAGE(6));
    map_io(one.t, &pci, 3, PAGE(6) | BH_WORD_READ_ONLY);
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_ENTRY, IO_BASE + 2);
    assert_int_equal(result(INIT, 0), host_frame(one.page + 6));
    assert_int_equal(result(INIT, 1), R | W);
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_ENTRY, IO_BASE + 3);
    assert_int_equal(result(INIT, 1), R);
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_ENTRY, IO_BASE + 4);
    assert_int_equal(result(INIT, 1), 0);
    assert_invoke(RANGE, INIT, pci.iospace, IOSPACE_ENTRY, IO_BASE - 1);
    assert_invoke(RANGE, INIT, pci.iospace, IOSPACE_ENTRY, IO_BASE + IO_PAGES);
}

const struct CMUnitTest methods_iospace[] = {
    kernel_test(test_update_stores_entries),
    kernel_test(test_update_refuses_other_bits),
    kernel_test(test_update_refuses_ranges),
    kernel_test(test_update_stops_at_the_first_bad_word),
    kernel_test(test_update_within_the_rights_of_the_window),
    kernel_test(test_a_window_without_reading_does_not_exist),
    kernel_test(test_update_needs_a_message_buffer),
    kernel_test(test_flush_results),
    kernel_test(test_clear_results),
    kernel_test(test_windows),
    kernel_test(test_inspect),
    kernel_test(test_entry),
    kernel_tests_end,
};
