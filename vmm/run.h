/* SPDX-License-Identifier: BSD-2-Clause */
/* The main loop: replies to the vCPU and receives its next exit. Belongs to: VMM. */
#ifndef VMM_RUN_H
#define VMM_RUN_H

#include <stdint.h>

#include "vmm/cpu.h"
#include "vmm/exit.h"

/* Capabilities: the vCPU (control), the endpoint of its portals (recv), the notification that is
 * bound to this thread (wait). */
struct run_caps {
    unsigned vcpu, exits, events;
};

/* Starts the vCPU and serves it; returns how it ended. The vCPU then waits for run_end(). */
enum exit_next run(struct cpu *cpu, const struct run_caps *caps);

/* Refuses the vCPU's last exit: the kernel stops the partition. Does not return if that includes
 * this process. */
void run_end(void);

#endif
