/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: a working PCI function: bindings, loads and stores, registrations.
 * Belongs to: test. Its disk and its errors: disk.c.
 */
#include <string.h>

#include "libs/zformats/fib.h"
#include "libs/zformats/pciconf.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/disk.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"

#define TOO_FAR UINT64_C(0x100000000)
#define VIRTIO_VENDOR_ID 0x1af4u
#define NO_BAR 0u
#define MSIX_BAR 1u      /* of the machine's virtio devices: the MSI-X table, 4 KiB */
#define REGISTERS_BAR 4u /* the virtio registers */
#define QUEUE_SELECT 0x16u
#define SEQUENCE_ERROR (1u * 256u + ZPCI_ST_SEQUENCE)
#define BLOCK 16u /* bytes of a store block */

static void refuse_bindings(void)
{
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, GUEST_REGION, GUEST_PAGES, 1);
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, GUEST_REGION, 1, GUEST_PAGES);
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, GUEST_REGION, 0, 0);
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, GUEST_REGION, UINT64_MAX, 2);
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, REGION_READ, 0, 1);
    EXPECT(BOUND, PCI_1, PCI_BIND_MEMORY, REGION, 0, 1);
    EXPECT(TYPE, PCI_1, PCI_BIND_MEMORY, ENDPOINT, 0, 1);
    EXPECT(TYPE, PCI_1, PCI_BIND_EVENT, ENDPOINT);
    grant(SCRATCH, GUEST_NOTIFICATION, BH_R_NOTIFICATION_SIGNAL | BH_R_NOTIFICATION_WAIT, 0);
    EXPECT(RIGHT, PCI_1, PCI_BIND_EVENT, SCRATCH);
    drop(SCRATCH);
    EXPECT(BOUND, PCI_1, PCI_BIND_EVENT, OTHER_NOTIFICATION);
}

static void bind(uint64_t function)
{
    EXPECT(OK, function, PCI_BIND_MEMORY, GUEST_REGION, BIND_PAGE, BIND_PAGES);
    EXPECT(EXISTS, function, PCI_BIND_MEMORY, GUEST_REGION, BIND_PAGE, BIND_PAGES);
    grant(SCRATCH, GUEST_NOTIFICATION, BH_R_NOTIFICATION_EVENT, EVENT_BADGE);
    EXPECT(OK, function, PCI_BIND_EVENT, SCRATCH);
    EXPECT(EXISTS, function, PCI_BIND_EVENT, SCRATCH);
    drop(SCRATCH);
}

void pci_before(void)
{
    refuse_bindings();
    bind(PCI_1);
    bind(PCI_2);
}

static uint64_t query(uint64_t field)
{
    EXPECT(OK, PCI_1, PCI_QUERY, field);
    return got.gr3;
}

static void queries(void)
{
    SAME(query(0), FID_1);
    SAME(query(5), IO_PAGE);
    SAME(query(6), IO_PAGES);
    SAME(query(8 + MSIX_BAR), 12);
    SAME(query(8 + NO_BAR), 0);
    EXPECT(ARG, PCI_1, PCI_QUERY, 7);
    EXPECT(ARG, PCI_1, PCI_QUERY, 15);
    EXPECT(ARG, PCI_1, PCI_QUERY, 22);
    EXPECT(ARG, PCI_1, PCI_QUERY, TOO_FAR);
}

static void inspect(void)
{
    EXPECT(OK, GUEST, PARTITION_INSPECT);
    uint64_t owner = got.gr3;

    EXPECT(OK, PCI_1, PCI_INSPECT, 0);
    SAME(got.gr3, owner);
    SAME(got.gr5, ISC);
    EXPECT(OK, PCI_1, PCI_INSPECT, 1);
    SAME(got.gr4, BIND_PAGES);
    EXPECT(OK, PCI_1, PCI_INSPECT, 2);
    SAME(got.gr3 != 0, true);
    SAME(got.gr4, EVENT_BADGE);
    EXPECT(ARG, PCI_1, PCI_INSPECT, 3);
    EXPECT(ARG, PCI_1, PCI_INSPECT, TOO_FAR);
}

