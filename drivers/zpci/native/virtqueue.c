/* SPDX-License-Identifier: BSD-2-Clause */
/* Split virtqueue in a DMA buffer (native driver). */
#include "drivers/zpci/native/virtqueue.h"

#include "libs/zformats/bytes.h"

#define ALIGN 16u
#define DESCRIPTOR_SIZE 16u
#define DESCRIPTOR_LENGTH 8
#define DESCRIPTOR_FLAGS 12
#define DESCRIPTOR_NEXT 14
#define FLAG_NEXT 1u
#define FLAG_WRITE 2u
#define RING_FLAGS 0u
#define RING_INDEX 2u
#define RING_ENTRIES 4u
#define AVAILABLE_ENTRY 2u
#define USED_ENTRY 8u
#define USED_LENGTH 4
#define USED_NO_NOTIFY 1u

static uint32_t driver_offset(uint16_t size)
{
    return size * DESCRIPTOR_SIZE;
}

static uint32_t device_offset(uint16_t size)
{
    uint32_t end = driver_offset(size) + RING_ENTRIES + size * AVAILABLE_ENTRY + 2;

    return (end + ALIGN - 1) / ALIGN * ALIGN;
}

uint32_t virtqueue_bytes(uint16_t size)
{
    return device_offset(size) + RING_ENTRIES + size * USED_ENTRY + 2;
}

/* Indices must change in one piece: each is a naturally aligned 16-bit store or load. */
static void le16_release(uint8_t *at, uint16_t value)
{
    uint16_t raw;

    le16_put((uint8_t *)&raw, value);
    __atomic_store_n((uint16_t *)(void *)at, raw, __ATOMIC_RELEASE);
}

static uint16_t le16_acquire(const uint8_t *at)
{
    uint16_t raw = __atomic_load_n((const uint16_t *)(const void *)at, __ATOMIC_ACQUIRE);

    return le16_get((const uint8_t *)&raw);
}

int virtqueue_init(struct virtqueue *queue, uint16_t size, uint8_t *memory, uint64_t iova)
{
    if (size == 0 || size > VIRTQUEUE_SIZE_MAX || (size & (size - 1)) != 0)
        return -1;
    if ((uintptr_t)memory % ALIGN != 0 || iova % ALIGN != 0)
        return -1;
    *queue = (struct virtqueue){.memory = memory, .iova = iova, .size = size, .free_count = size};
    bytes_zero(memory, virtqueue_bytes(size));
    for (uint16_t i = 0; i < size; i++)
        queue->next[i] = (uint16_t)(i + 1);
    return 0;
}

uint64_t virtqueue_descriptors(const struct virtqueue *queue)
{
    return queue->iova;
}

uint64_t virtqueue_driver_area(const struct virtqueue *queue)
{
    return queue->iova + driver_offset(queue->size);
}

uint64_t virtqueue_device_area(const struct virtqueue *queue)
{
    return queue->iova + device_offset(queue->size);
}

static void descriptor_put(struct virtqueue *queue, uint16_t index,
                           const struct virtqueue_buffer *buffer, uint32_t flags)
{
    uint8_t *at = queue->memory + index * DESCRIPTOR_SIZE;

    le64_put(at, buffer->iova);
    le32_put(at + DESCRIPTOR_LENGTH, buffer->length);
    le16_put(at + DESCRIPTOR_FLAGS, (uint16_t)flags);
    le16_put(at + DESCRIPTOR_NEXT, flags & FLAG_NEXT ? queue->next[index] : 0);
}

static void publish(struct virtqueue *queue, uint16_t head)
{
    uint8_t *ring = queue->memory + driver_offset(queue->size);
    uint32_t slot = queue->available % queue->size;

    le16_put(ring + RING_ENTRIES + slot * AVAILABLE_ENTRY, head);
    queue->available++;
    queue->in_flight++;
    le16_release(ring + RING_INDEX, queue->available);
}

int virtqueue_add(struct virtqueue *queue, const struct virtqueue_buffer *buffers, uint16_t count,
                  uint16_t readable)
{
    uint16_t head = queue->free_first, index = head;

    if (queue->broken || count == 0 || count > queue->free_count)
        return -1;
    queue->writable[head] = 0;
    for (uint16_t i = 0; i < count; i++) {
        uint32_t flags = (i + 1 < count ? FLAG_NEXT : 0) | (i >= readable ? FLAG_WRITE : 0);

        descriptor_put(queue, index, &buffers[i], flags);
        if (i >= readable)
            queue->writable[head] += buffers[i].length;
        if (i + 1 < count)
            index = queue->next[index];
    }
    queue->free_first = queue->next[index];
    queue->free_count = (uint16_t)(queue->free_count - count);
    queue->length[head] = count;
    publish(queue, head);
    return head;
}

/* The device reads the index before it clears its flag, the driver writes before it reads. */
int virtqueue_wants_notify(const struct virtqueue *queue)
{
    const uint8_t *ring = queue->memory + device_offset(queue->size);

    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return (le16_acquire(ring + RING_FLAGS) & USED_NO_NOTIFY) == 0;
}

/* Give the chain's descriptors back; its links are the driver's own. */
static void release(struct virtqueue *queue, uint16_t head)
{
    uint16_t last = head;

    for (uint16_t i = 1; i < queue->length[head]; i++)
        last = queue->next[last];
    queue->next[last] = queue->free_first;
    queue->free_first = head;
    queue->free_count = (uint16_t)(queue->free_count + queue->length[head]);
    queue->length[head] = 0;
    queue->in_flight--;
}

static int refuse(struct virtqueue *queue)
{
    queue->broken = 1;
    return -1;
}

int virtqueue_take(struct virtqueue *queue, uint16_t *head, uint32_t *written)
{
    const uint8_t *ring = queue->memory + device_offset(queue->size);
    const uint8_t *entry = ring + RING_ENTRIES + queue->seen % queue->size * USED_ENTRY;
    uint16_t fresh;
    uint32_t id, length;

    if (queue->broken)
        return -1;
    fresh = (uint16_t)(le16_acquire(ring + RING_INDEX) - queue->seen);
    if (fresh == 0)
        return 0;
    if (fresh > queue->in_flight)
        return refuse(queue);
    id = le32_get(entry);
    length = le32_get(entry + USED_LENGTH);
    if (id >= queue->size || queue->length[id] == 0)
        return refuse(queue);
    *head = (uint16_t)id;
    *written = length < queue->writable[id] ? length : queue->writable[id];
    release(queue, *head);
    queue->seen++;
    return 1;
}
