/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a process that is the VMM of one vCPU. Belongs to: test. */
#ifndef TESTS_UNIT_KERNEL_ONE_VCPU_H
#define TESTS_UNIT_KERNEL_ONE_VCPU_H

#include "tests/unit/kernel/machine.h"

#define BLOCKS 6u /* tables of its own */
#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define X BH_R_REGION_EXECUTE
#define PAGE(n) ((uint64_t)(n)*BH_PAGE_SIZE)
#define TOO_FAR UINT64_C(0x100000000)

extern struct process one;
extern uint32_t vcpu, v; /* slot and number */

/* A vCPU whose window 0 is the process's memory. */
void prepare(void);

/* The machine's frame that holds a page of that memory. */
uint64_t frame(uint64_t page);

#endif
