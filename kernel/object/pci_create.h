/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions before seal: found, disabled, bound. Belongs to: kernel. */
#ifndef KERNEL_PCI_CREATE_H
#define KERNEL_PCI_CREATE_H

#include <stdint.h>

/* The function that PARTITION_CREATE_PCI names (arguments of thread t), owned by partition p. */
uint32_t pci_create(uint32_t t, uint32_t p, uint32_t *function);

/* BIND_MEMORY and BIND_EVENT. */
uint32_t pci_bind(uint32_t t, uint32_t f, uint32_t method);

/* Find function f by its id and make it usable, disabled: OK, GONE, BOUND if the machine does not
 * allow it the addresses of its I/O space, or STATE if it cannot be disabled. */
uint32_t pci_bring_up(uint32_t f);

#endif
