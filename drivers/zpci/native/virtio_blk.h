/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio block device (native driver). Source: OASIS VIRTIO 1.1, section 5.2.
 *
 * Requests are submitted and completed by slot; the data buffers are the caller's, inside its DMA
 * window. One queue; no interruptions are needed, but an MSI-X entry can be given. */
#ifndef BULKHEAD_ZPCI_NATIVE_VIRTIO_BLK_H
#define BULKHEAD_ZPCI_NATIVE_VIRTIO_BLK_H

#include <stdint.h>

#include "drivers/zpci/native/virtio_pci.h"
#include "drivers/zpci/native/virtqueue.h"

#define VIRTIO_BLK_SECTOR 512u
#define VIRTIO_BLK_F_RO (UINT64_C(1) << 5)
#define VIRTIO_BLK_F_FLUSH (UINT64_C(1) << 9)

#define VIRTIO_BLK_QUEUE_MAX 64u
#define VIRTIO_BLK_SLOTS_MAX (VIRTIO_BLK_QUEUE_MAX / 3) /* three descriptors each */

/* Kinds of requests, as the device numbers them */
enum virtio_blk_kind { VIRTIO_BLK_READ = 0, VIRTIO_BLK_WRITE = 1, VIRTIO_BLK_FLUSH = 4 };

enum virtio_blk_result {
    VIRTIO_BLK_OK,
    VIRTIO_BLK_IO_ERROR,
    VIRTIO_BLK_UNSUPPORTED,
    VIRTIO_BLK_NONSENSE, /* a status that no device may give, or too few bytes written */
};

struct virtio_blk {
    struct virtio_pci *virtio;
    struct virtqueue queue;
    uint64_t sectors;
    uint8_t *headers; /* one header and status for each slot */
    uint64_t headers_iova;
    uint16_t slots;
    uint8_t busy[VIRTIO_BLK_SLOTS_MAX];
    uint32_t expected[VIRTIO_BLK_SLOTS_MAX]; /* bytes that the device must write */
    uint16_t slot_of[VIRTIO_BLK_QUEUE_MAX];  /* by head */
};

/* Bytes of DMA buffer that virtio_blk_start needs. */
uint32_t virtio_blk_dma_bytes(void);

/* Negotiate and start the device. memory, iova: the DMA buffer, 16-byte aligned; entry: MSI-X entry
 * or VIRTIO_NO_VECTOR. The device may do DMA from here on, so bus master and the I/O space are on.
 * ZPCI_E_MALFORMED: no usable queue or configuration. */
enum zpci_error virtio_blk_start(struct virtio_blk *blk, struct virtio_pci *virtio, uint8_t *memory,
                                 uint64_t iova, uint16_t entry);

/* Submit a request: length is a positive multiple of VIRTIO_BLK_SECTOR inside the device's
 * capacity, 0 for a flush. *slot names it until its completion. ZPCI_E_RANGE, ZPCI_E_BUSY (all
 * slots in use), ZPCI_E_STATE (read-only device, flush not offered, queue broken): nothing was
 * queued. Any other error comes from telling the device: it is lost, with what is in flight. */
enum zpci_error virtio_blk_submit(struct virtio_blk *blk, enum virtio_blk_kind kind,
                                  uint64_t sector, uint64_t data, uint32_t length, uint16_t *slot);

/* One completion: 1 and its slot and result; 0: none; -1: the device is broken, reset it. */
int virtio_blk_complete(struct virtio_blk *blk, uint16_t *slot, enum virtio_blk_result *result);

#endif
