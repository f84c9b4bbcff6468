/* SPDX-License-Identifier: BSD-2-Clause */
/* MSI-X: where the table is, and which stores into a BAR program a message (pure functions).
 * Linked by native drivers, VMM and tests. Layout: libs/zformats/pciconf.h.
 *
 * On this machine the message address is the group's MSI address, the message data the vector
 * number; the function finds the bit to set through what was registered with MPCIFC. */
#ifndef BULKHEAD_ZPCI_MSIX_H
#define BULKHEAD_ZPCI_MSIX_H

#include <stdint.h>

#include "drivers/zpci/error.h"

struct msix_table {
    uint32_t offset; /* bytes into the BAR */
    uint16_t entries;
    uint8_t bar;
};

/* A store of four bytes into the table's BAR; value as the little-endian register has it. */
struct msix_store {
    uint32_t offset;
    uint32_t value;
};

#define MSIX_STORES 5u

/* From the three words of the capability and the sizes of the BARs (binary logarithm, 0 = no such
 * BAR). ZPCI_E_MALFORMED: the table is not inside a BAR. */
enum zpci_error msix_parse(const uint32_t words[3], const uint8_t bar_log2[6],
                           struct msix_table *table);

/* Stores, in their order, that make entry index send vector, unmasked. ZPCI_E_RANGE: index not
 * below the number of entries, or vector not below interrupts (what the group offers, at most
 * 2048). */
enum zpci_error msix_message(const struct msix_table *table, uint16_t index, uint64_t msia,
                             uint16_t vector, uint16_t interrupts,
                             struct msix_store stores[MSIX_STORES]);

/* The store that masks or unmasks an entry. */
enum zpci_error msix_mask(const struct msix_table *table, uint16_t index, int masked,
                          struct msix_store *store);

#endif
