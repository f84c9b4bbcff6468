/* SPDX-License-Identifier: BSD-2-Clause */
/* Split virtqueue in a DMA buffer (native driver). Source: OASIS VIRTIO 1.1, section 2.6.
 *
 * The device may write anywhere in the DMA buffer at any time, so nothing that the driver relies on
 * is read back from it: the list of free descriptors, the length of each chain and the number of
 * requests in flight are kept in the driver's own memory, and what the used ring says is compared
 * with them. */
#ifndef BULKHEAD_ZPCI_NATIVE_VIRTQUEUE_H
#define BULKHEAD_ZPCI_NATIVE_VIRTQUEUE_H

#include <stdint.h>

#define VIRTQUEUE_SIZE_MAX 256u

struct virtqueue_buffer {
    uint64_t iova;
    uint32_t length; /* bytes */
};

struct virtqueue {
    uint8_t *memory; /* DMA buffer, 16-byte aligned */
    uint64_t iova;   /* of the DMA buffer */
    uint16_t size;   /* descriptors, a power of two */
    uint16_t free_first, free_count;
    uint16_t available; /* next index of the available ring */
    uint16_t seen;      /* next index of the used ring */
    uint16_t in_flight;
    uint8_t broken;                        /* the device contradicted itself: reset it */
    uint16_t next[VIRTQUEUE_SIZE_MAX];     /* free list, and chains in flight */
    uint16_t length[VIRTQUEUE_SIZE_MAX];   /* descriptors of the chain with this head, or 0 */
    uint32_t writable[VIRTQUEUE_SIZE_MAX]; /* bytes that the device may write in it */
};

/* Bytes of DMA buffer for a queue of this size. */
uint32_t virtqueue_bytes(uint16_t size);

/* 0, or -1: size not a power of two or above VIRTQUEUE_SIZE_MAX, memory or iova not 16-byte
 * aligned. Zeroes the DMA buffer. */
int virtqueue_init(struct virtqueue *queue, uint16_t size, uint8_t *memory, uint64_t iova);

/* I/O virtual addresses of the three parts, for the device. */
uint64_t virtqueue_descriptors(const struct virtqueue *queue);
uint64_t virtqueue_driver_area(const struct virtqueue *queue);
uint64_t virtqueue_device_area(const struct virtqueue *queue);

/* Offer count buffers, of which the device may write the last count - readable ones. Returns the
 * head (0 to size - 1), or -1: no room, count is 0 or the queue is broken. */
int virtqueue_add(struct virtqueue *queue, const struct virtqueue_buffer *buffers, uint16_t count,
                  uint16_t readable);

/* The device wants to be told about new buffers. Call after virtqueue_add. */
int virtqueue_wants_notify(const struct virtqueue *queue);

/* Take one completion: 1 and head, bytes written (never more than the chain's writable ones); 0:
 * nothing new; -1: the device named a chain that is not in flight, or more than are: broken. */
int virtqueue_take(struct virtqueue *queue, uint16_t *head, uint32_t *written);

#endif
