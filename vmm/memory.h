/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Guest memory as handlers reach it: by logical (virtual) address in the guest's current address
 * space, by real address, or by absolute address. Guest absolute address 0 is the first byte of the
 * guest's window in the VMM's space; everything is bound-checked. Belongs to: VMM.
 */
#ifndef VMM_MEMORY_H
#define VMM_MEMORY_H

#include <stdint.h>

#include "vmm/cpu.h"

extern uint8_t *guest_memory; /* the window, in the VMM's own space */
extern uint64_t guest_size;   /* bytes, a multiple of 1 MiB */

/* Pointer to n bytes at an absolute address; a null pointer unless all lie in guest memory. */
void *guest_absolute(uint64_t address, uint64_t n);

/* Absolute from real: prefixing. */
uint64_t guest_real_to_absolute(const struct cpu *cpu, uint64_t real);

/* n bytes (at most 4096) at a real address; null if they leave memory or cross a page. */
void *guest_real(const struct cpu *cpu, uint64_t real, uint64_t n);

/* Copy from or to the guest's current address space (PSW bits 16 and 17, or DAT off), as the
 * instruction would: 0, or a program code with cpu->teid set. Nothing is written unless all of it
 * can be. n at most 4096. */
program_code guest_read(struct cpu *cpu, uint64_t address, void *to, uint32_t n);
program_code guest_write(struct cpu *cpu, uint64_t address, const void *from, uint32_t n);

/* Big-endian values: plain loads and stores on this machine, byte swaps on a little-endian host. */
program_code guest_write_u8(struct cpu *cpu, uint64_t address, uint8_t value);
program_code guest_read_u64(struct cpu *cpu, uint64_t address, uint64_t *value);
program_code guest_write_u64(struct cpu *cpu, uint64_t address, uint64_t value);

#endif
