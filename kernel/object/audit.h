/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The audit trail: what happened that an operator must know. Records never block the kernel: each
 * partition has a ring of its own, which only records about itself overwrite; one more ring is for
 * what is nobody's. Belongs to: kernel.
 */
#ifndef KERNEL_AUDIT_H
#define KERNEL_AUDIT_H

#include "libs/abi/abi.h"

#define AUDIT_QUOTA 16u /* records that are kept of each partition */

extern uint64_t audit_count; /* records ever written: the number of the next one */

/* A record about thread t, or NOBODY. */
void audit_add(uint32_t code, uint32_t t, uint64_t first, uint64_t second);

/* A record about partition p, but none of its threads. */
void audit_add_partition(uint32_t code, uint32_t p, uint64_t first, uint64_t second);

uint32_t audit_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
