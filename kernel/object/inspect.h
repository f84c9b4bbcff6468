/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What can be read back of objects that hold more than their own file needs to tell: endpoints,
 * notifications, PCI functions, vCPUs. Init compares it with the description before seal.
 * Belongs to: kernel.
 */
#ifndef KERNEL_INSPECT_H
#define KERNEL_INSPECT_H

#include <stdint.h>

uint32_t endpoint_invoke(uint32_t t, uint32_t object, uint32_t method);
uint32_t notification_invoke(uint32_t t, uint32_t object, uint32_t method);

/* PCI_INSPECT and VCPU_INSPECT of thread t. */
uint32_t pci_inspect(uint32_t t, uint32_t f);
uint32_t vcpu_inspect(uint32_t t, uint32_t v);

#endif
