/* SPDX-License-Identifier: BSD-2-Clause */
/* From opcode to handler (vmm/handlers.def). Belongs to: VMM. */
#ifndef VMM_DISPATCH_H
#define VMM_DISPATCH_H

#include "vmm/cpu.h"

/* Builds the table; once, before anything else. */
void dispatch_start(void);

/* Executes the instruction. PGM_OPERATION if no handler knows it, PGM_PRIVILEGED if it needs the
 * supervisor state that the guest is not in. */
program_code dispatch(struct cpu *cpu, const struct instruction *in);

/* 1 if an instruction with this opcode always comes here: a handler knows it, and it is not RPCIT,
 * which the kernel sends to the translator. */
int dispatch_knows(uint16_t opcode);

#endif
