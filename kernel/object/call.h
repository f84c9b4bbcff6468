/* SPDX-License-Identifier: BSD-2-Clause */
/* System calls: the first C function behind an SVC. Belongs to: kernel. */
#ifndef KERNEL_CALL_H
#define KERNEL_CALL_H

#include <stdint.h>

/* Serve system call number of the running thread t, whose registers are in its save area. */
void call_serve(uint32_t t, uint32_t number);

#endif
