/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: the first function's disk: a read by DMA with its interruption, then a
 * read into an address that is not mapped, which puts the function into error. Belongs to: test.
 */
#include "tests/target/methods/disk.h"

#include <string.h>

#include "drivers/zpci/native/pci_calls.h"
#include "drivers/zpci/native/virtio_blk.h"
#include "libs/rt/rt.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/pciconf.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/slots.h"

#define QUEUE_PAGES 16u /* more than the queue needs */
#define DATA_PAGE (DISK_PAGE + QUEUE_PAGES)
#define CLOSED_PAGE (DATA_PAGE + 1u)
#define FAR_PAGE 6000u /* of the I/O space: more than one hardware RPCIT away from page 0 */
#define SUMMARY_BYTE 2048u
#define ENTRY 0u /* of the MSI-X table, and its vector */
#define MSIX_BAR 1u
#define REGISTERS_BAR 4u
#define PATIENCE_US 2000000u
#define TRIES 100u
#define CC_1 1u
#define EVENT_ERROR 1u
#define IOVA(page) ((IO_PAGE + (page)) * BH_PAGE_SIZE)

static unsigned function = PCI_1;
static struct pci_ops ops;
static struct virtio_pci virtio;
static struct virtio_blk blk;

static void map(uint64_t page, uint64_t pages, uint64_t flags)
{
    for (uint64_t i = 0; i < pages; i++)
        put_word((unsigned)i, (page + i) * BH_PAGE_SIZE | flags);
    EXPECT(OK, IOSPACE_1, IOSPACE_UPDATE, IO_PAGE + page, pages, 0);
}

static void flush_all(void)
{
    uint64_t error = BH_E_AGAIN;

    for (unsigned tries = 0; tries < TRIES && error == BH_E_AGAIN; tries++)
        error = bh_svc_invoke(IOSPACE_1, BH_M_IOSPACE_FLUSH, BH_ARGUMENT_LIST(0), &got);
    judge_result(__FILE__, __LINE__, BH_M_IOSPACE_FLUSH, error, BH_E_OK);
}

static void owed(uint64_t pages)
{
    EXPECT(OK, IOSPACE_1, IOSPACE_INSPECT, BH_WINDOWS);
    SAME(got.gr5, pages);
}

/* What is owed stays owed until the function knows the space, then goes in pieces. */
static void flush_in_pieces(void)
{
    map(0, 1, BH_WORD_INVALID);
    put_word(0, BH_WORD_INVALID);
    EXPECT(OK, IOSPACE_1, IOSPACE_UPDATE, IO_PAGE + FAR_PAGE, 1, 0);
    EXPECT(OK, IOSPACE_1, IOSPACE_FLUSH);
    owed(FAR_PAGE + 1);
    EXPECT(OK, PCI_1, PCI_DMA_REGISTER);
    EXPECT(AGAIN, IOSPACE_1, IOSPACE_FLUSH);
    EXPECT(OK, IOSPACE_1, IOSPACE_FLUSH);
    owed(0);
}

static void find_registers(void)
{
    uint8_t bar_log2[6];

    for (unsigned bar = 0; bar < sizeof(bar_log2); bar++) {
        EXPECT(OK, PCI_1, PCI_QUERY, 8 + bar);
        bar_log2[bar] = (uint8_t)got.gr3;
    }
    ops = native_pci_ops(&function);
    SAME(virtio_pci_find(&virtio, &ops, bar_log2), ZPCI_OK);
}

static void start_disk(void)
{
    EXPECT(OK, PCI_1, PCI_QUERY, 3);
    uint64_t address = got.gr3;

    EXPECT(OK, PCI_1, PCI_QUERY, 1);
    uint16_t vectors = (uint16_t)got.gr3;

    memset(GUEST_ADDRESS(BIND_PAGE), 0, BH_PAGE_SIZE);
    EXPECT(OK, PCI_1, PCI_IRQ_REGISTER, 1, 0, 0, 0, SUMMARY_BYTE, 0);
    map(DISK_PAGE, QUEUE_PAGES, 0);
    map(DATA_PAGE, 1, 0);
    EXPECT(OK, IOSPACE_1, IOSPACE_FLUSH);
    find_registers();
    SAME(virtio_pci_enable(&virtio, 1), ZPCI_OK);
    SAME(virtio_pci_message(&virtio, ENTRY, address, ENTRY, vectors), ZPCI_OK);
    SAME(virtio_blk_start(&blk, &virtio, GUEST_ADDRESS(DISK_PAGE), IOVA(DISK_PAGE), ENTRY),
         ZPCI_OK);
}

