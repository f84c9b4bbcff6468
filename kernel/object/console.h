/* SPDX-License-Identifier: BSD-2-Clause */
/* The SCLP console: write and read events. Belongs to: kernel. */
#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

#include <stdint.h>

extern uint32_t console_notification; /* NOBODY: not bound */

void console_start(void);

/* Input is waiting. */
void console_input(void);

uint32_t console_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
