/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The heap of a process: a fixed range, first fit. Belongs to: everything that runs as a process.
 *
 * Made to be simple and checked, not fast: blocks lie one behind the other, each with a header
 * whose mark depends on its address; a search visits every block before the one it takes.
 */
#ifndef BH_RT_HEAP_H
#define BH_RT_HEAP_H

#include <stddef.h>
#include <stdint.h>

#define BH_HEAP_ALIGN 16u /* of blocks and payloads */

struct bh_heap {
    uintptr_t first, end; /* addresses, multiples of BH_HEAP_ALIGN; equal if there is no heap */
};

/* Takes over `size` bytes at `memory`; what is left over by alignment is not used. */
void bh_heap_init(struct bh_heap *heap, void *memory, size_t size);

/* `size` bytes at a multiple of `align`, a power of two; NULL if no free block is large enough. */
void *bh_heap_allocate(struct bh_heap *heap, size_t size, size_t align);

/* Gives a block back. Returns 0, or -1 if `block` is not an allocated block of this heap: never
 * allocated, freed before, or its header was overwritten. */
int bh_heap_free(struct bh_heap *heap, void *block);

/* Usable bytes of an allocated block; 0 if it is none (as bh_heap_free). */
size_t bh_heap_usable(const struct bh_heap *heap, const void *block);

#endif
