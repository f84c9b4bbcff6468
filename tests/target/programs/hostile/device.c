/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `hostile`: its own disk is told to read and write where it must not. Belongs to:
 * test. The virtio registers and rings are the process's to misuse; only the I/O translation and
 * the interruption registration stand between them and the machine's memory.
 */
#include <stdio.h>
#include <string.h>

#include "drivers/zpci/native/device.h"
#include "drivers/zpci/native/virtio_blk.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/report.h"

/* Pages of the window "dma", behind those of the queue. */
#define OPEN_PAGE 16u
#define READ_ONLY_PAGE 17u
#define CLOSED_PAGE 18u
#define CANARY 0xc5u

#define TABLE_REACH UINT64_C(0x40000000000) /* 4 TiB: what a region-third table describes */

#define ENTRY 0u
#define MESSAGES 2048u     /* vector numbers that a message can carry */
#define VECTOR_BYTES 264u  /* what the machine may touch at a vector */
#define SUMMARY_BYTE 2048u /* device.c of the native driver */
#define PATIENCE_US 1000000u
#define PEC_PLAUSIBLE 0x40u

static struct native_device device;
static struct virtio_pci virtio;
static struct virtio_blk blk;

struct outcome {
    bool done;      /* the device says that the request succeeded */
    uint64_t event; /* code of the PCI event; 0: none came */
};

static uint8_t *page_at(uint64_t page)
{
    return device.memory + page * BH_PAGE_SIZE;
}

static void set_canaries(void)
{
    memset(page_at(READ_ONLY_PAGE), CANARY, BH_PAGE_SIZE);
    memset(page_at(CLOSED_PAGE), CANARY, BH_PAGE_SIZE);
    memset(page_at(OPEN_PAGE), CANARY, BH_PAGE_SIZE);
}

static bool holds(const uint8_t *bytes, uint64_t count, uint8_t value)
{
    for (uint64_t i = 0; i < count; i++)
        if (bytes[i] != value)
            return false;
    return true;
}

static void check_canaries(const char *what)
{
    attempt(holds(page_at(READ_ONLY_PAGE), BH_PAGE_SIZE, CANARY), "%s: wrote to a read-only page",
            what);
    attempt(holds(page_at(CLOSED_PAGE), BH_PAGE_SIZE, CANARY), "%s: wrote to an unmapped page",
            what);
}

static void must(uint64_t error, const char *what)
{
    if (error != BH_E_OK)
        bh_fatal("own device, %s: error %lu", what, error);
}

static uint64_t take_event(void)
{
    struct bh_results event;

    if (bh_pci_event(device.function, &event) != BH_E_OK || event.gr3 != 1)
        return 0;
    return event.gr4;
}

static void map_own_pages(void)
{
    uint64_t queue = (virtio_blk_dma_bytes() + BH_PAGE_SIZE - 1) / BH_PAGE_SIZE;

    must(queue > OPEN_PAGE, "size of the queue");
    must(native_map(&device, 0, queue, 0), "map the queue");
    must(native_map(&device, OPEN_PAGE, 1, 0), "map a page");
    must(native_map(&device, READ_ONLY_PAGE, 1, BH_WORD_READ_ONLY), "map a read-only page");
    must(native_map(&device, CLOSED_PAGE, 1, BH_WORD_INVALID), "unmap a page");
}

/* The device works as a well-behaved driver would have it, but for the I/O address of its queue and
 * the number in its interruption messages. */
static void bring_up(uint64_t queue_iova, uint16_t vector, uint64_t vector_byte)
{
    set_canaries();
    must(native_device_start(&device, vector_byte), "start");
    map_own_pages();
    while (take_event() != 0)
        continue;
    must(virtio_pci_find(&virtio, &device.ops, device.bar_log2), "find registers");
    must(virtio_pci_enable(&virtio, 1), "enable");
    must(virtio_pci_message(&virtio, ENTRY, device.msia, vector, MESSAGES), "set up MSI-X");
    must(virtio_blk_start(&blk, &virtio, page_at(0), queue_iova, ENTRY), "start the disk");
}

static bool completed(void)
{
    enum virtio_blk_result result = VIRTIO_BLK_IO_ERROR;
    uint16_t slot;

    return virtio_blk_complete(&blk, &slot, &result) > 0 && result == VIRTIO_BLK_OK;
}

/* One sector between the disk and an I/O address; waits for a completion or an event. A device that
 * is in error already refuses the request, and the event says why. */
static struct outcome transfer(enum virtio_blk_kind kind, uint64_t iova)
{
    uint64_t deadline = bh_deadline(PATIENCE_US);
    struct outcome outcome = {.done = false};
    uint64_t error = BH_E_OK;
    uint16_t slot;

    virtio_blk_submit(&blk, kind, 0, iova, VIRTIO_BLK_SECTOR, &slot);
    while (!outcome.done && outcome.event == 0 && error != BH_E_TIMEOUT) {
        outcome.done = completed();
        outcome.event = take_event();
        if (!outcome.done && outcome.event == 0)
            error = native_wait(&device, deadline);
    }
    return outcome;
}

