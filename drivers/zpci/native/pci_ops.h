/* SPDX-License-Identifier: BSD-2-Clause */
/* What a native driver needs of its PCI function. A process implements it with the methods of its
 * PciFunction capability, a test with the software fake (native driver). */
#ifndef BULKHEAD_ZPCI_NATIVE_PCI_OPS_H
#define BULKHEAD_ZPCI_NATIVE_PCI_OPS_H

#include <stdint.h>

#include "drivers/zpci/error.h"

/* Values are those of little-endian registers. BAR: length 1, 2, 4 or 8, naturally aligned.
 * Configuration space: length 1, 2 or 4; stores pass the kernel's filter. */
struct pci_ops {
    void *context;
    enum zpci_error (*config_load)(void *context, uint32_t offset, uint8_t length, uint32_t *value);
    enum zpci_error (*config_store)(void *context, uint32_t offset, uint8_t length, uint32_t value);
    enum zpci_error (*bar_load)(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                uint64_t *value);
    enum zpci_error (*bar_store)(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                 uint64_t value);
};

#endif
