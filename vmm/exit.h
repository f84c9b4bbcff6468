/* SPDX-License-Identifier: BSD-2-Clause */
/* Exits of the guest, and what is due before it goes on. Belongs to: VMM. */
#ifndef VMM_EXIT_H
#define VMM_EXIT_H

#include <stdint.h>

#include "vmm/cpu.h"

/* Serve an exit; the words are those of the kernel's message (libs/abi/reasons.def). */
void exit_serve(struct cpu *cpu, const uint64_t word[4]);

/* What the guest does next. */
enum exit_next {
    EXIT_RUN,
    EXIT_WAIT,          /* until an interruption is deliverable */
    EXIT_STOPPED,       /* SIGP stop */
    EXIT_DISABLED_WAIT, /* a wait that nothing ends */
    EXIT_LOOP,          /* the program new PSW is itself invalid */
    EXIT_FAILED         /* no shadow space can be had (vmm/pv/shadow.h) */
};

/* Deliver what is pending and enabled, most urgent first; then say how to go on. */
enum exit_next exit_settle(struct cpu *cpu);

/* The last instruction that no handler knew: its opcode, 0 if there was none, and where it is. The
 * caller sets the opcode back to 0 once it has reported it. */
extern uint16_t exit_unknown;
extern uint64_t exit_unknown_address;

#endif
