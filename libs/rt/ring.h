/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A byte ring over shared pages: one producer, one consumer, neither trusts the other.
 * Belongs to: everything that runs as a process (channels).
 *
 * Layout, in the virtual memory of both ends: [head page][data][tail page]. Head (the number of
 * bytes ever written) and data are writable by the producer alone, tail (the number of bytes ever
 * read) by the consumer alone; both are 8 bytes in host byte order at the start of their page.
 * Each end keeps its own counter in private memory and only publishes it. The other end's counter
 * is used if it is possible (0 <= head - tail <= size, and it never goes back); an impossible one
 * counts as "nothing to do", so a hostile peer can stop the flow and nothing else. Data is copied
 * out once; what it says is for the reader to distrust.
 */
#ifndef BH_RT_RING_H
#define BH_RT_RING_H

#include <stdbool.h>
#include <stdint.h>

#define BH_RING_PAGE 4096u

struct bh_ring {
    uint64_t *own_shared;        /* this end's counter, as the other end sees it */
    const uint64_t *peer_shared; /* the other end's counter */
    uint8_t *data;               /* read by the consumer only */
    uint64_t size;               /* bytes of data, not 0 */
    uint64_t own;                /* this end's counter */
    uint64_t peer;               /* last possible value of the other end's counter */
};

/* Both pages and the data between them are mapped, zero before the first use; `size` is the number
 * of bytes between them. */
void bh_ring_producer(struct bh_ring *ring, void *address, uint64_t size);
void bh_ring_consumer(struct bh_ring *ring, void *address, uint64_t size);

/* Copies up to `length` bytes into the ring; returns how many. */
uint64_t bh_ring_write(struct bh_ring *ring, const void *from, uint64_t length);

/* Copies up to `length` bytes out of the ring; returns how many. */
uint64_t bh_ring_read(struct bh_ring *ring, void *to, uint64_t length);

#endif
