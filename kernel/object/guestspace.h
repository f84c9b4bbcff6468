/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Guest spaces: shadow translations of a deprivileged guest. They are caches: the VMM fills and
 * resets them at will, the kernel checks every entry against the vCPU's windows (law 2). Tables
 * come from a pool of their own, disjoint from every region. Belongs to: kernel.
 */
#ifndef KERNEL_GUESTSPACE_H
#define KERNEL_GUESTSPACE_H

#include "kernel/object/table.h"
#include "kernel/object/vcpu.h"

#define GUEST_SPACES (VCPUS * BH_VCPU_SPACES)
#define GUEST_BLOCKS 1536u /* 16 KiB each: one upper table, or eight page tables */

extern uint64_t guest_table[GUEST_BLOCKS * TABLE_ENTRIES];
extern uint64_t guest_asce[GUEST_SPACES]; /* 0: never reset, or out of tables */

/* Blocks for the guest spaces of vCPU v, never shared with another one: OK, or FULL. */
uint32_t guestspace_reserve(uint32_t v, uint64_t blocks);

/* How many that were. */
uint32_t guestspace_reserved(uint32_t v);

uint32_t guestspace_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
