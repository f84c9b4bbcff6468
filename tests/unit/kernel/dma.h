/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: one process with one function, and what the device behind it reaches. Belongs to: test. */
#ifndef TESTS_KERNEL_DMA_H
#define TESTS_KERNEL_DMA_H

#include "kernel/object/iospace.h"
#include "tests/unit/kernel/devices.h"

#define PAGE(n) ((uint64_t)(n)*BH_PAGE_SIZE)
#define PROBE_WORD UINT64_C(0x1122334455667788)

static struct process one;
static struct pci pci;

static inline uint64_t owed(void)
{
    return iospace_owed_to[pci.s] - iospace_owed_from[pci.s];
}

static inline void unmap_io(uint64_t page)
{
    map_io(one.t, &pci, page, BH_WORD_INVALID);
}

static inline uint32_t reads(uint64_t page)
{
    uint64_t value;

    return dma_reads(&pci, page, &value);
}

static inline uint32_t writes(uint64_t page)
{
    return dma_writes(&pci, page, PROBE_WORD);
}

/* A device is in error after a refused access: leave that. */
static inline void recover(void)
{
    assert_invoke(OK, INIT, pci.slot, PCI_RESET_ERROR);
}

static inline void assert_blocked(uint32_t allowed)
{
    assert_int_equal(allowed, 0);
    recover();
}

#endif
