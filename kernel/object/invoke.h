/* SPDX-License-Identifier: BSD-2-Clause */
/* Invocation: from a capability and a method to the object's file. Belongs to: kernel. */
#ifndef KERNEL_INVOKE_H
#define KERNEL_INVOKE_H

#include <stdint.h>

/* The system call INVOKE of thread t. */
void invoke(uint32_t t);

#endif
