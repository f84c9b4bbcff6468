/* SPDX-License-Identifier: BSD-2-Clause */
/* malloc and its kin over the process's fixed heap. Belongs to: everything that runs as a
 * process. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libs/rt/heap.h"
#include "libs/rt/rt.h"
#include "libs/rt/start.h"

static struct bh_heap heap;

void bh_malloc_init(void *memory, size_t size)
{
    bh_heap_init(&heap, memory, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    void *block = bh_heap_allocate(&heap, size, align);

    if (!block)
        errno = ENOMEM;
    return block;
}

void *malloc(size_t size)
{
    return aligned_alloc(BH_HEAP_ALIGN, size);
}

void free(void *block)
{
    if (block && bh_heap_free(&heap, block))
        bh_fatal("free of %p, which is not allocated", block);
}

void *calloc(size_t count, size_t size)
{
    size_t bytes = count * size;
    void *block;

    if (size != 0 && bytes / size != count) {
        errno = ENOMEM;
        return NULL;
    }
    block = malloc(bytes);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void *realloc(void *old, size_t size)
{
    size_t usable = old ? bh_heap_usable(&heap, old) : 0;
    void *block;

    if (old && usable == 0)
        bh_fatal("realloc of %p, which is not allocated", old);
    block = malloc(size);
    if (block && old) {
        memcpy(block, old, usable < size ? usable : size);
        free(old);
    }
    return block;
}
