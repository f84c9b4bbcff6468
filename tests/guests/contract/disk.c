/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: a virtio disk that tells what a mapping does. Belongs to: test. */
#include "drivers/zpci/access.h"
#include "drivers/zpci/insn/insn.h"
#include "drivers/zpci/native/virtio_blk.h"
#include "libs/zformats/bytes.h"
#include "tests/guests/contract/contract.h"

#define KNOWN 3u    /* sector with a content that was learned */
#define SCRATCH 64u /* sector that is written */
#define PATIENCE (2000u * TOD_PER_MS)
#define SPARE (RING_PAGES - 1u) /* page of the ring's memory for data */

static struct virtio_pci virtio;
static struct virtio_blk blk;
static int ready;
static uint8_t known[VIRTIO_BLK_SECTOR];

static enum zpci_error config_load(void *context, uint32_t offset, uint8_t length, uint32_t *value)
{
    (void)context;
    return zpci_config_load(fn.handle, offset, length, value);
}

static enum zpci_error config_store(void *context, uint32_t offset, uint8_t length, uint32_t value)
{
    (void)context;
    return zpci_error_of(
        zpci_pcistg(fn.handle, ZPCI_AS_CONFIG, offset, length, pci_swap(value, length)));
}

static enum zpci_error bar_load(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                uint64_t *value)
{
    (void)context;
    return zpci_bar_load(fn.handle, bar, fn.bar_log2[bar % 6u], offset, length, value);
}

static enum zpci_error bar_store(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                 uint64_t value)
{
    (void)context;
    return zpci_bar_store(fn.handle, bar, fn.bar_log2[bar % 6u], offset, length, value);
}

static const struct pci_ops ops = {0, config_load, config_store, bar_load, bar_store};

void disk_forget(void)
{
    ready = 0;
}

int disk_start(uint16_t entry)
{
    ready = virtio_pci_find(&virtio, &ops, fn.bar_log2) == ZPCI_OK &&
            virtio_pci_enable(&virtio, 1) == ZPCI_OK &&
            virtio_blk_start(&blk, &virtio, ring, fn.sdma, entry) == ZPCI_OK;
    return ready;
}

int disk_message(uint16_t entry, uint16_t vector)
{
    return virtio_pci_message(&virtio, entry, fn.msia, vector, 16) == ZPCI_OK;
}

/* Until the request is done or the function in error. */
static int await(void)
{
    uint64_t end = tod_now() + PATIENCE;
    enum virtio_blk_result result = VIRTIO_BLK_IO_ERROR;
    uint16_t slot;
    int done;

    do {
        done = virtio_blk_complete(&blk, &slot, &result);
    } while (done == 0 && (function_controls() & FIB_FC_ERROR) == 0 && tod_now() < end);
    return done == 1 && result == VIRTIO_BLK_OK;
}

static int transfer(enum virtio_blk_kind kind, uint64_t sector, uint64_t offset)
{
    uint16_t slot;
    int good;

    if (!ready && !disk_start(VIRTIO_NO_VECTOR))
        return 0;
    good = virtio_blk_submit(&blk, kind, sector, fn.sdma + offset, VIRTIO_BLK_SECTOR, &slot) ==
               ZPCI_OK &&
           await();
    ready = good;
    return good;
}

int disk_begin(enum disk_kind kind, uint64_t sector, uint64_t offset, uint32_t bytes)
{
    uint16_t slot;

    return (ready || disk_start(VIRTIO_NO_VECTOR)) &&
           virtio_blk_submit(&blk, kind == DISK_WRITE ? VIRTIO_BLK_WRITE : VIRTIO_BLK_READ, sector,
                             fn.sdma + offset, bytes, &slot) == ZPCI_OK;
}

int disk_end(uint32_t n)
{
    uint64_t end = tod_now() + PATIENCE;
    enum virtio_blk_result result;
    uint32_t good = 0, done = 0;
    uint16_t slot;

    while (done < n && tod_now() < end && !blk.queue.broken) {
        if (virtio_blk_complete(&blk, &slot, &result) == 1) {
            done++;
            good += result == VIRTIO_BLK_OK;
        } else if ((function_controls() & FIB_FC_ERROR) != 0) {
            break;
        }
    }
    ready = good == n;
    return ready;
}

static int same(const uint8_t *a, const uint8_t *b)
{
    uint32_t i;

    for (i = 0; i < VIRTIO_BLK_SECTOR; i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

void disk_learn(void)
{
    function_fresh();
    if (!transfer(VIRTIO_BLK_READ, KNOWN, SPARE * PAGE))
        print("contract: fatal: no disk\n");
    bytes_copy(known, ring + SPARE * PAGE, VIRTIO_BLK_SECTOR);
}

int disk_writes(uint64_t offset, uint8_t *at)
{
    bytes_zero(at, VIRTIO_BLK_SECTOR);
    return transfer(VIRTIO_BLK_READ, KNOWN, offset) && same(at, known);
}

int disk_reads(uint64_t offset, const uint8_t *at)
{
    return transfer(VIRTIO_BLK_WRITE, SCRATCH, offset) &&
           transfer(VIRTIO_BLK_READ, SCRATCH, SPARE * PAGE) && same(at, ring + SPARE * PAGE);
}
