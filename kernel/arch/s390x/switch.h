/* SPDX-License-Identifier: BSD-2-Clause */
/* From one thread to the next: registers, home space, floating point. Belongs to: kernel. */
#ifndef KERNEL_SWITCH_H
#define KERNEL_SWITCH_H

#include <stdint.h>

/* Nothing runs yet: what the processor holds belongs to the idle loop. */
void switch_start(void);

/* The way out of the kernel: chooses who runs if a choice is owed, and runs it. Does not return. */
void switch_leave(void);

/* The same if no choice is owed and a thread runs: another one than that which trapped. */
void switch_to_current(void);

#endif
