/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual CPU on the real one: at each entry and exit of a deprivileged guest.
 *
 *   virtual          real primary (CR1)   real secondary (CR7)   real PSW
 *   DAT off          real addresses       none                   primary
 *   primary          virtual CR1          virtual CR7            primary
 *   secondary        virtual CR1          virtual CR7            secondary
 *   home             virtual CR13         virtual CR7            primary
 *
 * Belongs to: VMM, back end pv.
 */
#ifndef VMM_PV_PV_H
#define VMM_PV_PV_H

#include "vmm/cpu.h"

/* What the guest changed natively, from the state page into the virtual PSW: condition code,
 * program mask, addressing mode, address, and SET ADDRESS SPACE CONTROL between primary and
 * secondary. */
void pv_leave(struct cpu *cpu);

/* The virtual PSW and control registers into the state page: the guest goes on with them. */
void pv_enter(struct cpu *cpu);

/* The system mask, which the guest changes without exits, from the state page into the virtual PSW.
 * Also between exits: whenever this process runs, the guest does not. */
void pv_take_mask(struct cpu *cpu);

/* The other way, and what the guest may not switch on without an exit, for something is pending. */
void pv_give_mask(const struct cpu *cpu, uint64_t now);

/* Into the state page: a guest that exits again at once, without having done anything. */
void pv_enter_nothing(struct cpu *cpu);

#endif
