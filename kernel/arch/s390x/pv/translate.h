/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses of a deprivileged guest, translated as the machine does: by a walk of the kernel's own
 * tables of the guest space, whose entries all passed the bound check. Frames found last are kept
 * until exactly the purge that makes the machine forget them too. Belongs to: kernel.
 */
#ifndef KERNEL_PV_TRANSLATE_H
#define KERNEL_PV_TRANSLATE_H

#include <stdint.h>

#include "kernel/machine.h"
#include "kernel/object/table.h"

#define TRANSLATE_KEPT 16u

struct translate_kept {
    uint64_t page; /* guest virtual address of the page */
    uint64_t asce; /* of the space; 0: holds nothing */
    uint64_t leaf; /* its page-table entry, valid */
    uint64_t unused;
};

extern struct translate_kept translate_kept[TRANSLATE_KEPT];

/* The page-table entry for an address of this guest space, from its tables; an invalid one if there
 * is no page table. */
uint64_t translate_walk(uint64_t asce, uint64_t address);

/* Forget every frame. */
void translate_purge(void);

/* The entry for an address, by what is known or by a walk. */
static inline uint64_t translate_leaf(uint64_t asce, uint64_t address)
{
    const struct translate_kept *kept = &translate_kept[address / BH_PAGE_SIZE % TRANSLATE_KEPT];

    if (kept->page == address - address % BH_PAGE_SIZE && kept->asce == asce) {
        return kept->leaf;
    }
    return translate_walk(asce, address);
}

/* Absolute address of a byte that the guest may read at this address; 0: it may not. */
static inline uint64_t translate_fetch(uint64_t asce, uint64_t address)
{
    uint64_t leaf = translate_leaf(asce, address);

    return (leaf & ENTRY_INVALID) == 0 ? leaf - leaf % BH_PAGE_SIZE + address % BH_PAGE_SIZE : 0;
}

/* The same for a byte that it may write, low-address protection apart. */
static inline uint64_t translate_store(uint64_t asce, uint64_t address)
{
    uint64_t leaf = translate_leaf(asce, address);

    return (leaf & (ENTRY_INVALID | ENTRY_PROTECTED)) == 0
               ? leaf - leaf % BH_PAGE_SIZE + address % BH_PAGE_SIZE
               : 0;
}

/* The first eight bytes of what lies at an address, left-aligned; what is on a page that is not
 * mapped is zero. */
uint64_t translate_text_split(uint64_t asce, uint64_t address);

/* 1 if these eight bytes lie on one page: then they are all there, or none. */
static inline uint32_t translate_is_whole(uint64_t address)
{
    return address % BH_PAGE_SIZE <= BH_PAGE_SIZE - 8u ? 1u : 0u;
}

static inline uint64_t translate_text(uint64_t asce, uint64_t address)
{
    uint64_t at;

    if (translate_is_whole(address) == 0) {
        return translate_text_split(asce, address);
    }
    at = translate_fetch(asce, address);
    return at != 0 ? hw_load_text(at) : 0;
}

#endif
