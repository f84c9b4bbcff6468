/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs of changed entries on their way to the kernel, and what the hardware is owed afterwards.
 * Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_BATCH_H
#define BULKHEAD_TRANSLATOR_BATCH_H

#include <stdint.h>

#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/limits.h"

extern uint32_t batch_refresh[TRANSLATOR_FUNCTIONS]; /* 1: new entries need a hardware RPCIT too */
extern uint64_t batch_owed[TRANSLATOR_FUNCTIONS]; /* a flush is due: page behind the last change */
extern uint32_t batch_broken[TRANSLATOR_FUNCTIONS]; /* 1: mirror and kernel may differ */

/* The n words at kernel_words, already in the mirror at slots [slot - n, slot), are stored and
 * counted. Of them, `changed` are valid and replace a valid entry, `unmapped` are invalid and
 * replace a valid entry; the others are new. An entry that the kernel refuses becomes invalid, in
 * the mirror too, and is noted (refresh.h). Requires: n is 1 to BH_BATCH, all in one segment. */
void batch_send(uint32_t f, uint32_t slot, uint32_t n, uint32_t changed, uint32_t unmapped);

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
