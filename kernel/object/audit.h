/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The audit trail: what happened that an operator must know, in a ring that never blocks the
 * kernel. Belongs to: kernel.
 */
#ifndef KERNEL_AUDIT_H
#define KERNEL_AUDIT_H

#include "libs/abi/abi.h"

#define AUDIT_RECORDS 256u

extern uint64_t audit_count; /* records ever written; record n is at n modulo the size */

/* A record about thread t, or NOBODY. */
void audit_add(uint32_t code, uint32_t t, uint64_t first, uint64_t second);

uint32_t audit_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
