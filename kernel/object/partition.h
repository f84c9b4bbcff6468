/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Partitions: who is isolated from whom. They create what they own, until seal; then nothing can
 * be created and no authority can grow. Belongs to: kernel.
 */
#ifndef KERNEL_PARTITION_H
#define KERNEL_PARTITION_H

#include "libs/abi/abi.h"

#define PARTITIONS 16u
#define PARTITION_ROOT 0u /* init's own; it holds the machine's roots */

extern uint32_t partition_stopped[PARTITIONS];
extern uint32_t partition_count;
extern uint32_t partition_sealed; /* 1 after seal */

/* End every thread and function of partition p. cause is an audit code, t the thread that it is
 * about, or NOBODY. */
void partition_stop(uint32_t p, uint32_t cause, uint32_t t);

uint32_t partition_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
