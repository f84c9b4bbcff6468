/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio block device in software: its queue (zPCI instruction layer, fake). Every access to the
 * driver's memory is DMA through the function's translations. */
#include "drivers/zpci/insn/fake_blk_queue.h"

#include "libs/zformats/bytes.h"

#define DESCRIPTOR_SIZE 16u
#define DESCRIPTOR_LENGTH 8
#define DESCRIPTOR_FLAGS 12
#define DESCRIPTOR_NEXT 14
#define FLAG_NEXT 1u
#define FLAG_WRITE 2u
#define RING_INDEX 2u
#define RING_ENTRIES 4u
#define USED_ENTRY 8u
#define NO_INTERRUPT 1u

#define HEADER_SIZE 16u
#define SECTOR 512u
#define KIND_READ 0u
#define KIND_WRITE 1u
#define KIND_FLUSH 4u
#define STATUS_OK 0u
#define STATUS_IO_ERROR 1u
#define STATUS_UNSUPPORTED 2u

struct descriptor {
    uint64_t iova;
    uint32_t length;
    uint16_t flags, next;
};

/* A request on its way through its chain. */
struct request {
    uint32_t kind, written;
    uint64_t at; /* byte of the disk */
    uint8_t status;
};

static int load(struct fake_blk *blk, uint64_t iova, uint8_t *to, uint32_t length)
{
    return fake_dma_read(blk->fake, &blk->function, iova, to, length);
}

static int store(struct fake_blk *blk, uint64_t iova, const uint8_t *from, uint32_t length)
{
    return fake_dma_write(blk->fake, &blk->function, iova, from, length);
}

static uint64_t area(const struct fake_blk *blk, uint32_t which)
{
    return le64_get(blk->registers + which);
}

static uint16_t size_of(const struct fake_blk *blk)
{
    return le16_get(blk->registers + BLK_QUEUE_SIZE);
}

static int descriptor_load(struct fake_blk *blk, uint16_t index, struct descriptor *descriptor)
{
    uint8_t raw[DESCRIPTOR_SIZE];

    if (index >= size_of(blk))
        return -1;
    if (load(blk, area(blk, BLK_DESCRIPTORS) + index * DESCRIPTOR_SIZE, raw, sizeof(raw)) != 0)
        return -1;
    descriptor->iova = le64_get(raw);
    descriptor->length = le32_get(raw + DESCRIPTOR_LENGTH);
    descriptor->flags = le16_get(raw + DESCRIPTOR_FLAGS);
    descriptor->next = le16_get(raw + DESCRIPTOR_NEXT);
    return 0;
}

static int header(struct fake_blk *blk, const struct descriptor *descriptor,
                  struct request *request)
{
    uint8_t raw[HEADER_SIZE];
    uint64_t sector;

    if (descriptor->length < HEADER_SIZE || (descriptor->flags & FLAG_WRITE))
        return -1;
    if (load(blk, descriptor->iova, raw, sizeof(raw)) != 0)
        return -1;
    request->kind = le32_get(raw);
    sector = le64_get(raw + 8);
    request->status =
        request->kind <= KIND_WRITE || request->kind == KIND_FLUSH ? STATUS_OK : STATUS_UNSUPPORTED;
    if (sector > blk->sectors)
        request->status = STATUS_IO_ERROR;
    request->at = request->status == STATUS_OK ? sector * SECTOR : 0;
    return 0;
}

static int data(struct fake_blk *blk, const struct descriptor *descriptor, struct request *request)
{
    uint64_t room = blk->sectors * SECTOR - request->at;
    uint8_t *disk = blk->disk + request->at;
    int result;

    if (request->status != STATUS_OK || request->kind == KIND_FLUSH)
        return 0;
    if (descriptor->length > room) {
        request->status = STATUS_IO_ERROR;
        return 0;
    }
    request->at += descriptor->length;
    if (request->kind == KIND_WRITE)
        return load(blk, descriptor->iova, disk, descriptor->length);
    result = store(blk, descriptor->iova, disk, descriptor->length);
    request->written += descriptor->length;
    return result;
}

/* Header, any number of data buffers, one status byte. 0, or -1: the chain makes no sense, or a DMA
 * failed. */
