/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the zPCI software fake share (zPCI instruction layer, fake). */
#ifndef BULKHEAD_ZPCI_FAKE_INTERNAL_H
#define BULKHEAD_ZPCI_FAKE_INTERNAL_H

#include "drivers/zpci/insn/fake.h"

static inline struct zpci_result fake_result(uint8_t cc, uint8_t status)
{
    return (struct zpci_result){cc, cc == 1 ? status : 0};
}

/* Count the instruction; 1 and its result if a fault was injected. */
int fake_begin(struct fake_zpci *fake, enum fake_instruction instruction,
               struct zpci_result *result);

/* A program interruption instead of a condition code; cc 3 lets the caller go on. */
struct zpci_result fake_program_check(struct fake_zpci *fake, uint8_t code);

/* By the exact handle, or a null pointer. */
struct fake_function *fake_find(struct fake_zpci *fake, uint32_t fh);

/* Change state and handle; leaving the enabled states drops registrations, cache and device state.
 */
void fake_enter(struct fake_function *function, enum fake_state state);

/* Queue an event and its channel report. */
void fake_event(struct fake_zpci *fake, const struct pci_event *event);

/* Drop every cached translation, or those of [first, last] (page numbers). */
void fake_cache_clear(struct fake_function *function);
void fake_cache_purge(struct fake_function *function, uint64_t first, uint64_t last);

#endif
