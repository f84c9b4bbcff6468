/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Logical addresses to bytes of guest memory, with a translation lookaside buffer of the VMM's own:
 * most accesses of handlers go to a few pages (lowcore, stacks). Its entries live as long as the
 * architecture lets a TLB keep them: until vmm/purge.h. Belongs to: VMM.
 */
#ifndef VMM_LOOKASIDE_H
#define VMM_LOOKASIDE_H

#include <stdint.h>

#include "vmm/cpu.h"

#define ACCESS_FETCH 0u
#define ACCESS_STORE 1u

/* The byte at a logical address in the space `as` (vmm/asce.h), or at a real address with DAT off;
 * the rest of its page follows. 0, or a program code with cpu->teid set. Low-address and DAT
 * protection are checked for stores; storage keys are not (docs/caveats.md). */
program_code translate(struct cpu *cpu, uint64_t address, uint32_t as, uint32_t access,
                       uint8_t **bytes);

/* The real address that goes with an address of the space that an ASCE designates; 0, or what
 * walk() says, with *entry the absolute address of the table entry that was used last. */
program_code translate_real(const struct cpu *cpu, uint64_t asce, uint64_t address, uint64_t *real,
                            uint64_t *entry);

/* Forget all translations. */
void lookaside_purge(void);

#endif
