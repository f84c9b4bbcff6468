/* SPDX-License-Identifier: BSD-2-Clause */
/* Invocations of I/O spaces. Belongs to: translator. */
#include "drivers/zpci/translator/kernel.h"

/* Pieces of a flush or clear of the largest window, and as many again for a busy function. */
#define PIECES 2048u

uint64_t *kernel_words;
uint32_t kernel_space[TRANSLATOR_FUNCTIONS];
uint32_t kernel_window[TRANSLATOR_FUNCTIONS];
uint32_t kernel_stored;

uint64_t kernel_refused(uint64_t error, uint64_t stored, uint32_t n)
{
    if (error != BH_E_BOUND)
        stored = 0;
    kernel_stored = stored < n ? (uint32_t)stored : n - 1u;
    return error;
}

uint64_t kernel_flush_rest(uint32_t f)
{
    uint64_t error = BH_E_AGAIN;
    uint32_t i;

    for (i = 1; i < PIECES && error == BH_E_AGAIN; i++)
        error = bh_iospace_flush(kernel_space[f]);
    return error;
}

uint64_t kernel_clear(uint32_t f)
{
    uint64_t error = BH_E_AGAIN;
    uint32_t i;

    for (i = 0; i < PIECES && error == BH_E_AGAIN; i++)
        error = bh_iospace_clear(kernel_space[f]);
    return error;
}
