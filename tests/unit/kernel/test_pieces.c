/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: flushes and clears of large I/O spaces come in bounded pieces, between which anything may
 * happen. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "tests/unit/kernel/dma.h"

#define FLUSH_PIECE 4096u /* pages in one RPCIT */
#define CLEAR_PIECE 1024u
#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE

/* A space of 16,384 pages: a flush of all of it takes four pieces. */
static void prepare_large(uint32_t pages)
{
    uint32_t slot = 50;

    install_devices();
    new_process(&one, 1);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_IRQ, 49, ISC);
    pci.iospace = new_iospace(one.partition, IO_BASE, pages);
    pci.s = object_of(pci.iospace);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, slot, DEVICE_FID(0), pci.iospace,
                  ISC);
    assert_invoke(OK, INIT, pci.iospace, IOSPACE_ADD_WINDOW, one.region, 0, PROCESS_PAGES, R | W);
    grant(&one, pci.iospace, EVERYTHING, 0);
    pci.slot = slot;
    pci.device = &device[0];
    start_dma(&pci);
}

static void test_a_flush_comes_in_pieces(void **state)
{
    uint32_t piece;

    (void)state;
    prepare_large(4 * FLUSH_PIECE);
    map_io(one.t, &pci, 0, PAGE(1));
    map_io(one.t, &pci, 4 * FLUSH_PIECE - 1, PAGE(2));
    assert_int_equal(owed(), 4 * FLUSH_PIECE);
    for (piece = 1; piece < 4; piece++) {
        assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_FLUSH);
        assert_int_equal(zpci.issued[FAKE_RPCIT], piece);
        assert_int_equal(owed(), (4 - piece) * FLUSH_PIECE);
    }
    assert_int_equal(reads(0), 1);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(owed(), 0);
    assert_int_equal(reads(4 * FLUSH_PIECE - 1), 1);
}

/* An entry that changes before the piece that is under way is owed again, from there on. */
static void test_a_change_during_a_flush_is_owed_again(void **state)
{
    (void)state;
    prepare_large(2 * FLUSH_PIECE);
    map_io(one.t, &pci, 3, PAGE(1));
    map_io(one.t, &pci, 2 * FLUSH_PIECE - 1, PAGE(2));
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(reads(3), 1);
    unmap_io(3);
    assert_int_equal(iospace_owed_from[pci.s], 3);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_invoke(OK, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_blocked(reads(3));
}

static void test_clear_invalidates_everything(void **state)
{
    uint32_t calls, i;

    (void)state;
    prepare_large(2 * CLEAR_PIECE + 256);
    for (i = 0; i < 2 * CLEAR_PIECE + 256; i += 100) {
        map_io(one.t, &pci, i, PAGE(i % PROCESS_PAGES));
    }
    flush_io(one.t, &pci);
    assert_int_equal(reads(2000), 1);
    for (calls = 1; calls < 20; calls++) {
        if (invoke_as(one.t, pci.iospace, BH_M_IOSPACE_CLEAR, ARGUMENTS(0)) == BH_E_OK) {
            break;
        }
        assert_errors(error_of(one.t), BH_E_AGAIN);
    }
    assert_int_equal(calls, 4);
    assert_int_equal(owed(), 0);
    for (i = 0; i < 2 * CLEAR_PIECE + 256; i++) {
        assert_int_equal(table_leaf[space_leaf[pci.s] + i], ENTRY_INVALID);
    }
    assert_blocked(reads(2000));
}

/* A translator that died in the middle of a clear, and mapped before it died, must not leave its
 * successor entries that the successor's own clear does not reach. */
static void test_clear_begins_anew_after_an_update(void **state)
{
    uint32_t calls;

    (void)state;
    prepare_large(2 * CLEAR_PIECE);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    map_io(one.t, &pci, 5, PAGE(1));
    for (calls = 0; calls < 20; calls++) {
        if (invoke_as(one.t, pci.iospace, BH_M_IOSPACE_CLEAR, ARGUMENTS(0)) == BH_E_OK) {
            break;
        }
    }
    assert_int_equal(table_leaf[space_leaf[pci.s] + 5], ENTRY_INVALID);
    assert_blocked(reads(5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_a_flush_comes_in_pieces),
        kernel_test(test_a_change_during_a_flush_is_owed_again),
        kernel_test(test_clear_invalidates_everything),
        kernel_test(test_clear_begins_anew_after_an_update),
    };

    return cmocka_run_group_tests_name("kernel I/O spaces in pieces", tests, NULL, NULL);
}
