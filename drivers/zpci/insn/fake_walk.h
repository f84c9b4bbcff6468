/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake's walk of real I/O translation tables (zPCI instruction layer, fake). */
#ifndef BULKHEAD_ZPCI_FAKE_WALK_H
#define BULKHEAD_ZPCI_FAKE_WALK_H

#include "drivers/zpci/insn/fake_memory.h"

struct fake_leaf {
    uint64_t size;  /* bytes that this answer covers: a page, a segment or a region */
    uint64_t frame; /* of the page that was asked for */
    int valid, protect;
};

/* Walk from the anchor for one iova: 0, or the event code (PEC_*) of a table error. */
uint16_t fake_walk(const struct fake_memory *memory, uint64_t iota, uint64_t iova,
                   struct fake_leaf *leaf);

#endif
