/* SPDX-License-Identifier: BSD-2-Clause */
/* MSI-X tables (pure functions for native drivers and VMM). */
#include "drivers/zpci/msix.h"

#include "drivers/zpci/irq.h"
#include "libs/zformats/pciconf.h"

#define CONTROL_SHIFT 16
#define BARS 6u
#define BAR_LOG2_MAX 63u

enum zpci_error msix_parse(const uint32_t words[3], const uint8_t bar_log2[6],
                           struct msix_table *table)
{
    uint32_t entries = (words[0] >> CONTROL_SHIFT & PCI_MSIX_SIZE_MASK) + 1;
    uint32_t bar = words[1] & PCI_MSIX_BIR_MASK;
    uint32_t offset = words[1] & ~PCI_MSIX_BIR_MASK;
    uint64_t end = (uint64_t)offset + entries * (uint64_t)PCI_MSIX_ENTRY_SIZE;

    if (bar >= BARS || bar_log2[bar] == 0 || bar_log2[bar] > BAR_LOG2_MAX)
        return ZPCI_E_MALFORMED;
    if (end > UINT64_C(1) << bar_log2[bar])
        return ZPCI_E_MALFORMED;
    table->bar = (uint8_t)bar;
    table->offset = offset;
    table->entries = (uint16_t)entries;
    return ZPCI_OK;
}

static uint32_t entry_offset(const struct msix_table *table, uint16_t index)
{
    return table->offset + index * PCI_MSIX_ENTRY_SIZE;
}

/* Masked while it changes: a half-written entry could send nonsense. */
enum zpci_error msix_message(const struct msix_table *table, uint16_t index, uint64_t msia,
                             uint16_t vector, uint16_t interrupts,
                             struct msix_store stores[MSIX_STORES])
{
    uint32_t at = entry_offset(table, index);

    if (index >= table->entries || vector >= interrupts || vector >= IRQ_VECTORS)
        return ZPCI_E_RANGE;
    stores[0] = (struct msix_store){at + PCI_MSIX_ENTRY_CONTROL, PCI_MSIX_ENTRY_MASKED};
    stores[1] = (struct msix_store){at + PCI_MSIX_ENTRY_ADDRESS, (uint32_t)msia};
    stores[2] = (struct msix_store){at + PCI_MSIX_ENTRY_ADDRESS_HIGH, (uint32_t)(msia >> 32)};
    stores[3] = (struct msix_store){at + PCI_MSIX_ENTRY_DATA, vector};
    stores[4] = (struct msix_store){at + PCI_MSIX_ENTRY_CONTROL, 0};
    return ZPCI_OK;
}

enum zpci_error msix_mask(const struct msix_table *table, uint16_t index, int masked,
                          struct msix_store *store)
{
    if (index >= table->entries)
        return ZPCI_E_RANGE;
    store->offset = entry_offset(table, index) + PCI_MSIX_ENTRY_CONTROL;
    store->value = masked ? PCI_MSIX_ENTRY_MASKED : 0;
    return ZPCI_OK;
}
