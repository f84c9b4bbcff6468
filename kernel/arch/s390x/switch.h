/* SPDX-License-Identifier: BSD-2-Clause */
/* From one thread to the next: registers, home space, floating point. Belongs to: kernel. */
#ifndef KERNEL_SWITCH_H
#define KERNEL_SWITCH_H

#include <stdint.h>

/* Nothing runs yet: the way out leads to the idle loop. */
void switch_start(void);

/* Choose who runs next, and make the way out lead there. */
void switch_choose(void);

#endif
