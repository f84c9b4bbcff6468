/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio block device (native driver). */
#include "drivers/zpci/native/virtio_blk.h"

#include "libs/zformats/bytes.h"

#define QUEUE 0u
#define CAPACITY 0u /* u64 of the device configuration */

#define HEADER_SIZE 16u
#define HEADER_SECTOR 8
#define STATUS_OFFSET 16u
#define SLOT_BYTES 32u
#define DESCRIPTORS_PER_SLOT 3u
#define QUEUE_SIZE_MIN 4u

#define STATUS_OK 0u
#define STATUS_IO_ERROR 1u
#define STATUS_UNSUPPORTED 2u
#define STATUS_NONE 0xffu

static uint32_t headers_offset(uint16_t queue_size)
{
    return (virtqueue_bytes(queue_size) + SLOT_BYTES - 1) / SLOT_BYTES * SLOT_BYTES;
}

uint32_t virtio_blk_dma_bytes(void)
{
    return headers_offset(VIRTIO_BLK_QUEUE_MAX) + VIRTIO_BLK_SLOTS_MAX * SLOT_BYTES;
}

static enum zpci_error load_capacity(struct virtio_blk *blk)
{
    uint32_t low, high;
    enum zpci_error error = virtio_pci_device_load(blk->virtio, CAPACITY, 4, &low);

    if (!error)
        error = virtio_pci_device_load(blk->virtio, CAPACITY + 4, 4, &high);
    if (!error)
        blk->sectors = (uint64_t)high << 32 | low;
    return error;
}

/* Largest power of two that both sides can do. */
static uint16_t queue_size(uint16_t limit)
{
    uint32_t size = VIRTIO_BLK_QUEUE_MAX;

    while (size > limit)
        size /= 2;
    return (uint16_t)size;
}

static enum zpci_error start_queue(struct virtio_blk *blk, uint8_t *memory, uint64_t iova,
                                   uint16_t entry)
{
    uint16_t limit, size;
    enum zpci_error error = virtio_pci_queue_limit(blk->virtio, QUEUE, &limit);

    if (error)
        return error;
    if (limit < QUEUE_SIZE_MIN)
        return ZPCI_E_MALFORMED;
    size = queue_size(limit);
    if (virtqueue_init(&blk->queue, size, memory, iova) != 0)
        return ZPCI_E_RANGE;
    blk->headers = memory + headers_offset(size);
    blk->headers_iova = iova + headers_offset(size);
    blk->slots = (uint16_t)(size / DESCRIPTORS_PER_SLOT);
    return virtio_pci_queue_start(blk->virtio, QUEUE, &blk->queue, entry);
}

enum zpci_error virtio_blk_start(struct virtio_blk *blk, struct virtio_pci *virtio, uint8_t *memory,
                                 uint64_t iova, uint16_t entry)
{
    enum zpci_error error;

    *blk = (struct virtio_blk){.virtio = virtio};
    error = virtio_pci_negotiate(virtio, VIRTIO_BLK_F_RO | VIRTIO_BLK_F_FLUSH);
    if (!error)
        error = load_capacity(blk);
    if (!error)
        error = start_queue(blk, memory, iova, entry);
    return error ? error : virtio_pci_start(virtio);
}

static enum zpci_error request_check(const struct virtio_blk *blk, enum virtio_blk_kind kind,
                                     uint64_t sector, uint32_t length)
{
    uint64_t count = length / VIRTIO_BLK_SECTOR;

    if (blk->queue.broken)
        return ZPCI_E_STATE;
    if (kind == VIRTIO_BLK_FLUSH) {
        if (length != 0)
            return ZPCI_E_RANGE;
        return blk->virtio->features & VIRTIO_BLK_F_FLUSH ? ZPCI_OK : ZPCI_E_STATE;
    }
    if (kind == VIRTIO_BLK_WRITE && (blk->virtio->features & VIRTIO_BLK_F_RO))
        return ZPCI_E_STATE;
    if (length == 0 || length % VIRTIO_BLK_SECTOR != 0)
        return ZPCI_E_RANGE;
    if (count > blk->sectors || sector > blk->sectors - count)
        return ZPCI_E_RANGE;
    return ZPCI_OK;
}

