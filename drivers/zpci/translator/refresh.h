/* SPDX-License-Identifier: BSD-2-Clause */
/* Bringing I/O spaces up to date with the guest's tables: what RPCIT, the invalidate call and the
 * registration of an anchor have in common. Belongs to: translator (pure).
 *
 * A request is a list of page ranges of one function. Every table level is read again in every
 * request, each entry once, and what the guest changes in the meantime is this request's or the
 * next one's. An entry that cannot be accepted is unmapped, and the rest of the request goes on. */
#ifndef BULKHEAD_TRANSLATOR_REFRESH_H
#define BULKHEAD_TRANSLATOR_REFRESH_H

#include <stdint.h>

#include "drivers/zpci/translator/limits.h"

/* The request: I/O pages [first, last], both inside the function's window. */
extern uint64_t refresh_first[TRANSLATOR_RANGES];
extern uint64_t refresh_last[TRANSLATOR_RANGES];

/* What came of it. */
extern uint32_t refresh_event;   /* 0, or PEC_* of the first entry that was not accepted */
extern uint64_t refresh_page;    /* the I/O page of that entry */
extern uint32_t refresh_refused; /* pages that the budget kept unmapped */

/* Serves ranges [0, n) of function f from the tables of a plain RTTO anchor. Nothing is flushed but
 * what is far apart: the caller settles (batch.h) before it answers. A mapping is refused only if
 * the unmappings of the whole request do not make room for it. */
void refresh_run(uint32_t f, uint64_t iota, uint32_t n);

/* Unmaps everything that the mirror of f holds. */
void refresh_unmap_all(uint32_t f);

/* For entries.c: an entry could not be accepted. */
void refresh_note(uint32_t event, uint64_t page);

#endif
