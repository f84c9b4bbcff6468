/* SPDX-License-Identifier: BSD-2-Clause */
/* Instruction text to struct instruction. Belongs to: VMM. */
#ifndef VMM_DECODE_H
#define VMM_DECODE_H

#include <stdint.h>

#include "vmm/cpu.h"

/* The opcode of this text, as struct instruction has it. */
uint16_t decode_opcode(const uint8_t text[6]);

/* Bytes of an instruction with this first byte: 2, 4 or 6. */
uint8_t decode_length(uint8_t first);

/* Fills *in from six bytes of text; addresses come from the CPU's general registers. */
void decode(const struct cpu *cpu, const uint8_t text[6], struct instruction *in);

/* 1 if the text is EXECUTE or EXECUTE RELATIVE LONG; *target gets the address of its target.
 * `address` is that of the instruction itself. */
int decode_execute(const struct cpu *cpu, const uint8_t text[6], uint64_t address,
                   uint64_t *target);

#endif
