/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs of changed entries on their way to the kernel, and what the hardware is owed afterwards.
 * Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_BATCH_H
#define BULKHEAD_TRANSLATOR_BATCH_H

#include <stdint.h>

#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/limits.h"
#include "drivers/zpci/translator/mirror.h"

extern uint32_t batch_refresh[TRANSLATOR_FUNCTIONS]; /* 1: new entries need a hardware RPCIT too */
extern uint64_t batch_owed[TRANSLATOR_FUNCTIONS]; /* a flush is due: page behind the last change */
extern uint32_t batch_broken[TRANSLATOR_FUNCTIONS]; /* 1: mirror and kernel may differ */

/* The n words at kernel_words, already in the mirror at slots [slot - n, slot), are stored and
 * counted. Of them, `changed` are valid and replace a valid entry, `unmapped` are invalid and
 * replace a valid entry; the others are new. An entry that the kernel refuses becomes invalid, in
 * the mirror too, and is noted (refresh.h). Requires: n is 1 to BH_BATCH, all in one segment. */
void batch_send(uint32_t f, uint32_t slot, uint32_t n, uint32_t changed, uint32_t unmapped);

/* The flush that is due goes first if `page` is far from it. */
void batch_part(uint32_t f, uint64_t page);

/* Of n words for `page` on, in the mirror from `slot` on, the kernel stopped with this error at one
 * that it refuses. */
void batch_repair(uint32_t f, uint64_t page, uint32_t slot, uint32_t n, uint64_t error);

/* The same for n words of I/O pages from `page` on, which are in the mirror from `slot` on:
 * `mapped` of them are valid, `replaced` replace a valid entry. A caller that knows n has less to
 * do. */
static inline void batch_send_at(uint32_t f, uint64_t page, uint32_t slot, uint32_t n,
                                 uint32_t mapped, uint32_t replaced)
{
    uint64_t error;

    if (batch_owed[f] != 0)
        batch_part(f, page);
    if ((replaced | batch_refresh[f]) != 0)
        batch_owed[f] = page + n;
    budget_account(f, mapped, replaced);
    mirror_count(slot, mapped, replaced);
    error = kernel_update(f, page, n);
    if (error != BH_E_OK)
        batch_repair(f, page, slot, n, error);
}

/* The hardware forgets what was replaced. Result: libs/abi/errors.def; but for OK the flush is owed
 * still. */
static inline uint64_t batch_flush(uint32_t f)
{
    uint64_t error = kernel_flush(f);

    if (error == BH_E_OK)
        batch_owed[f] = 0;
    return error;
}

#endif