static void must_refuse(struct outcome outcome, const char *what)
{
    attempt(!outcome.done, "%s: the device succeeded", what);
    attempt(outcome.event != 0 && outcome.event < PEC_PLAUSIBLE, "%s: event %#lx", what,
            outcome.event);
    check_canaries(what);
    native_device_stop(&device);
}

static void aim_data_at(enum virtio_blk_kind kind, uint64_t iova, const char *what)
{
    bring_up(native_iova(&device, 0), 0, 0);
    must_refuse(transfer(kind, iova), what);
}

/* Above what an I/O table can describe. The machine may drop such a transfer without an event, but
 * must not cut the address down to one that is mapped. */
static void aim_at_alias(void)
{
    bring_up(native_iova(&device, 0), 0, 0);
    transfer(VIRTIO_BLK_READ, native_iova(&device, OPEN_PAGE) + TABLE_REACH);
    attempt(holds(page_at(OPEN_PAGE), BH_PAGE_SIZE, CANARY), "read into the alias of an address");
    check_canaries("read into the alias of an address");
    native_device_stop(&device);
}

static void aim_queue_at(uint64_t iova, const char *what)
{
    bring_up(iova, 0, 0);
    must_refuse(transfer(VIRTIO_BLK_READ, native_iova(&device, OPEN_PAGE)), what);
}

/* A well-behaved request works: otherwise the refusals below would prove nothing. */
static void behave_well(void)
{
    struct outcome outcome;

    bring_up(native_iova(&device, 0), 0, 0);
    outcome = transfer(VIRTIO_BLK_READ, native_iova(&device, OPEN_PAGE));
    if (!outcome.done || holds(page_at(OPEN_PAGE), VIRTIO_BLK_SECTOR, CANARY))
        bh_fatal("own device does not work: event %#lx", outcome.event);
    check_canaries("a well-behaved request");
    native_device_stop(&device);
}

static void misuse_data(void)
{
    aim_data_at(VIRTIO_BLK_READ, native_iova(&device, CLOSED_PAGE), "read into an unmapped page");
    aim_data_at(VIRTIO_BLK_WRITE, native_iova(&device, CLOSED_PAGE), "write from an unmapped page");
    aim_data_at(VIRTIO_BLK_READ, native_iova(&device, READ_ONLY_PAGE),
                "read into a read-only page");
    aim_data_at(VIRTIO_BLK_READ, native_iova(&device, device.pages), "read into the bound memory");
    aim_data_at(VIRTIO_BLK_READ, native_iova(&device, OPEN_PAGE + 1) - 256,
                "read across the end of what is mapped");
    aim_data_at(VIRTIO_BLK_READ, 0, "read into absolute page 0");
    aim_data_at(VIRTIO_BLK_READ, 0x100000, "read into the kernel");
    aim_data_at(VIRTIO_BLK_WRITE, 0x100000, "write from the kernel");
    aim_data_at(VIRTIO_BLK_READ, native_iova(&device, 0) - BH_PAGE_SIZE, "read below the window");
    aim_at_alias();
}

static void misuse_queue(void)
{
    aim_queue_at(native_iova(&device, CLOSED_PAGE), "queue in an unmapped page");
    aim_queue_at(native_iova(&device, READ_ONLY_PAGE), "queue in a read-only page");
    aim_queue_at(0x100000, "queue in the kernel");
}

/* The message number is the device's, which does what the process says: the largest one reaches
 * 256 bytes into the vector, which lies at the very end of the bound memory. */
static void misuse_messages(void)
{
    uint64_t vector_byte = BH_PAGE_SIZE - VECTOR_BYTES;
    uint8_t *bound;
    uint16_t slot;

    bring_up(native_iova(&device, 0), MESSAGES - 1, vector_byte);
    bound = page_at(device.pages);
    must(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, native_iova(&device, OPEN_PAGE),
                           VIRTIO_BLK_SECTOR, &slot),
         "submit");
    for (uint64_t deadline = bh_deadline(PATIENCE_US); !completed() && bh_tod() < deadline;)
        bh_svc_yield();
    attempt(bound[vector_byte + (MESSAGES - 1) / 8] == 1, "message %u: its bit is not set",
            MESSAGES - 1);
    bound[vector_byte + (MESSAGES - 1) / 8] = 0;
    memset(bound + SUMMARY_BYTE, 0, sizeof(uint64_t));
    attempt(holds(bound, BH_PAGE_SIZE, 0), "message %u: other bytes changed", MESSAGES - 1);
    check_canaries("messages");
    native_device_stop(&device);
}

/* Data stored at the message address is a message: it may set bits of the vector and nothing else.
 */
static void store_to_message_address(void)
{
    uint8_t *bound;

    bring_up(native_iova(&device, 0), 0, 0);
    transfer(VIRTIO_BLK_READ, device.msia);
    bound = page_at(device.pages);
    memset(bound + SUMMARY_BYTE, 0, sizeof(uint64_t));
    attempt(holds(bound + VECTOR_BYTES, BH_PAGE_SIZE - VECTOR_BYTES, 0),
            "data at the message address: bytes outside the vector changed");
    check_canaries("data at the message address");
    native_device_stop(&device);
}

void hostile_device(void)
{
    native_device_find(&device);
    behave_well();
    misuse_data();
    misuse_queue();
    misuse_messages();
    store_to_message_address();
}
