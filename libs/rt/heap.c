/* SPDX-License-Identifier: BSD-2-Clause */
/* First-fit heap over a fixed range. Belongs to: everything that runs as a process. */
#include "libs/rt/heap.h"

#define MARK_USED UINT64_C(0x75736564b10c0000)
#define MARK_FREE UINT64_C(0x66726565b10c0000)

/* In front of every payload. `size` counts the header too and is a multiple of BH_HEAP_ALIGN. */
struct block {
    uint64_t size;
    uint64_t mark; /* MARK_* xor the header's address xor size */
};

_Static_assert(sizeof(struct block) == BH_HEAP_ALIGN, "payloads would lose their alignment");

static uintptr_t round_up(uintptr_t value, uintptr_t align)
{
    return (value + align - 1) & ~(align - 1);
}

static struct block *block_at(uintptr_t address)
{
    return (struct block *)address;
}

static void set(uintptr_t address, uint64_t size, uint64_t mark)
{
    *block_at(address) = (struct block){.size = size, .mark = mark ^ address ^ size};
}

static int is(uintptr_t address, uint64_t mark)
{
    return block_at(address)->mark == (mark ^ address ^ block_at(address)->size);
}

void bh_heap_init(struct bh_heap *heap, void *memory, size_t size)
{
    uintptr_t end = (uintptr_t)memory + size;

    heap->first = round_up((uintptr_t)memory, BH_HEAP_ALIGN);
    heap->end = end & ~(uintptr_t)(BH_HEAP_ALIGN - 1);
    if (heap->first + sizeof(struct block) > heap->end) {
        heap->end = heap->first;
        return;
    }
    set(heap->first, heap->end - heap->first, MARK_FREE);
}

/* Joins the free block at `address` with the free blocks behind it. */
static void join(const struct bh_heap *heap, uintptr_t address)
{
    uintptr_t end = address + block_at(address)->size;

    while (end < heap->end && is(end, MARK_FREE))
        end += block_at(end)->size;
    set(address, end - address, MARK_FREE);
}

/* Splits the free block at `address` into what lies in front of `header`, the used block of `need`
 * bytes there, and the rest. A part may be a header alone: it waits to be joined. */
static void take(uintptr_t address, uintptr_t header, size_t need)
{
    uintptr_t end = address + block_at(address)->size;
    uintptr_t rest = header + need;

    if (header != address)
        set(address, header - address, MARK_FREE);
    if (rest != end)
        set(rest, end - rest, MARK_FREE);
    set(header, need, MARK_USED);
}

void *bh_heap_allocate(struct bh_heap *heap, size_t size, size_t align)
{
    size_t room = heap->end - heap->first;
    size_t need = round_up(size ? size : 1, BH_HEAP_ALIGN) + sizeof(struct block);
    size_t step = align < BH_HEAP_ALIGN ? BH_HEAP_ALIGN : align;
    uintptr_t at, header;

    if (size > room || step > room)
        return NULL;
    for (at = heap->first; at < heap->end; at += block_at(at)->size) {
        if (is(at, MARK_USED))
            continue;
        if (!is(at, MARK_FREE))
            return NULL; /* someone wrote over a header: the chain ends here */
        join(heap, at);
        header = round_up(at + sizeof(struct block), step) - sizeof(struct block);
        if (header + need <= at + block_at(at)->size) {
            take(at, header, need);
            return (void *)(header + sizeof(struct block));
        }
    }
    return NULL;
}

size_t bh_heap_usable(const struct bh_heap *heap, const void *block)
{
    uintptr_t address = (uintptr_t)block - sizeof(struct block);

    if (address % BH_HEAP_ALIGN != 0 || address < heap->first || address >= heap->end ||
        !is(address, MARK_USED) || block_at(address)->size > heap->end - address)
        return 0;
    return block_at(address)->size - sizeof(struct block);
}

int bh_heap_free(struct bh_heap *heap, void *block)
{
    uintptr_t address = (uintptr_t)block - sizeof(struct block);

    if (bh_heap_usable(heap, block) == 0)
        return -1;
    set(address, block_at(address)->size, MARK_FREE);
    return 0;
}