static void refuse_accesses(void)
{
    EXPECT(ARG, PCI_1, PCI_LOAD, 6, 0, 4);
    EXPECT(ARG, PCI_1, PCI_LOAD, NO_BAR, 0, 4);
    EXPECT(ARG, PCI_1, PCI_LOAD, BH_PCI_CONFIG, 2, 4);
    EXPECT(ARG, PCI_1, PCI_LOAD, BH_PCI_CONFIG, BH_PAGE_SIZE, 4);
    EXPECT(ARG, PCI_1, PCI_LOAD, REGISTERS_BAR, 4, 8);
    EXPECT(ARG, PCI_1, PCI_STORE, REGISTERS_BAR, 0, 0, 0);
    EXPECT(ARG, PCI_1, PCI_STORE, REGISTERS_BAR, UINT64_C(1) << query(8 + REGISTERS_BAR), 1, 0);
    EXPECT(ARG, PCI_1, PCI_STORE, BH_PCI_CONFIG, PCICONF_COMMAND, 2, 0);
    EXPECT(ARG, PCI_1, PCI_CONFIG_STORE, BH_PAGE_SIZE, 4, 0);
    EXPECT(ARG, PCI_1, PCI_CONFIG_STORE, PCICONF_COMMAND, TOO_FAR + 2, 0);
    EXPECT(ARG, PCI_1, PCI_CONFIG_STORE, 3, 2, 0);
    EXPECT(REFUSED, PCI_1, PCI_CONFIG_STORE, PCICONF_BAR, 4, 0);
    EXPECT(REFUSED, PCI_1, PCI_CONFIG_STORE, 0, 4, 0);
}

static uint64_t load(uint64_t bar, uint64_t offset, uint64_t length)
{
    EXPECT(OK, PCI_1, PCI_LOAD, bar, offset, length);
    return got.gr3;
}

static void load_and_store(void)
{
    SAME(load(BH_PCI_CONFIG, 0, 2), VIRTIO_VENDOR_ID);
    EXPECT(OK, PCI_1, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, PCI_COMMAND_MEMORY);
    SAME(load(BH_PCI_CONFIG, PCICONF_COMMAND, 2) & PCI_COMMAND_MEMORY, PCI_COMMAND_MEMORY);
    EXPECT(OK, PCI_1, PCI_STORE, REGISTERS_BAR, QUEUE_SELECT, 2, 0x0102);
    SAME(load(REGISTERS_BAR, QUEUE_SELECT, 2), 0x0102);
    EXPECT(OK, PCI_1, PCI_STORE, REGISTERS_BAR, QUEUE_SELECT, 2, 0);
}

/* The emulated machine reverses the bytes of each doubleword of a block, so each is a palindrome.
 */
static void store_block(void)
{
    static const uint8_t bytes[BLOCK] = {0x12, 0x34, 0x56, 0x78, 0x78, 0x56, 0x34, 0x12,
                                         0x01, 0xee, 0xdd, 0xcc, 0xcc, 0xdd, 0xee, 0x01};

    memcpy(GUEST_ADDRESS(BIND_PAGE), bytes, sizeof(bytes));
    EXPECT(OK, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, 0, 0, BLOCK);
    SAME(load(MSIX_BAR, 0, 4), 0x78563412);
    SAME(load(MSIX_BAR, 8, 4), 0xccddee01);
    EXPECT(ARG, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, 0, 0, 8);
    EXPECT(ARG, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, 0, 0, 4096);
    EXPECT(ARG, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 4, 0, 0, BLOCK);
    EXPECT(ARG, PCI_1, PCI_STORE_BLOCK, 6, 0, 0, 0, BLOCK);
    EXPECT(BOUND, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, BIND_PAGES, 0, BLOCK);
    EXPECT(BOUND, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, 0, 4088, BLOCK);
    EXPECT(BOUND, PCI_1, PCI_STORE_BLOCK, MSIX_BAR, 0, UINT64_MAX, 0, BLOCK);
    memset(GUEST_ADDRESS(BIND_PAGE), 0, sizeof(bytes));
}

