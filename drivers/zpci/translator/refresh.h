/* SPDX-License-Identifier: BSD-2-Clause */
/* Bringing I/O spaces up to date with the guest's tables: what RPCIT, the invalidate call and the
 * registration of an anchor have in common. Belongs to: translator (pure).
 *
 * Every table level is read again in every
 * request, each entry once, and what the guest changes in the meantime is this request's or the
 * next one's. An entry that cannot be accepted is unmapped, and the rest of the request goes on. */
#ifndef BULKHEAD_TRANSLATOR_REFRESH_H
#define BULKHEAD_TRANSLATOR_REFRESH_H

#include <stdint.h>

#include "drivers/zpci/translator/entries.h"
#include "drivers/zpci/translator/limits.h"
#include "drivers/zpci/translator/walk.h"

/* What came of the requests since refresh_begin. */
extern uint32_t refresh_event;   /* 0, or PEC_* of the first entry that was not accepted */
extern uint64_t refresh_page;    /* the I/O page of that entry */
extern uint32_t refresh_refused; /* pages that the budget kept unmapped */

static inline void refresh_begin(void)
{
    refresh_event = 0;
    refresh_refused = 0;
}

/* Brings I/O pages [first, last] of function f, all inside its window, up to date with the tables
 * of a plain RTTO anchor. Nothing is flushed but what is far apart: the caller settles (batch.h)
 * before it answers. */
static inline void refresh_range(uint32_t f, uint64_t iota, uint64_t first, uint64_t last);

/* Unmaps everything that the mirror of f holds. */
void refresh_unmap_all(uint32_t f);

/* The same for any number of pages. */
void refresh_pages(uint32_t f, uint64_t iota, uint64_t first, uint64_t last);

/* The path of the most frequent request: a single page. */
static inline void refresh_single(uint32_t f, uint64_t iota, uint64_t page)
{
    uint64_t link = walk_region(iota, page);

    if (link_kind(link) == LINK_TABLE)
        link = walk_segment(link, page);
    entries_page(f, link, page);
}

static inline void refresh_range(uint32_t f, uint64_t iota, uint64_t first, uint64_t last)
{
    if (first == last)
        refresh_single(f, iota, first);
    else
        refresh_pages(f, iota, first, last);
}

/* For entries.c: an entry could not be accepted. */
void refresh_note(uint32_t event, uint64_t page);

#endif
