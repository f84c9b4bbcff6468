/* SPDX-License-Identifier: BSD-2-Clause */
/* The instruction that an exit is about. Belongs to: VMM. */
#ifndef VMM_FETCH_H
#define VMM_FETCH_H

#include <stdint.h>

#include "vmm/cpu.h"

/* What is to be executed at this address: the instruction there, or the target of an EXECUTE with
 * the register's byte or-ed in. `text` holds the first eight bytes as the kernel fetched them,
 * left-aligned, or 0. 0, or the exception of a fetch. */
program_code fetch_instruction(struct cpu *cpu, uint64_t address, uint64_t text,
                               struct instruction *in);

#endif
