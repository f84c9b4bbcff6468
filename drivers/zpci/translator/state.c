/* SPDX-License-Identifier: BSD-2-Clause */
/* States of functions. Belongs to: translator (pure). */
#include "drivers/zpci/translator/state.h"

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/zformats/fib.h"

uint64_t state_handle[TRANSLATOR_FUNCTIONS];
uint32_t state_controls[TRANSLATOR_FUNCTIONS];
uint64_t state_generation[TRANSLATOR_FUNCTIONS];
uint32_t state_event[TRANSLATOR_FUNCTIONS];
uint64_t state_address[TRANSLATOR_FUNCTIONS];

uint32_t state_find(uint64_t mask, uint64_t handle)
{
    uint32_t f;

    for (f = 0; f < TRANSLATOR_FUNCTIONS; f++) {
        if (state_handle[f] == handle && (mask & UINT64_C(1) << f) != 0 &&
            (state_controls[f] & FIB_FC_ENABLED) != 0)
            return f;
    }
    return STATE_NO_FUNCTION;
}

static uint32_t check(uint32_t f, uint32_t real)
{
    if ((state_controls[f] & real & FIB_FC_ENABLED) == 0)
        return TRANSLATOR_RESULT(3u, 0u);
    if (((state_controls[f] | real) & FIB_FC_ERROR) != 0 || batch_broken[f] != 0)
        return TRANSLATOR_RESULT(1u, ZPCI_ST_RECOVERY);
    return 0;
}

uint32_t state_check(uint32_t f)
{
    return check(f, FIB_FC_ENABLED);
}

uint32_t state_check_real(uint32_t f, uint64_t real)
{
    if (real / 256u != state_generation[f])
        return TRANSLATOR_RESULT(1u, ZPCI_ST_RECOVERY);
    return check(f, (uint32_t)(real % 256u));
}

uint32_t state_fail(uint32_t f, uint32_t event, uint64_t address)
{
    state_controls[f] |= FIB_FC_ERROR | FIB_FC_BLOCKED;
    state_event[f] = event;
    state_address[f] = address;
    return TRANSLATOR_RESULT(1u, ZPCI_ST_IN_ERROR);
}
