/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regions: contiguous physical memory with one owner. Regions never overlap, and never touch the
 * kernel's own memory. Belongs to: kernel. Frames are 4 KiB.
 */
#ifndef KERNEL_REGION_H
#define KERNEL_REGION_H

#include "libs/abi/abi.h"

#define REGIONS 128u

extern uint64_t region_first[REGIONS];
extern uint64_t region_frames[REGIONS];
extern uint32_t region_partition[REGIONS];
extern uint32_t region_count;
extern uint64_t region_lowest; /* first frame that regions may use */
extern uint64_t region_limit;  /* first frame behind the machine's memory */

/* Why [first, first + frames) cannot become a region, or OK. */
uint32_t region_check(uint64_t first, uint64_t frames);

/* Requires: region_check said OK and region_count < REGIONS. */
uint32_t region_create(uint32_t p, uint64_t first, uint64_t frames);

uint32_t region_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
