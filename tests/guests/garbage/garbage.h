/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that lets a disk rewrite its I/O tables while they are walked, and puts garbage into
 * every field that it can. What it must not damage is itself: frames that it makes valid are those
 * of an area that it has no use for, or are none of its own. Belongs to: test.
 */
#ifndef TESTS_GUESTS_GARBAGE_H
#define TESTS_GUESTS_GARBAGE_H

#include "tests/guests/contract/contract.h"

#define WILD 56u                        /* page tables with garbage */
#define WILD_AT (8u * MIB)              /* offset of the first segment that has one */
#define WILD_APERTURE (64u * MIB)       /* what is registered */
#define WILD_BYTES (WILD * 2048u)       /* of the tables, */
#define WILD_MAPPED (2u * MIB)          /* which the disk reaches at this offset */
#define LITTER UINT64_C(0x800000)       /* guest memory without use: */
#define LITTER_BYTES UINT64_C(0x400000) /* its size */
#define GUEST_BYTES UINT64_C(0x2000000) /* of guest memory; what is behind is another's */
#define BEHIND UINT64_C(0x1000000)      /* how far behind it garbage reaches */

extern uint64_t wild[WILD][256];

/* The same sequence each time. */
uint64_t random_next(void);
/* 0 to limit - 1. */
uint64_t random_below(uint64_t limit);

/* A guest address of the litter, behind the guest's memory, or anywhere beyond. */
uint64_t random_address(void);
/* Page-table entry: seldom or often one that no guest may have. */
uint64_t random_entry(uint32_t bad_of_256);

/* Enabled, registered with WILD_APERTURE, wild tables linked and invalid, all else as after
 * function_fresh. */
void wild_fresh(void);

/* Rounds of disk reads into the tables while they are refreshed: says how often a table changed
 * while it was. */
void rewrite(uint32_t rounds);

/* Rounds of garbage in instructions, blocks and tables. */
void fuzz(uint32_t rounds);

#endif
