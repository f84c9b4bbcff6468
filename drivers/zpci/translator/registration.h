/* SPDX-License-Identifier: BSD-2-Clause */
/* I/O translation anchors: which tables a function has, and for which addresses.
 * Belongs to: translator (pure).
 *
 * Results: protocol.h. */
#ifndef BULKHEAD_TRANSLATOR_REGISTRATION_H
#define BULKHEAD_TRANSLATOR_REGISTRATION_H

#include <stdint.h>

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/limits.h"

extern uint64_t registration_iota[TRANSLATOR_FUNCTIONS];  /* 0: none */
extern uint64_t registration_first[TRANSLATOR_FUNCTIONS]; /* the aperture: I/O pages, both */
extern uint64_t registration_last[TRANSLATOR_FUNCTIONS];  /* inside the DMA window */

uint32_t registration_add(uint32_t f, uint64_t iota, uint64_t pba, uint64_t pal);
uint32_t registration_replace(uint32_t f, uint64_t iota, uint64_t pba, uint64_t pal);
uint32_t registration_drop(uint32_t f);

/* The function's state is now another one: see TRANSLATOR_STATE. */
uint32_t registration_state(uint32_t f, uint64_t handle, uint64_t controls, uint64_t generation);

/* The result of a flush that failed. */
uint32_t registration_unsettled(uint32_t f, uint64_t error);

/* The result of what was done, once the hardware has confirmed. */
static inline uint32_t registration_settle(uint32_t f)
{
    uint64_t error = batch_owed[f] != 0 ? batch_flush(f) : BH_E_OK;

    return error == BH_E_OK ? 0 : registration_unsettled(f, error);
}

#endif
