/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI events: taken from the channel subsystem, handed to the owner of the function.
 * Belongs to: kernel.
 */
#ifndef KERNEL_PCI_EVENT_H
#define KERNEL_PCI_EVENT_H

#include "drivers/zpci/event.h"
#include "kernel/object/pci_function.h"

extern uint32_t pci_event_notification[PCI_FUNCTIONS]; /* NOBODY: not bound */
extern uint64_t pci_event_badge[PCI_FUNCTIONS];

/* A channel report is pending: take reports and events, a bounded number of each. What is left of
 * the events is taken in steps. */
void pci_events_take(void);
uint32_t pci_events_step(void); /* 1 if some are left */

/* Keep an event of function f for its owner, and signal. */
void pci_event_tell(uint32_t f, const struct pci_event *event);

void pci_event_reset(uint32_t f);

/* PCI_EVENT of thread t. */
uint32_t pci_event_take(uint32_t t, uint32_t f);

#endif
