/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the trap entry calls: one function per class of interruption
 * (supervisor calls: kernel/object/call.h). Belongs to: kernel.
 */
#ifndef KERNEL_TRAP_H
#define KERNEL_TRAP_H

#include <stdint.h>

/* What becomes of a program interruption, for entry.S. */
#define TRAP_EVENT 0u   /* an event: who runs next is to be seen */
#define TRAP_STAYS 1u   /* nothing: who ran goes on with the PSW that the interruption stored */
#define TRAP_GOES_ON 2u /* the same with the PSW at LC_RETURN */
uint32_t trap_program(void);

/* A supervisor call from outside home space: a guest's, or a process's that switched spaces. */
void trap_other_svc(uint32_t t, uint32_t number);
void trap_external(void);
void trap_io(void);
void trap_machine_check(void);
void trap_restart(void);

/* The kernel itself interrupted, with the PSW at this address: where to go on, if a device caused
 * it; otherwise prints what is known and stops the machine. */
uint64_t trap_kernel_fault(uint64_t address);

/* What the address of a disabled wait says: why the machine stopped. */
#define WAIT_KERNEL 0xbadu    /* the kernel is broken, or the machine is: panic */
#define WAIT_NOT_BUILT 0xb1du /* init refused the system, or ended before seal */

/* Prints a line with this code and stops the machine: disabled wait. */
_Noreturn void panic(const char *why, uint64_t code);

#endif
