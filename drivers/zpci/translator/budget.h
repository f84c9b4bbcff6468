/* SPDX-License-Identifier: BSD-2-Clause */
/* The mapping budget of each function, and who is mapped how often, for audit.
 * Belongs to: translator (pure).
 *
 * A mapping is a valid mirror word. Running out of budget is the only reason for status 16. */
#ifndef BULKHEAD_TRANSLATOR_BUDGET_H
#define BULKHEAD_TRANSLATOR_BUDGET_H

#include <stdint.h>

#include "drivers/zpci/translator/limits.h"

extern uint32_t budget_limit[TRANSLATOR_FUNCTIONS]; /* mappings that may exist at one time */
extern uint32_t budget_live[TRANSLATOR_FUNCTIONS];  /* mappings that exist */

/* Sums since the start. A mapping that changes its frame or rights is mapped once more; what is no
 * longer live was unmapped. */
extern uint64_t budget_mapped[TRANSLATOR_FUNCTIONS];
extern uint64_t budget_refused[TRANSLATOR_FUNCTIONS];

extern uint32_t budget_frame[TRANSLATOR_FRAMES]; /* mappings of a guest frame, of all functions */

/* How many more mappings f may have. */
static inline uint32_t budget_room(uint32_t f)
{
    return budget_limit[f] - budget_live[f];
}

/* A guest's valid word (frame * 4096 + flags) gains or loses a mapping. Requires: its frame is in
 * the guest's memory. */
static inline void budget_frame_add(uint64_t word)
{
    budget_frame[word / 4096u]++;
}

static inline void budget_frame_drop(uint64_t word)
{
    budget_frame[word / 4096u]--;
}

/* f gained and lost so many mappings. */
static inline void budget_account(uint32_t f, uint32_t mapped, uint32_t unmapped)
{
    budget_live[f] = budget_live[f] + mapped - unmapped;
    budget_mapped[f] += mapped;
}

/* Every mapping that the mirror of f holds is gone. */
void budget_drop_all(uint32_t f);

#endif
