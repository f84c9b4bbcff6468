/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI discovery by init: a few CLP commands, before seal. Belongs to: kernel. */
#ifndef KERNEL_PCI_DISCOVERY_H
#define KERNEL_PCI_DISCOVERY_H

#include <stdint.h>

/* PARTITION_CLP of thread t: the block travels through a buffer of the kernel's own. */
uint32_t pci_discover(uint32_t t);

#endif
