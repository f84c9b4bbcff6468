/* SPDX-License-Identifier: BSD-2-Clause */
/* Translation and protection exits: the guest's tables decide whether a shadow entry is missing or
 * the guest has an exception of its own. Belongs to: VMM, back end pv. */
#ifndef VMM_PV_FAULT_H
#define VMM_PV_FAULT_H

#include <stdint.h>

#include "vmm/cpu.h"

/* An exit with this program code, translation-exception identification and instruction length.
 * Requires: pv_leave() has been called. Returns 0 if the guest can go on (the PSW designates the
 * instruction), or the exception that it gets (the PSW is behind the instruction). */
program_code fault(struct cpu *cpu, program_code code, uint64_t teid, uint32_t length);

/* What a fault at this address of the (virtual) address space would map is mapped, if anything is:
 * instructions that the kernel executes for the guest cause no faults. Requires: DAT is on. */
void fault_prepare(const struct cpu *cpu, uint32_t as, uint64_t address);

#endif
