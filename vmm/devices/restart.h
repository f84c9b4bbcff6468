/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's own restart ("reboot"). Belongs to: VMM. */
#ifndef VMM_DEVICES_RESTART_H
#define VMM_DEVICES_RESTART_H

#include <stdint.h>

#include "vmm/cpu.h"

/* As after power-on: devices at rest, nothing pending, memory zero, then the guest's image in it
 * again, and registers and PSW as it wants them. The kernel's objects stay as they are. */
void restart(struct cpu *cpu);

/* How often that happened. */
uint32_t restart_count(void);

#endif
