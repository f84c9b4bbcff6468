/* SPDX-License-Identifier: BSD-2-Clause */
/* States of functions. Belongs to: translator (pure). */
#include "drivers/zpci/translator/state.h"

uint64_t state_handle[TRANSLATOR_FUNCTIONS];
uint32_t state_controls[TRANSLATOR_FUNCTIONS];
uint64_t state_generation[TRANSLATOR_FUNCTIONS];
uint32_t state_event[TRANSLATOR_FUNCTIONS];
uint64_t state_address[TRANSLATOR_FUNCTIONS];

uint32_t state_fail(uint32_t f, uint32_t event, uint64_t address)
{
    state_controls[f] |= FIB_FC_ERROR | FIB_FC_BLOCKED;
    state_event[f] = event;
    state_address[f] = address;
    return TRANSLATOR_RESULT(1u, ZPCI_ST_IN_ERROR);
}
