/* SPDX-License-Identifier: BSD-2-Clause */
/* Function and interruption controls. Belongs to: VMM. */
#ifndef VMM_ZPCI_CONTROL_H
#define VMM_ZPCI_CONTROL_H

#include <stdint.h>

/* Finds the capability "interruption". */
void control_start(void);

/* The guest's interruption subclass for adapter interruptions; 8 if none is registered. */
uint32_t control_guest_subclass(void);

#endif