/* Out of sequence, the machine refuses; twice is also out of sequence. */
static void register_dma(void)
{
    EXPECT(PCI, PCI_1, PCI_DMA_DROP);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(OK, PCI_1, PCI_DMA_REGISTER);
    EXPECT(PCI, PCI_1, PCI_DMA_REGISTER);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(OK, PCI_1, PCI_DMA_DROP);
}

static void register_interruptions(void)
{
    uint64_t vectors = query(1);

    EXPECT(PCI, PCI_1, PCI_IRQ_DROP);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(ARG, PCI_1, PCI_IRQ_REGISTER, vectors + 1, 0, 0, 0, 2048, 0);
    EXPECT(ARG, PCI_1, PCI_IRQ_REGISTER, 0, 0, 0, 0, 2048, 0);
    EXPECT(ARG, PCI_1, PCI_IRQ_REGISTER, 1, 0, 4, 0, 2048, 0);
    EXPECT(ARG, PCI_1, PCI_IRQ_REGISTER, 1, 0, 0, 64, 2048, 0);
    EXPECT(ARG, PCI_1, PCI_IRQ_REGISTER, 1, 0, 0, 0, 2048, 64);
    EXPECT(BOUND, PCI_1, PCI_IRQ_REGISTER, 1, BIND_PAGES, 0, 0, 2048, 0);
    EXPECT(BOUND, PCI_1, PCI_IRQ_REGISTER, 1, BIND_PAGES - 1, 4096 - 256, 0, 2048, 0);
    EXPECT(BOUND, PCI_1, PCI_IRQ_REGISTER, 1, 0, 0, 0, BIND_PAGES * BH_PAGE_SIZE, 0);
    EXPECT(OK, PCI_1, PCI_IRQ_REGISTER, 1, BIND_PAGES - 1, 4096 - 264, 0, 2048, 0);
    EXPECT(PCI, PCI_1, PCI_IRQ_REGISTER, 1, 0, 0, 0, 2048, 0);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(OK, PCI_1, PCI_IRQ_DROP);
}

static void measure(void)
{
    EXPECT(ARG, PCI_1, PCI_MEASURE, 0, 8);
    EXPECT(BOUND, PCI_1, PCI_MEASURE, BIND_PAGES, 0);
    EXPECT(BOUND, PCI_1, PCI_MEASURE, BIND_PAGES - 1, 4096 - 48);
    EXPECT(OK, PCI_1, PCI_MEASURE, BIND_PAGES - 1, 4096 - 64);
    EXPECT(OK, PCI_1, PCI_MEASURE, UINT64_MAX, 0);
}

static void state(uint64_t controls, uint64_t *generation)
{
    EXPECT(OK, PCI_1, PCI_STATE);
    SAME(got.gr3, controls);
    *generation = got.gr4;
}

void pci_both(void)
{
    uint64_t before, after;

    EXPECT(STATE, PCI_1, PCI_DISABLE);
    state(0, &before);
    EXPECT(OK, PCI_1, PCI_ENABLE);
    state(FIB_FC_ENABLED, &after);
    SAME(after, before + 1);
    EXPECT(STATE, PCI_1, PCI_ENABLE);
    queries();
    inspect();
    refuse_accesses();
    load_and_store();
    store_block();
    register_dma();
    register_interruptions();
    measure();
    EXPECT(PCI, PCI_1, PCI_RESET_ERROR);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(PCI, PCI_1, PCI_UNBLOCK);
    SAME(got.gr3, SEQUENCE_ERROR);
    EXPECT(OK, PCI_1, PCI_EVENT);
    SAME(got.gr3, 0);
    EXPECT(OK, PCI_1, PCI_DISABLE);
    disk_both();
}

void pci_after(void)
{
    EXPECT(SEALED, PCI_1, PCI_BIND_MEMORY, GUEST_REGION, 0, 1);
    EXPECT(SEALED, PCI_1, PCI_BIND_EVENT, GUEST_NOTIFICATION);
}
