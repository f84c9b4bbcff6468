/* SPDX-License-Identifier: BSD-2-Clause */
/* struct pci_ops by system calls (native driver). */
#ifndef BULKHEAD_ZPCI_NATIVE_PCI_CALLS_H
#define BULKHEAD_ZPCI_NATIVE_PCI_CALLS_H

#include "drivers/zpci/native/pci_ops.h"

/* The methods of a PciFunction capability, whose index the functions read from *cap. */
struct pci_ops native_pci_ops(unsigned *cap);

#endif
