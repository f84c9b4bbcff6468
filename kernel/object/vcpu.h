/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vCPUs: guest processors. A vCPU is scheduled as a thread; its registers live in the state page
 * that it shares with its VMM; its exits are events that portals deliver. Belongs to: kernel.
 */
#ifndef KERNEL_VCPU_H
#define KERNEL_VCPU_H

#include "kernel/object/thread.h"
#include "libs/abi/vcpu.h"

#define VCPUS BH_POOL_VCPU

extern uint32_t vcpu_thread[VCPUS];
extern uint32_t vcpu_partition[VCPUS];
extern uint32_t vcpu_vmm[VCPUS];    /* process space of the VMM */
extern uint32_t vcpu_space[VCPUS];  /* whose windows bound its guest spaces */
extern uint64_t vcpu_page[VCPUS];   /* absolute address of the state page */
extern uint32_t vcpu_status[VCPUS]; /* register that gets the status of the RPCIT under way */
extern uint32_t vcpu_function[VCPUS * BH_VCPU_FUNCTIONS];
extern uint32_t vcpu_functions[VCPUS];
extern uint32_t vcpu_count;

/* PARTITION_CREATE_VCPU of thread t for partition p; on OK *vcpu is its number. */
uint32_t vcpu_create(uint32_t t, uint32_t p, uint32_t *vcpu);

/* The function of vCPU v that a guest handle means, or NOBODY. */
uint32_t vcpu_find_function(uint32_t v, uint64_t handle);

/* Thread t, a vCPU, executed RPCIT r1,r2 in supervisor state: to the RPCIT portal. */
void vcpu_rpcit(uint32_t t, uint32_t r1, uint32_t r2);

/* The translator answered the RPCIT of thread t: its results into the guest's registers. */
void vcpu_rpcit_answered(uint32_t t, uint32_t server);

uint32_t vcpu_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
