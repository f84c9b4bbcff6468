/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions that are taken away and come back while the system runs. A function that is gone counts
 * as disabled, and its methods end with GONE; one that came back has a new handle, is disabled, and
 * its owner can enable it again. Belongs to: kernel.
 */
#ifndef KERNEL_PCI_AVAILABILITY_H
#define KERNEL_PCI_AVAILABILITY_H

#include "drivers/zpci/event.h"

/* An availability event of function f: 1 if its owner is told at once, 0 if after a step. */
uint32_t pci_availability(uint32_t f, const struct pci_event *event);

/* One function that may have come back: 1 if more are left. */
uint32_t pci_availability_step(void);

#endif
