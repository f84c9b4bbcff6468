/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instruction text to struct instruction. Text is a doubleword that begins with the instruction;
 * what follows the instruction does not matter. Belongs to: VMM.
 */
#ifndef VMM_DECODE_H
#define VMM_DECODE_H

#include <stdint.h>

#include "vmm/cpu.h"

/* The opcode of this text, as struct instruction has it. */
uint16_t decode_opcode(uint64_t text);

/* Bytes of an instruction with this first byte: 2, 4 or 6. */
static inline uint8_t decode_length(uint8_t first)
{
    if (first < 0x40u)
        return 2;
    return first < 0xc0u ? 4 : 6;
}

/* Fills *in; addresses come from the CPU's general registers. */
void decode(const struct cpu *cpu, uint64_t text, struct instruction *in);

/* 1 if the text is EXECUTE or EXECUTE RELATIVE LONG; *target gets the address of its target.
 * `address` is that of the instruction itself. */
int decode_execute(const struct cpu *cpu, uint64_t text, uint64_t address, uint64_t *target);

#endif