static int execute(struct fake_blk *blk, uint16_t head, struct request *request)
{
    struct descriptor descriptor;

    *request = (struct request){.kind = 0};
    if (descriptor_load(blk, head, &descriptor) != 0 || header(blk, &descriptor, request) != 0)
        return -1;
    for (uint32_t i = 1; i < size_of(blk); i++) {
        if (!(descriptor.flags & FLAG_NEXT))
            return -1;
        if (descriptor_load(blk, descriptor.next, &descriptor) != 0)
            return -1;
        if (!(descriptor.flags & FLAG_NEXT)) {
            request->written++;
            return store(blk, descriptor.iova, &request->status, 1);
        }
        if (data(blk, &descriptor, request) != 0)
            return -1;
    }
    return -1;
}

static int complete(struct fake_blk *blk, uint16_t head, uint32_t written)
{
    uint64_t ring = area(blk, BLK_DEVICE_AREA);
    uint8_t entry[USED_ENTRY], index[2];

    le32_put(entry, head);
    le32_put(entry + 4, written);
    if (store(blk, ring + RING_ENTRIES + blk->used % size_of(blk) * USED_ENTRY, entry,
              sizeof(entry)) != 0)
        return -1;
    le16_put(index, ++blk->used);
    return store(blk, ring + RING_INDEX, index, sizeof(index));
}

static void interrupt(struct fake_blk *blk)
{
    const uint8_t *control = blk->function.config + blk->msix_cap + PCI_MSIX_CONTROL;
    uint32_t number = le16_get(blk->registers + BLK_QUEUE_VECTOR);
    const uint8_t *entry = blk->msix + number * PCI_MSIX_ENTRY_SIZE;
    uint8_t flags[2];

    if (load(blk, area(blk, BLK_DRIVER_AREA), flags, 2) != 0 || (flags[0] & NO_INTERRUPT))
        return;
    if (number >= FAKE_BLK_MSIX_ENTRIES || !(le16_get(control) & PCI_MSIX_ENABLE) ||
        (le16_get(control) & PCI_MSIX_FUNCTION_MASK) ||
        (entry[PCI_MSIX_ENTRY_CONTROL] & PCI_MSIX_ENTRY_MASKED))
        return;
    if (le64_get(entry + PCI_MSIX_ENTRY_ADDRESS) == blk->fake->group.msia)
        fake_message(blk->fake, &blk->function, le32_get(entry + PCI_MSIX_ENTRY_DATA));
}

/* One offered chain: 1 done, 0 none left, -1 the device needs a reset. */
static int run_one(struct fake_blk *blk)
{
    uint64_t ring = area(blk, BLK_DRIVER_AREA);
    struct request request;
    uint8_t raw[2];
    uint16_t head;

    if (load(blk, ring + RING_INDEX, raw, 2) != 0)
        return -1;
    if (le16_get(raw) == blk->available)
        return 0;
    if (load(blk, ring + RING_ENTRIES + blk->available % size_of(blk) * 2u, raw, 2) != 0)
        return -1;
    head = le16_get(raw);
    blk->available++;
    if (execute(blk, head, &request) != 0 || complete(blk, head, request.written) != 0)
        return -1;
    return 1;
}

static int is_running(const struct fake_blk *blk)
{
    uint8_t status = blk->registers[BLK_STATUS];

    return (status & BLK_STATUS_DRIVER_OK) && !(status & BLK_STATUS_NEEDS_RESET) &&
           blk->registers[BLK_QUEUE_ENABLE] == 1 && size_of(blk) >= 1 &&
           size_of(blk) <= FAKE_BLK_QUEUE_SIZE;
}

void fake_blk_run(struct fake_blk *blk)
{
    uint32_t done = 0;
    int result = 1;

    if (!is_running(blk))
        return;
    while (result == 1 && done < FAKE_BLK_QUEUE_SIZE) {
        result = run_one(blk);
        if (result == 1)
            done++;
    }
    if (result < 0)
        blk->registers[BLK_STATUS] |= BLK_STATUS_NEEDS_RESET;
    if (done != 0)
        interrupt(blk);
}
