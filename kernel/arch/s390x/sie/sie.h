/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The back end sie: the hardware executes the guest's privileged instructions, and intercepts what
 * is ours. Belongs to: kernel.
 *
 * The way out of the kernel leads to the instruction sie_start with the guest's registers loaded
 * and interruptions on: those of the host come as from any thread. An interception goes on behind
 * it, at sie_ended; a guest page that the host has not mapped interrupts the host, which then goes
 * on at sie_faulted with interruptions off, so that what the machine stored is still there. Both
 * make a supervisor call, so nothing else of the kernel knows of this.
 */
#ifndef KERNEL_SIE_H
#define KERNEL_SIE_H

/* Numbers of the two supervisor calls. */
#define SIE_SVC_ENDED 0
#define SIE_SVC_FAULTED 1

#ifndef __ASSEMBLER__
#include <stdint.h>

extern const char sie_start[], sie_ended[];

/* 1 if the machine has the instruction. */
uint32_t sie_present(void);

/* Executes SIE with a description that it must refuse: 1, or 0 if there is no such instruction. */
uint32_t sie_try(const uint8_t *description);

/* ---- the state of a vCPU (state.c) ---- */

/* The state description of vCPU v. */
uint8_t *sie_description(uint32_t v);

/* The registers that the processor has while it runs. */
uint64_t *sie_registers(uint32_t v);

/* The guest's architected state out of its state page, and everything else of the description anew:
 * nothing of it is ever the VMM's. */
void sie_take_state(uint32_t v);

/* The same state into the page. */
void sie_give_state(uint32_t v);
#endif

#endif
