/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Work that hardware can make long, and that must not run to its end in the context of whoever runs
 * at that moment (law 3): disabling the functions of a stopped partition, events beyond the first,
 * functions that came back, subclasses that were throttled. It is done in steps at clock
 * interruptions, LATER_STEP apart. A step issues at most one CLP command for a stopped partition,
 * 16 requests for events, one listing of the machine's functions with two queries and a disable,
 * and a SIC for each subclass. Belongs to: kernel.
 */
#ifndef KERNEL_LATER_H
#define KERNEL_LATER_H

#include <stdint.h>

/* One step of everything that waits: 1 if something is left. */
uint32_t later_step(void);

#endif
