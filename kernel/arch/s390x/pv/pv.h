/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The back end pv: the guest runs deprivileged, in primary and secondary space, and every
 * privileged instruction traps. Belongs to: kernel.
 */
#ifndef KERNEL_PV_H
#define KERNEL_PV_H

#include <stdint.h>

/* A program interruption or supervisor call of thread t, a vCPU: to its portal. */
void pv_program(uint32_t t);
void pv_supervisor(uint32_t t);

/* Make the processor ready to run vCPU v: safe PSW, guest spaces, control bits. Returns the
 * address of the PSW that the way out loads. */
const uint64_t *pv_enter(uint32_t v);

/* A process of this space runs next: unless it is the VMM of the guest whose spaces are loaded,
 * nothing of a guest stays in the control registers. Returns 1 if something does. */
uint32_t pv_leave_for(uint64_t space);

#endif
