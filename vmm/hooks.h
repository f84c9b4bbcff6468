/* SPDX-License-Identifier: BSD-2-Clause */
/* What the main loop asks of the parts of the VMM, besides the handlers of instructions.
 * Belongs to: VMM. */
#ifndef VMM_HOOKS_H
#define VMM_HOOKS_H

#include <stdint.h>

#include "vmm/cpu.h"

/* vmm/loader: the guest's image into its memory, its first PSW and registers into *cpu. */
void loader_start(struct cpu *cpu);

/* vmm/devices: once, and whenever the VMM's notification was signalled with these bits. Both may
 * make interruptions pending. */
void devices_start(struct cpu *cpu);
void devices_event(struct cpu *cpu, uint64_t bits);

/* vmm/zpci: the same. */
void pci_start(struct cpu *cpu);
void pci_event(struct cpu *cpu, uint64_t bits);

#endif
