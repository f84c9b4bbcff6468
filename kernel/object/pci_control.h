/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions: enable, disable, registrations with the hardware. Belongs to: kernel. */
#ifndef KERNEL_PCI_CONTROL_H
#define KERNEL_PCI_CONTROL_H

#include <stdint.h>

uint32_t pci_control(uint32_t t, uint32_t f, uint32_t method);

/* Enable or disable (CLP_SET_*): the response code, CLP_RC_OK if done; 0 if the machine did not
 * execute the command. */
uint32_t pci_set(uint32_t f, uint8_t operation);

#endif
