/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The VMM's side of the translator's protocol (drivers/zpci/translator/protocol.h). The VMM tells
 * it of registrations and states; RPCIT itself never passes here. Belongs to: VMM.
 */
#ifndef VMM_ZPCI_TRANSLATOR_H
#define VMM_ZPCI_TRANSLATOR_H

#include <stdint.h>

#include "drivers/zpci/ioat.h"

/* Finds the translator's endpoint: capability "translator". */
void translator_start(void);

/* Condition code * 256 + status for the guest, or TRANSLATOR_OPERAND. */
uint64_t translator_register(unsigned function, const struct ioat *ioat, int again);
uint64_t translator_deregister(unsigned function);

void translator_state(unsigned function, uint32_t handle, uint64_t controls, uint64_t generation);

/* The error event that the guest was not told yet: 1 and its parts, or 0. */
int translator_event(unsigned function, uint16_t *code, uint32_t *handle, uint64_t *address);

#endif
