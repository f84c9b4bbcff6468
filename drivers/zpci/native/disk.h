/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio disk in large pieces, several at a time, driven by interruptions (native driver).
 * Every failure of the device is fatal for the process, with a line that says what happened.
 */
#ifndef BULKHEAD_ZPCI_NATIVE_DISK_H
#define BULKHEAD_ZPCI_NATIVE_DISK_H

#include <stdint.h>

#include "drivers/zpci/native/device.h"
#include "drivers/zpci/native/virtio_blk.h"

#define DISK_PIECE 65536u /* bytes of a request, but for the last one of a disk */
#define DISK_BUFFERS 8u   /* requests in flight */

struct disk {
    struct native_device *device;
    struct virtio_pci virtio;
    struct virtio_blk blk;
    uint64_t buffer_page; /* the first buffer's; DISK_BUFFERS of DISK_PIECE bytes */
    uint64_t bytes;       /* size of the disk */
    uint8_t done[DISK_BUFFERS];
    uint8_t buffer_of[VIRTIO_BLK_SLOTS_MAX]; /* by slot */
};

/* Starts the function's device. Requires: native_device_find. */
void disk_start(struct disk *disk, struct native_device *device);

/* Buffer 0 to DISK_BUFFERS - 1. */
uint8_t *disk_buffer(const struct disk *disk, unsigned buffer);

/* Submits a request for `length` bytes at byte `at` of the disk, both multiples of 512; a flush has
 * length 0. Requires: no request for this buffer is in flight. */
void disk_submit(struct disk *disk, enum virtio_blk_kind kind, uint64_t at, uint32_t length,
                 unsigned buffer);

/* Waits until the request for this buffer is done. */
void disk_wait(struct disk *disk, unsigned buffer);

#endif
