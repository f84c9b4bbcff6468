/* SPDX-License-Identifier: BSD-2-Clause */
/* What the translator asks of the kernel: changes of the I/O space of function f. The kernel checks
 * every word against its own windows. Belongs to: translator.
 *
 * Results: libs/abi/errors.def. */
#ifndef BULKHEAD_TRANSLATOR_KERNEL_H
#define BULKHEAD_TRANSLATOR_KERNEL_H

#include <stdint.h>

#include "drivers/zpci/translator/limits.h"
#include "libs/abi/abi.h"

/* The message buffer: BH_BATCH words of kernel_update. */
extern uint64_t *kernel_words;

extern uint32_t kernel_space[TRANSLATOR_FUNCTIONS];  /* capability of the I/O space */
extern uint32_t kernel_window[TRANSLATOR_FUNCTIONS]; /* its window that begins with guest frame 0 */

/* Stores kernel_words[0 .. n) from I/O page `page` on. OK: all were stored. BOUND: kernel_stored of
 * them; the next one is outside the kernel's window or its rights. Otherwise kernel_stored is 0.
 * Requires: 1 to BH_BATCH words for one page table. */
uint64_t kernel_update(uint32_t f, uint64_t page, uint32_t n);
extern uint32_t kernel_stored;

/* The hardware forgets what was changed; repeats as long as the kernel says AGAIN, but not without
 * end. Otherwise the changes are still owed: AGAIN the hardware is busy, PCI it refused, GONE the
 * function is not operational. */
uint64_t kernel_flush(uint32_t f);

/* Nothing is mapped any more, and the hardware knows. Results as kernel_flush. */
uint64_t kernel_clear(uint32_t f);

#endif
