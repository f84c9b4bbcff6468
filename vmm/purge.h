/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Purges of the guest's translation lookaside buffer. Everything that caches guest translations
 * (shadow spaces, vmm/lookaside.h) is emptied by these and by nothing else. Belongs to: VMM.
 */
#ifndef VMM_PURGE_H
#define VMM_PURGE_H

#include <stdint.h>

/* PTLB, CSP and CSPG, SET PREFIX, IDTE that invalidates entries, control bits that change what
 * tables mean. */
void purge_all(void);

/* IDTE that clears by address-space control element: every space of this table origin. */
void purge_space(uint64_t asce);

/* IPTE: this page and those behind it, in every space. */
void purge_pages(uint64_t address, uint32_t n);

/* SET PREFIX and reset: also what does not go through guest tables. */
void purge_prefix(void);

#endif
