/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading the virtual PSW. Belongs to: VMM. */
#ifndef VMM_PSW_H
#define VMM_PSW_H

#include <stdint.h>

#include "vmm/cpu.h"

/* Make this the PSW, as an instruction of the guest's supervisor state does (LPSWE, LPSW). If the
 * mask is impossible, it is loaded all the same and cpu->psw_invalid is set: the architecture's
 * early specification exception, for which exit_settle() cares. */
void psw_load(struct cpu *cpu, uint64_t mask, uint64_t address);

/* The same as an interruption does with a new PSW of the lowcore. */
void psw_load_new(struct cpu *cpu, uint64_t mask, uint64_t address);

/* Change the mask by SSM, STNSM, STOSM. */
void psw_set_system_mask(struct cpu *cpu, uint8_t system_mask);

/* A wait that no interruption can end. */
int psw_is_disabled_wait(uint64_t mask);

#endif
