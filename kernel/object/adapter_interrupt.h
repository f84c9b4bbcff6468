/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Adapter interruptions: one interruption subclass (ISC) belongs to one partition; an interruption
 * on it is one signal. Belongs to: kernel.
 */
#ifndef KERNEL_ADAPTER_INTERRUPT_H
#define KERNEL_ADAPTER_INTERRUPT_H

#include <stdint.h>

#define ADAPTER_INTERRUPTS 8u

extern uint32_t adapter_partition[ADAPTER_INTERRUPTS];    /* NOBODY: no owner */
extern uint32_t adapter_notification[ADAPTER_INTERRUPTS]; /* NOBODY: not bound */
extern uint64_t adapter_badge[ADAPTER_INTERRUPTS];
extern uint64_t adapter_counter[ADAPTER_INTERRUPTS];

/* In mode 0 of IRQ_MODE no more than this many interruptions of a subclass in so long (and one);
 * the next comes when the time is over. */
#define ADAPTER_LIMIT 128u
#define ADAPTER_INTERVAL (10000u * UINT64_C(4096)) /* TOD units: 10 ms */

void adapter_start(void);
void adapter_create(uint32_t p, uint32_t isc);
uint32_t adapter_count(void);

/* An adapter interruption came on this subclass. */
void adapter_interrupt(uint32_t isc);

/* Subclasses that were throttled long enough interrupt again: 1 if others are left. */
uint32_t adapter_step(void);

uint32_t adapter_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
