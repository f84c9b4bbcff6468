/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the first instructions and main: internal to the runtime. Belongs to: everything that
 * runs as a process.
 */
#ifndef BH_RT_START_H
#define BH_RT_START_H

#include <stddef.h>
#include <stdint.h>

#include "libs/abi/init_image.h"

/* What musl keeps behind the thread pointer. */
extern uint64_t bh_thread_block[];

/* The program. */
int main(void);

_Noreturn void bh_start_process(const struct bh_info *info);
_Noreturn void bh_start_init(uint64_t bundle, uint64_t bundle_size, uint64_t memory,
                             uint64_t first_frame);

/* Sets the guard value of functions that check their stack, then main, then exit. */
_Noreturn void bh_run_main(void);

void bh_malloc_init(void *memory, size_t size);
void bh_message_buffer_set(void *page);

#endif
