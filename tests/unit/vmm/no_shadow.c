/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a kernel without guest spaces, and a clock that stands still, for tests of other parts of
 * the VMM. Belongs to: test. */
#include "vmm/clock.h"
#include "vmm/pv/kernel.h"

uint64_t *kernel_words;

uint32_t kernel_reset(uint32_t number, uint32_t type)
{
    (void)number;
    (void)type;
    return 0;
}

uint32_t kernel_map(uint32_t number, uint64_t first, uint32_t n)
{
    (void)number;
    (void)first;
    (void)n;
    return 0;
}

uint32_t kernel_invalidate(uint32_t number, uint64_t first, uint32_t n)
{
    (void)number;
    (void)first;
    (void)n;
    return 0;
}

uint64_t clock_now(void)
{
    return 1000;
}
