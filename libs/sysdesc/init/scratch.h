/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory of regions, seen through init's own space for a moment. Belongs to: init.
 */
#ifndef BH_INIT_SCRATCH_H
#define BH_INIT_SCRATCH_H

#include <stdint.h>

#include "libs/abi/abi.h"

/* Between init's image and the bundle; one page table is used. */
#define SCRATCH_ADDRESS 0x08000000u
#define SCRATCH_BYTES (BH_BATCH * BH_PAGE_SIZE)

/* What is done with a piece: `bytes` bytes at `memory`, which are those from `offset` on of the
 * pages that were asked for. Pieces come in ascending order. */
typedef void scratch_use(void *context, uint8_t *memory, uint64_t offset, uint64_t bytes);

/* Maps pages [page, page + pages) of the region in init's slot, piece by piece, calls `use` for
 * each, and leaves nothing mapped. Returns a result of a system call. */
uint64_t scratch_each(uint32_t region_slot, uint64_t page, uint64_t pages, scratch_use *use,
                      void *context);

/* SCRATCH_ADDRESS as a pointer. */
uint8_t *scratch_memory(void);

#endif
