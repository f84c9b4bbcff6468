/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte ring over shared pages. Belongs to: everything that runs as a process (channels). */
#include "libs/rt/ring.h"

#include <string.h>

static uint64_t minimum(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void bh_ring_producer(struct bh_ring *ring, void *address, uint64_t size)
{
    uint8_t *base = address;

    *ring = (struct bh_ring){.own_shared = (uint64_t *)address,
                             .data = base + BH_RING_PAGE,
                             .peer_shared = (const uint64_t *)(void *)(base + BH_RING_PAGE + size),
                             .size = size};
}

void bh_ring_consumer(struct bh_ring *ring, void *address, uint64_t size)
{
    uint8_t *base = address;

    *ring = (struct bh_ring){.own_shared = (uint64_t *)(void *)(base + BH_RING_PAGE + size),
                             .data = base + BH_RING_PAGE,
                             .peer_shared = (const uint64_t *)address,
                             .size = size};
}

/* One load, ordered before the data accesses that depend on it. */
static uint64_t load_peer(const struct bh_ring *ring)
{
    return __atomic_load_n(ring->peer_shared, __ATOMIC_ACQUIRE);
}

/* The data accesses are complete before the other end sees the new counter. */
static void publish(struct bh_ring *ring, uint64_t done)
{
    ring->own += done;
    __atomic_store_n(ring->own_shared, ring->own, __ATOMIC_RELEASE);
}

/* Bytes in the ring, as seen by the producer: between the old tail and our head, or the tail is
 * impossible and the old one stays. */
static uint64_t used_by_producer(struct bh_ring *ring)
{
    uint64_t tail = load_peer(ring);

    if (ring->own - tail <= ring->own - ring->peer)
        ring->peer = tail;
    return ring->own - ring->peer;
}

/* Bytes in the ring, as seen by the consumer: a head before the last one or more than the size
 * ahead of our tail is impossible. */
static uint64_t used_by_consumer(struct bh_ring *ring)
{
    uint64_t used = load_peer(ring) - ring->own;

    if (used <= ring->size && used >= ring->peer - ring->own)
        ring->peer = ring->own + used;
    return ring->peer - ring->own;
}

uint64_t bh_ring_write(struct bh_ring *ring, const void *from, uint64_t length)
{
    uint64_t count = minimum(length, ring->size - used_by_producer(ring));
    uint64_t start = ring->own % ring->size;
    uint64_t first = minimum(count, ring->size - start);

    memcpy(ring->data + start, from, first);
    memcpy(ring->data, (const uint8_t *)from + first, count - first);
    publish(ring, count);
    return count;
}

uint64_t bh_ring_read(struct bh_ring *ring, void *to, uint64_t length)
{
    uint64_t count = minimum(length, used_by_consumer(ring));
    uint64_t start = ring->own % ring->size;
    uint64_t first = minimum(count, ring->size - start);

    memcpy(to, ring->data + start, first);
    memcpy((uint8_t *)to + first, ring->data, count - first);
    publish(ring, count);
    return count;
}
