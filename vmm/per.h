/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Program-event recording for instructions that the VMM executes: the machine records the guest's
 * others by itself. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Program-Event Recording".
 */
#ifndef VMM_PER_H
#define VMM_PER_H

#include <stdint.h>

#include "vmm/cpu.h"

/* 1 if an instruction at this address is an instruction-fetching event under this PSW mask. */
int per_fetches(const struct cpu *cpu, uint64_t mask, uint64_t address);

/* Deliver that event. */
program_code per_deliver(struct cpu *cpu, uint64_t mask, uint64_t address, uint32_t length);

#endif