/* Reads a sector into that I/O page; the bits that were signalled. */
static uint64_t read_into(uint64_t page)
{
    uint64_t bits = 0;
    uint16_t slot;

    (void)bh_svc_wait(GUEST_NOTIFICATION, 0, &bits);
    (void)virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, IOVA(page), VIRTIO_BLK_SECTOR, &slot);
    EXPECT_CALL(OK, WAIT, bh_svc_wait(GUEST_NOTIFICATION, bh_deadline(PATIENCE_US), &bits));
    return bits;
}

static void read_sector(void)
{
    enum virtio_blk_result result = VIRTIO_BLK_NONSENSE;
    uint64_t count;
    uint16_t slot;

    EXPECT(OK, IRQ, IRQ_INSPECT);
    count = got.gr5;
    memset(GUEST_ADDRESS(DATA_PAGE), 0, BH_PAGE_SIZE);
    SAME(read_into(DATA_PAGE), IRQ_BADGE);
    SAME((uint64_t)virtio_blk_complete(&blk, &slot, &result), 1);
    SAME(result, VIRTIO_BLK_OK);
    SAME(*(const uint64_t *)GUEST_ADDRESS(DATA_PAGE) != 0, true);
    EXPECT(OK, IRQ, IRQ_INSPECT);
    SAME(got.gr5, count + 1);
}

static void cause_error(void)
{
    SAME(read_into(CLOSED_PAGE) & EVENT_BADGE, EVENT_BADGE);
    EXPECT(OK, PCI_1, PCI_EVENT);
    SAME(got.gr3, EVENT_ERROR);
    SAME(got.gr5, IOVA(CLOSED_PAGE));
    EXPECT(OK, PCI_1, PCI_STATE);
    SAME(got.gr3 & FIB_FC_ERROR, FIB_FC_ERROR);
}

static void refused_with_status(void)
{
    SAME(got.gr3 / 256, CC_1);
}

static void refuse_in_error(void)
{
    EXPECT(PCI, PCI_1, PCI_LOAD, BH_PCI_CONFIG, 0, 4);
    refused_with_status();
    EXPECT(PCI, PCI_1, PCI_STORE, REGISTERS_BAR, 0, 4, 0);
    refused_with_status();
    EXPECT(PCI, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, 0, 0, 16);
    refused_with_status();
    EXPECT(PCI, PCI_1, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 0);
    refused_with_status();
    map(DATA_PAGE, 1, BH_WORD_INVALID);
    EXPECT(PCI, IOSPACE_1, IOSPACE_FLUSH);
    refused_with_status();
    owed(1);
}

/* Requires: nothing is owed that a piece does not cover. CLEAR goes as far as its last piece. */
static void clear(uint64_t error)
{
    unsigned tries;
    uint64_t result = BH_E_AGAIN;

    for (tries = 0; tries < TRIES && result == BH_E_AGAIN; tries++)
        result = bh_svc_invoke(IOSPACE_1, BH_M_IOSPACE_CLEAR, BH_ARGUMENT_LIST(0), &got);
    judge_result(__FILE__, __LINE__, BH_M_IOSPACE_CLEAR, result, error);
}

static void recover(void)
{
    EXPECT(OK, PCI_1, PCI_UNBLOCK);
    EXPECT(OK, PCI_1, PCI_LOAD, BH_PCI_CONFIG, 0, 4);
    EXPECT(OK, PCI_1, PCI_RESET_ERROR);
    EXPECT(OK, PCI_1, PCI_STATE);
    SAME(got.gr3, FIB_FC_ENABLED | FIB_FC_IOAT);
    flush_all();
    owed(0);
}

void disk_both(void)
{
    EXPECT(OK, PCI_1, PCI_ENABLE);
    flush_in_pieces();
    start_disk();
    read_sector();
    cause_error();
    refuse_in_error();
    clear(BH_E_PCI);
    recover();
    clear(BH_E_OK);
    EXPECT(OK, PCI_1, PCI_IRQ_DROP);
    EXPECT(OK, PCI_1, PCI_DMA_DROP);
    EXPECT(OK, PCI_1, PCI_DISABLE);
}
