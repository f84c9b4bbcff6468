/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of PciFunction and AdapterInterrupt. With error PCI, GR3 is condition
 * code * 256 + status (enable, disable: the CLP response code).
 * Errors, units and names: libs/stubs/stubs.h. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_PCI_H
#define BH_STUBS_PCI_H

#include "libs/stubs/invoke.h"

/* Enable the function. */
static inline uint64_t bh_pci_enable(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_ENABLE, results, 0);
}

/* Disable it, which ends DMA, interruptions and registrations. */
static inline uint64_t bh_pci_disable(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_DISABLE, results, 0);
}

/* Leave the error state. */
static inline uint64_t bh_pci_reset_error(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_RESET_ERROR, results, 0);
}

/* Allow load and store in the error state. */
static inline uint64_t bh_pci_unblock(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_UNBLOCK, results, 0);
}

/* GR3 function controls (0x80 enabled, 0x40 error, 0x20 blocked, 0x10 DMA registered), GR4
 * generation. */
static inline uint64_t bh_pci_state(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_STATE, results, 0);
}

/* Load 1 to 8 bytes of BAR 0 to 5, or 1, 2 or 4 of BH_PCI_CONFIG, into *data (with error PCI:
 * see above). */
static inline uint64_t bh_pci_load(uint64_t cap, uint64_t bar, uint64_t offset, uint64_t length,
                                   uint64_t *data)
{
    return BH_VALUE(cap, PCI_LOAD, data, bar, offset, length);
}

/* Store 1 to 8 bytes to BAR 0 to 5. */
static inline uint64_t bh_pci_store(uint64_t cap, uint64_t bar, uint64_t offset, uint64_t length,
                                    uint64_t data, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_STORE, results, bar, offset, length, data);
}

/* Store a block from byte `byte` of page `page` of the bound memory to BAR 0 to 5. */
static inline uint64_t bh_pci_store_block(uint64_t cap, uint64_t bar, uint64_t offset,
                                          uint64_t page, uint64_t byte, uint64_t length,
                                          struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_STORE_BLOCK, results, bar, offset, page, byte, length);
}

/* Store to the configuration space, as far as the allow-list goes (REFUSED). */
static inline uint64_t bh_pci_config_store(uint64_t cap, uint64_t offset, uint64_t length,
                                           uint64_t data, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_CONFIG_STORE, results, offset, length, data);
}

/* Register the bound I/O space. */
static inline uint64_t bh_pci_dma_register(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_DMA_REGISTER, results, 0);
}

/* Deregister it. */
static inline uint64_t bh_pci_dma_drop(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_DMA_DROP, results, 0);
}

/* Register `vectors` interruptions: bit vector at byte `byte` (8-aligned) of page `page` of the
 * bound memory, first bit aibvo; summary bit aisbo at byte address `summary` of the bound
 * memory. */
static inline uint64_t bh_pci_irq_register(uint64_t cap, uint64_t vectors, uint64_t page,
                                           uint64_t byte, uint64_t aibvo, uint64_t summary,
                                           uint64_t aisbo, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_IRQ_REGISTER, results, vectors, page, byte, aibvo, summary, aisbo);
}

/* Deregister interruptions. */
static inline uint64_t bh_pci_irq_drop(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_IRQ_DROP, results, 0);
}

/* Take the oldest event: GR3 kind (0 none, 1 error, 2 availability), GR4 code, GR5 address, GR6
 * flags. */
static inline uint64_t bh_pci_event(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_EVENT, results, 0);
}

/* 0 fid, 1 vectors, 2 store block limit, 3 MSI address, 4 refresh needed, 5 first I/O page, 6
 * I/O pages, 8 to 13 size of a BAR as a power of two (0 none). */
static inline uint64_t bh_pci_query(uint64_t cap, uint64_t field, uint64_t *value)
{
    return BH_VALUE(cap, PCI_QUERY, value, field);
}

/* Part 0: GR3 owner, GR4 I/O space, GR5 subclass. Part 1: GR3 first frame of the bound memory, GR4
 * pages. Part 2: GR3 notification that events signal + 1, 0 if none, GR4 badge. */
static inline uint64_t bh_pci_inspect(uint64_t cap, uint64_t part, struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_INSPECT, results, part);
}

/* Where interruption vectors, measurements and store-block sources lie. */
static inline uint64_t bh_pci_bind_memory(uint64_t cap, uint64_t region_slot, uint64_t page,
                                          uint64_t pages)
{
    return BH_PLAIN(cap, PCI_BIND_MEMORY, region_slot, page, pages);
}

/* Which notification events signal, with the capability's badge. */
static inline uint64_t bh_pci_bind_event(uint64_t cap, uint64_t notification_slot)
{
    return BH_PLAIN(cap, PCI_BIND_EVENT, notification_slot);
}

/* Put the measurement block (64 bytes, 16-aligned) at byte `byte` of page `page` of the bound
 * memory; page all ones ends measuring. */
static inline uint64_t bh_pci_measure(uint64_t cap, uint64_t page, uint64_t byte,
                                      struct bh_results *results)
{
    return BH_INVOKE(cap, PCI_MEASURE, results, page, byte);
}

/* Which notification an adapter interruption signals, with the capability's badge. */
static inline uint64_t bh_irq_bind(uint64_t cap, uint64_t notification_slot)
{
    return BH_PLAIN(cap, IRQ_BIND, notification_slot);
}

/* 0 every interruption; 1 one, then none until the next mode 1. */
static inline uint64_t bh_irq_mode(uint64_t cap, uint64_t mode)
{
    return BH_PLAIN(cap, IRQ_MODE, mode);
}

/* GR3 notification + 1, GR4 badge, GR5 interruptions so far, GR6 owner. */
static inline uint64_t bh_irq_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, IRQ_INSPECT, results, 0);
}

#endif
