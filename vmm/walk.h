/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dynamic address translation by the guest's own tables. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Translation Process".
 */
#ifndef VMM_WALK_H
#define VMM_WALK_H

#include <stdint.h>

#include "vmm/cpu.h"

struct walk {
    uint64_t real;         /* real address of the page's first byte */
    uint64_t absolute;     /* its absolute address, inside guest memory */
    uint64_t entry;        /* absolute address of the table entry that was used last */
    uint64_t page_table;   /* absolute address of the page table; 0 if there was none */
    uint8_t protect;       /* stores are not allowed */
    uint8_t table_protect; /* the part of `protect` that comes from above the page table */
    uint8_t no_execute;
    uint8_t large;    /* a larger frame: consecutive absolute addresses */
    uint8_t identity; /* a real space: real addresses are the virtual ones */
};

/* Translates with an address-space control element. 0, or: PGM_SEGMENT, PGM_PAGE, PGM_REGION_*,
 * PGM_ASCE_TYPE, PGM_TRANSLATION_SPECIFICATION, PGM_ADDRESSING. `address` is a full one, already
 * wrapped to the addressing mode. With an exception only `entry` is meaningful. */
program_code walk(const struct cpu *cpu, uint64_t asce, uint64_t address, struct walk *result);

#endif
