/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interruptions pending for the guest: made pending by devices and timers, delivered when the
 * guest's own masks allow, one PSW swap at a time. Belongs to: VMM.
 */
#ifndef VMM_INTERRUPT_H
#define VMM_INTERRUPT_H

#include <stdint.h>

#include "vmm/cpu.h"

/* Service signal with this parameter (external 0x2401); parameters of one kind are or-ed. */
void interrupt_service_signal(uint32_t parameter);

/* Adapter interruption on a guest interruption subclass (0 to 7). */
void interrupt_adapter(uint32_t isc);

/* Channel report pending (machine check with the channel-report subclass). */
void interrupt_channel_report(void);

/* External call and emergency signal from a CPU (itself, as there is one). */
void interrupt_external_call(uint16_t from);
void interrupt_emergency(uint16_t from);

/* 1 if something is pending that the guest's masks allow now (includes clock comparator and CPU
 * timer against the time now). */
int interrupt_deliverable(const struct cpu *cpu, uint64_t now);

/* Deliver one such interruption: lowcore of the guest, PSW swap. 0, or a program code if the
 * lowcore is unusable. */
program_code interrupt_deliver(struct cpu *cpu, uint64_t now);

/* PSW_EXTERNAL and PSW_IO, if the guest would be interrupted with this bit of its PSW on. */
uint64_t interrupt_waiting(const struct cpu *cpu, uint64_t now);

/* TOD of the next timer event that CR0 allows, of those to come; all ones if there is none. Now, if
 * an external interruption could be delivered by now. */
uint64_t interrupt_next(const struct cpu *cpu, uint64_t now);

/* Deliver a program interruption with this code for an instruction of this length. */
program_code interrupt_program(struct cpu *cpu, program_code code, uint32_t length);

/* Deliver a supervisor call. */
program_code interrupt_supervisor(struct cpu *cpu, uint8_t number, uint32_t length);

/* The guest was reset: nothing is pending. */
void interrupt_reset(void);

#endif
