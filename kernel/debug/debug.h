/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Self-checks after every system call and interruption, in debug builds. Belongs to: kernel.
 */
#ifndef KERNEL_DEBUG_H
#define KERNEL_DEBUG_H

#include <stdint.h>

/* 0, or which predicate does not hold: object type * 65536 + index. */
uint32_t debug_broken(void);

/* Stops the machine if something is broken (debug builds; the trap entry calls it). */
void debug_check(void);

/* The same for what a process of this space would find in CR1 and CR7: the way out calls it. */
void debug_leave_for(uint64_t space);

#endif
