/* SPDX-License-Identifier: BSD-2-Clause */
/* What shadow spaces need of the kernel: methods of the vCPU, or a test's. Belongs to: VMM, back
 * end pv. Each returns one of libs/abi/errors.def. */
#ifndef VMM_PV_KERNEL_H
#define VMM_PV_KERNEL_H

#include <stdint.h>

/* Words of the next kernel_map(): guest frame * 4096 | BH_WORD_* bits; at most BH_BATCH. */
extern uint64_t *kernel_words;

/* The capability of the vCPU, and the message buffer that holds the words. */
void kernel_start(uint32_t vcpu, void *message_buffer);

/* Guest space `number` becomes empty. type: 0 segment table, 1 to 3 region tables on top;
 * | BH_SPACE_PRIVATE. */
uint32_t kernel_reset(uint32_t number, uint32_t type);

/* Its entries from this page on become the n words; they lie in one page table. */
uint32_t kernel_map(uint32_t number, uint64_t page, uint32_t n);

/* Its entries from this page on become invalid; they lie in one page table. */
uint32_t kernel_invalidate(uint32_t number, uint64_t page, uint32_t n);

#endif
