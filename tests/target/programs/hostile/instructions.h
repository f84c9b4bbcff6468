/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: instructions that must not work, as a table. Belongs to: test. */
#ifndef HOSTILE_INSTRUCTIONS_H
#define HOSTILE_INSTRUCTIONS_H

#include <stdint.h>

/* An instruction, followed by a return: what runs to the end was not refused. */
struct hostile_instruction {
    const char *name;
    const void *code;
    uint64_t allowed; /* program interruption codes that count as a refusal, as bits (codes.h) */
};

extern const struct hostile_instruction hostile_instruction[], hostile_instruction_end[];

/* Where hostile_execute goes on after a fault, and after what ran to the end. */
extern const char hostile_faulted[], hostile_ran[];

/* Runs `code` with GR1 = a page of zeros and a PSW, GR2 = `operand`, GR3 = 0, GR4 the page's
 * number, and any contents elsewhere. Returns 1 if it ran to the end, 0 after a fault. */
uint64_t hostile_execute(const void *code, uint64_t operand, void *page);

/* The three accesses to the address in GR2, as code for hostile_execute. */
extern const char hostile_load[], hostile_store[], hostile_fetch[];

#endif