static int free_slot(const struct virtio_blk *blk)
{
    for (int slot = 0; slot < blk->slots; slot++)
        if (!blk->busy[slot])
            return slot;
    return -1;
}

static void header_put(struct virtio_blk *blk, uint16_t slot, enum virtio_blk_kind kind,
                       uint64_t sector)
{
    uint8_t *header = blk->headers + slot * SLOT_BYTES;

    bytes_zero(header, SLOT_BYTES);
    le32_put(header, kind);
    le64_put(header + HEADER_SECTOR, kind == VIRTIO_BLK_FLUSH ? 0 : sector);
    header[STATUS_OFFSET] = STATUS_NONE;
}

/* Header, data unless it is a flush, status: in this order, the device writes from the data of a
 * read on, otherwise the status only. */
static int chain(struct virtio_blk *blk, uint16_t slot, enum virtio_blk_kind kind, uint64_t data,
                 uint32_t length)
{
    uint64_t header = blk->headers_iova + slot * SLOT_BYTES;
    struct virtqueue_buffer buffers[DESCRIPTORS_PER_SLOT] = {
        {header, HEADER_SIZE}, {data, length}, {header + STATUS_OFFSET, 1}};

    if (kind == VIRTIO_BLK_FLUSH) {
        buffers[1] = buffers[2];
        return virtqueue_add(&blk->queue, buffers, 2, 1);
    }
    return virtqueue_add(&blk->queue, buffers, 3, kind == VIRTIO_BLK_READ ? 1 : 2);
}

enum zpci_error virtio_blk_submit(struct virtio_blk *blk, enum virtio_blk_kind kind,
                                  uint64_t sector, uint64_t data, uint32_t length, uint16_t *slot)
{
    enum zpci_error error = request_check(blk, kind, sector, length);
    int found = free_slot(blk);
    int head;

    if (error)
        return error;
    if (found < 0)
        return ZPCI_E_BUSY;
    *slot = (uint16_t)found;
    header_put(blk, *slot, kind, sector);
    head = chain(blk, *slot, kind, data, length);
    if (head < 0)
        return ZPCI_E_BUSY;
    blk->busy[*slot] = 1;
    blk->expected[*slot] = kind == VIRTIO_BLK_READ ? length + 1 : 1;
    blk->slot_of[head] = *slot;
    if (virtqueue_wants_notify(&blk->queue))
        return virtio_pci_notify(blk->virtio, QUEUE);
    return ZPCI_OK;
}

static enum virtio_blk_result result_of(const struct virtio_blk *blk, uint16_t slot,
                                        uint32_t written)
{
    switch (blk->headers[slot * SLOT_BYTES + STATUS_OFFSET]) {
    case STATUS_OK:
        return written == blk->expected[slot] ? VIRTIO_BLK_OK : VIRTIO_BLK_NONSENSE;
    case STATUS_IO_ERROR:
        return VIRTIO_BLK_IO_ERROR;
    case STATUS_UNSUPPORTED:
        return VIRTIO_BLK_UNSUPPORTED;
    default:
        return VIRTIO_BLK_NONSENSE;
    }
}

int virtio_blk_complete(struct virtio_blk *blk, uint16_t *slot, enum virtio_blk_result *result)
{
    uint32_t written;
    uint16_t head;
    int taken = virtqueue_take(&blk->queue, &head, &written);

    if (taken <= 0)
        return taken;
    *slot = blk->slot_of[head];
    *result = result_of(blk, *slot, written);
    blk->busy[*slot] = 0;
    return 1;
}
