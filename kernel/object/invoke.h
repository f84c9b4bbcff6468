/* SPDX-License-Identifier: BSD-2-Clause */
/* Invocation: from a capability and a method to the object's file. Belongs to: kernel. */
#ifndef KERNEL_INVOKE_H
#define KERNEL_INVOKE_H

#include "kernel/object/iospace.h"

/* The same for any method. */
void invoke_any(uint32_t t, uint64_t method);

/* The system call INVOKE of thread t. Each DMA mapping of a guest passes here, and what comes most
 * checks its own capability. */
static inline void invoke(uint32_t t)
{
    uint64_t method = THREAD_WORD(t, SAVE_GR + 3u);

    if (method == BH_M_IOSPACE_UPDATE) {
        iospace_update(t);
    } else if (method == BH_M_IOSPACE_FLUSH) {
        iospace_flush(t);
    } else {
        invoke_any(t, method);
    }
}

#endif
