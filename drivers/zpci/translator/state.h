/* SPDX-License-Identifier: BSD-2-Clause */
/* What the guest's functions are: handle, controls, generation, pending error event.
 * Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_STATE_H
#define BULKHEAD_TRANSLATOR_STATE_H

#include <stdint.h>

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/limits.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/zformats/fib.h"

#define STATE_NO_FUNCTION TRANSLATOR_FUNCTIONS

extern uint64_t state_handle[TRANSLATOR_FUNCTIONS];
extern uint32_t state_controls[TRANSLATOR_FUNCTIONS]; /* FIB_FC_ENABLED, ERROR, BLOCKED */
extern uint64_t state_generation[TRANSLATOR_FUNCTIONS];
extern uint32_t state_event[TRANSLATOR_FUNCTIONS]; /* PEC_*, 0: none pending */
extern uint64_t state_address[TRANSLATOR_FUNCTIONS];

/* The enabled function with exactly this handle among those of the bit mask, or STATE_NO_FUNCTION:
 * what else exists is not revealed. */
static inline uint32_t state_find(uint64_t mask, uint64_t handle)
{
    uint32_t f;

    for (f = 0; f < TRANSLATOR_FUNCTIONS; f++) {
        if (state_handle[f] == handle && (mask & UINT64_C(1) << f) != 0 &&
            (state_controls[f] & FIB_FC_ENABLED) != 0)
            return f;
    }
    return STATE_NO_FUNCTION;
}

/* The result with which a request is refused because of the function's state, 0 if it is not. The
 * controls are those of the real function. */
static inline uint32_t state_check(uint32_t f, uint32_t real)
{
    if ((state_controls[f] & real & FIB_FC_ENABLED) == 0)
        return TRANSLATOR_RESULT(3u, 0u);
    if (((state_controls[f] | real) & FIB_FC_ERROR) != 0 || batch_broken[f] != 0)
        return TRANSLATOR_RESULT(1u, ZPCI_ST_RECOVERY);
    return 0;
}

/* The function goes to error; the event waits for the VMM. Returns the result, 1 and 8. */
uint32_t state_fail(uint32_t f, uint32_t event, uint64_t address);

#endif
