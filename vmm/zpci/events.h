/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI events for the guest: of the real function, and of the translator's decisions.
 * Belongs to: VMM.
 */
#ifndef VMM_ZPCI_EVENTS_H
#define VMM_ZPCI_EVENTS_H

#include <stdint.h>

enum zpci_event { ZPCI_EVENT_NONE, ZPCI_EVENT_LAST, ZPCI_EVENT_MORE };

/* The oldest event into a store-event-information block of 4096 bytes (libs/zformats/ccdf.h):
 * whether there was one, and whether more are waiting. */
int zpci_next_event(uint8_t *block);

/* As after a reset of the guest: every function is disabled, no event is waiting. */
void zpci_reset(void);

/* Look for events of the functions; each makes a channel report pending. */
void events_collect(void);

#endif
