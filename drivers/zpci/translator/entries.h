/* SPDX-License-Identifier: BSD-2-Clause */
/* The entries of one page table against the mirror. Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_ENTRIES_H
#define BULKHEAD_TRANSLATOR_ENTRIES_H

#include <stdint.h>

/* Brings n I/O pages from `page` on, all in one segment and inside the window of f, to what the
 * link of their segment says (walk.h). */
void entries_segment(uint32_t f, uint64_t link, uint64_t page, uint32_t n);

/* The same for a single page: the path of the most frequent request. */
void entries_page(uint32_t f, uint64_t link, uint64_t page);

#endif
