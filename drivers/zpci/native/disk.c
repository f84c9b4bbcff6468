/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio disk in large pieces (native driver). */
#include "drivers/zpci/native/disk.h"

#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define ENTRY 0u  /* of the MSI-X table */
#define VECTOR 0u /* of the interruption vector */
#define VECTOR_BYTE 0u
#define PATIENCE_US 10000000u

static void must(uint64_t error, const char *what)
{
    if (error != BH_E_OK)
        bh_fatal("%s: %s", what, bh_error_text(error));
}

static void must_zpci(enum zpci_error error, const char *what)
{
    if (error != ZPCI_OK)
        bh_fatal("%s: zPCI error %d", what, error);
}

/* Queue and headers from page 0 on, then the buffers. */
static void map_memory(struct disk *disk)
{
    uint64_t pages;

    disk->buffer_page = (virtio_blk_dma_bytes() + BH_PAGE_SIZE - 1) / BH_PAGE_SIZE;
    pages = disk->buffer_page + DISK_BUFFERS * (DISK_PIECE / BH_PAGE_SIZE);
    if (pages > disk->device->pages)
        bh_fatal("%lu pages for DMA are too few, %lu are needed", disk->device->pages, pages);
    must(native_map(disk->device, 0, pages, 0), "map memory for DMA");
}

static void start_virtio(struct disk *disk)
{
    struct native_device *device = disk->device;
    struct virtio_pci *virtio = &disk->virtio;

    must_zpci(virtio_pci_find(virtio, &device->ops, device->bar_log2), "find virtio registers");
    must_zpci(virtio_pci_enable(virtio, 1), "enable the device");
    must_zpci(virtio_pci_message(virtio, ENTRY, device->msia, VECTOR, device->interrupts),
              "set up MSI-X");
    must_zpci(virtio_blk_start(&disk->blk, virtio, device->memory, native_iova(device, 0), ENTRY),
              "start the disk");
}

void disk_start(struct disk *disk, struct native_device *device)
{
    *disk = (struct disk){.device = device};
    must(native_device_start(device, VECTOR_BYTE), "start the function");
    map_memory(disk);
    start_virtio(disk);
    disk->bytes = disk->blk.sectors * VIRTIO_BLK_SECTOR;
}

static uint64_t page_of(const struct disk *disk, unsigned buffer)
{
    return disk->buffer_page + buffer % DISK_BUFFERS * (DISK_PIECE / BH_PAGE_SIZE);
}

uint8_t *disk_buffer(const struct disk *disk, unsigned buffer)
{
    return disk->device->memory + page_of(disk, buffer) * BH_PAGE_SIZE;
}

void disk_submit(struct disk *disk, enum virtio_blk_kind kind, uint64_t at, uint32_t length,
                 unsigned buffer)
{
    uint64_t iova = native_iova(disk->device, page_of(disk, buffer));
    uint16_t slot;

    disk->done[buffer % DISK_BUFFERS] = 0;
    must_zpci(virtio_blk_submit(&disk->blk, kind, at / VIRTIO_BLK_SECTOR, iova, length, &slot),
              "submit a request");
    disk->buffer_of[slot] = (uint8_t)(buffer % DISK_BUFFERS);
}

/* Takes everything that is complete. */
static void collect(struct disk *disk)
{
    enum virtio_blk_result result;
    uint16_t slot;
    int taken;

    while ((taken = virtio_blk_complete(&disk->blk, &slot, &result)) > 0) {
        if (result != VIRTIO_BLK_OK)
            bh_fatal("the disk failed a request: result %d", result);
        disk->done[disk->buffer_of[slot]] = 1;
    }
    if (taken < 0)
        bh_fatal("the disk contradicts itself");
}

static void check_events(struct disk *disk)
{
    struct bh_results event;

    must(bh_pci_event(disk->device->function, &event), "take events");
    if (event.gr3 != 0)
        bh_fatal("PCI event: kind %lu, code %#lx, address %#lx", event.gr3, event.gr4, event.gr5);
}

void disk_wait(struct disk *disk, unsigned buffer)
{
    uint64_t deadline = bh_deadline(PATIENCE_US);

    for (;;) {
        uint64_t error;

        collect(disk);
        if (disk->done[buffer % DISK_BUFFERS])
            return;
        error = native_wait(disk->device, deadline);
        if (error != BH_E_OK) {
            collect(disk);
            bh_fatal("waiting for the disk: %s%s", bh_error_text(error),
                     disk->done[buffer % DISK_BUFFERS] ? ", although the request is done" : "");
        }
        check_events(disk);
    }
}
