/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shadow spaces: guest spaces of the vCPU, each the shadow of the space that one of the guest's
 * address-space control elements designates, or of the guest's real addresses. They are a TLB: an
 * entry lives until the guest purges it, and any may be dropped at any time. A purge only notes
 * that a space is out of date; it is emptied when it is used again. Belongs to: VMM, back end pv.
 */
#ifndef VMM_PV_SHADOW_H
#define VMM_PV_SHADOW_H

#include <stdint.h>

#define SHADOW_REAL UINT64_MAX /* in place of an ASCE: real addresses, DAT off */

/* Changes whenever a number that shadow_find() returned before may mean something else now. */
extern uint32_t shadow_generation;

/* The number of the guest space for this ASCE, emptied if it was out of date. See
 * shadow_failed(). */
uint32_t shadow_find(uint64_t asce);

/* Entries from this page on become the n words in kernel_words. Other spaces are emptied for it if
 * tables have run out. 0, or an error of libs/abi/errors.def. */
uint32_t shadow_map(uint32_t number, uint64_t page, uint32_t n);

/* This number is in use now, though nobody looked it up. */
void shadow_touch(uint32_t number);

/* Everything forgotten. */
void shadow_reset(void);

/* Purges, see vmm/purge.h. */
void shadow_purge_virtual(void);
void shadow_purge_origin(uint64_t asce);
void shadow_purge_page(uint64_t page);

/* 1 once the kernel refused a space or an entry: the vCPU was given too few tables, or a window
 * that is not all of guest memory. */
int shadow_failed(void);

#endif
