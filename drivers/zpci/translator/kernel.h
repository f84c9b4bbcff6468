/* SPDX-License-Identifier: BSD-2-Clause */
/* What the translator asks of the kernel: changes of the I/O space of function f. The kernel checks
 * every word against its own windows. Belongs to: translator.
 *
 * Results: libs/abi/errors.def. */
#ifndef BULKHEAD_TRANSLATOR_KERNEL_H
#define BULKHEAD_TRANSLATOR_KERNEL_H

#include <stdint.h>

#include "drivers/zpci/translator/limits.h"
#include "libs/stubs/space.h"

/* The message buffer: BH_BATCH words of kernel_update. */
extern uint64_t *kernel_words;

extern uint32_t kernel_space[TRANSLATOR_FUNCTIONS];  /* capability of the I/O space */
extern uint32_t kernel_window[TRANSLATOR_FUNCTIONS]; /* its window that begins with guest frame 0 */

/* Stores kernel_words[0 .. n) from I/O page `page` on. OK: all were stored. BOUND: kernel_stored of
 * them; the next one is outside the kernel's window or its rights. Otherwise kernel_stored is 0.
 * Requires: 1 to BH_BATCH words for one page table. */
static inline uint64_t kernel_update(uint32_t f, uint64_t page, uint32_t n);
extern uint32_t kernel_stored;

/* The hardware forgets what was changed; repeats as long as the kernel says AGAIN, but not without
 * end. Otherwise the changes are still owed: AGAIN the hardware is busy, PCI it refused, GONE the
 * function is not operational. */
static inline uint64_t kernel_flush(uint32_t f);

/* Nothing is mapped any more, and the hardware knows. Results as kernel_flush. */
uint64_t kernel_clear(uint32_t f);

/* What does not happen often: an update of n words that ended with an error, and a flush in more
 * than one piece. Results as above. */
uint64_t kernel_refused(uint64_t error, uint64_t stored, uint32_t n);
uint64_t kernel_flush_rest(uint32_t f);

static inline uint64_t kernel_update(uint32_t f, uint64_t page, uint32_t n)
{
    uint64_t stored = 0;
    uint64_t error = bh_iospace_update(kernel_space[f], page, n, kernel_window[f], &stored);

    return error == BH_E_OK ? BH_E_OK : kernel_refused(error, stored, n);
}

static inline uint64_t kernel_flush(uint32_t f)
{
    uint64_t error = bh_iospace_flush(kernel_space[f]);

    return error == BH_E_AGAIN ? kernel_flush_rest(f) : error;
}

#endif
