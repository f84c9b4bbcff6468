/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Configuration space: loads as they are, stores only where the allow-list names the field.
 * Belongs to: kernel.
 */
#ifndef KERNEL_PCI_CONFIG_H
#define KERNEL_PCI_CONFIG_H

#include <stdint.h>

/* ARG unless it is one naturally aligned access of 1, 2 or 4 bytes inside the space. */
uint32_t pci_config_check(uint64_t offset, uint64_t length);

/* PCI_CONFIG_STORE of thread t. */
uint32_t pci_config_store(uint32_t t, uint32_t f);

/* The map of function f's capabilities is not known yet. */
void pci_config_reset(uint32_t f);

#endif
