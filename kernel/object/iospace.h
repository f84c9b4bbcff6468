/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * I/O spaces: what a PCI function may reach by DMA. Entries change by update; the hardware is told
 * by flush; what it was not told yet is owed. Belongs to: kernel. Pages are 4 KiB.
 */
#ifndef KERNEL_IOSPACE_H
#define KERNEL_IOSPACE_H

#include "kernel/object/space.h"

extern uint32_t iospace_function[SPACES];  /* the bound PCI function, or NOBODY */
extern uint32_t iospace_updated[SPACES];   /* 1 after the first update */
extern uint64_t iospace_owed_from[SPACES]; /* leaves [from, to) are owed to the hardware */
extern uint64_t iospace_owed_to[SPACES];
extern uint64_t iospace_clear_at[SPACES]; /* where a clear goes on */

/* Requires: base and pages multiples of 256, tables available. */
uint32_t iospace_create(uint32_t p, uint64_t base, uint64_t pages);

/* How many 2 GiB ranges [base, base + pages) touches: segment tables that it needs. */
uint32_t iospace_segments(uint64_t base, uint64_t pages);

/* The method UPDATE of thread t on I/O space s. */
uint32_t iospace_update(uint32_t t, uint32_t s);

/* The hardware has confirmed that it uses nothing old: nothing is owed any more. */
void iospace_settled(uint32_t s);

uint32_t iospace_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t iospace_ok(uint32_t s);

#endif
