/* SPDX-License-Identifier: BSD-2-Clause */
/* PSW swap of an interruption. Belongs to: VMM. */
#ifndef VMM_DELIVER_H
#define VMM_DELIVER_H

#include <stdint.h>

#include "vmm/cpu.h"

/* Store the PSW at `old` and load the one at `new` (offsets in the lowcore). */
void deliver(struct cpu *cpu, uint8_t *low, uint32_t old, uint32_t new);

/* Registers into the lowcore's save area, as a machine check stores them. */
void deliver_save_registers(const struct cpu *cpu, uint8_t *low, uint64_t now);

#endif
