/* SPDX-License-Identifier: BSD-2-Clause */
/* Invocations of I/O spaces. Belongs to: translator. */
#include "drivers/zpci/translator/kernel.h"

#include "libs/stubs/space.h"

/* Pieces of a flush or clear of the largest window, and as many again for a busy function. */
#define PIECES 2048u

uint64_t *kernel_words;
uint32_t kernel_space[TRANSLATOR_FUNCTIONS];
uint32_t kernel_window[TRANSLATOR_FUNCTIONS];
uint32_t kernel_stored;

uint64_t kernel_update(uint32_t f, uint64_t page, uint32_t n)
{
    uint64_t done = 0;
    uint64_t error = bh_iospace_update(kernel_space[f], page, n, kernel_window[f], &done);

    if (error == BH_E_OK)
        return BH_E_OK;
    if (error != BH_E_BOUND)
        done = 0;
    kernel_stored = done < n ? (uint32_t)done : n - 1u;
    return error;
}

uint64_t kernel_flush(uint32_t f)
{
    uint64_t error = BH_E_AGAIN;
    uint64_t why;
    uint32_t i;

    for (i = 0; i < PIECES && error == BH_E_AGAIN; i++)
        error = bh_iospace_flush(kernel_space[f], &why);
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
