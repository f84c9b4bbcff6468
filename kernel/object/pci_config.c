/* SPDX-License-Identifier: BSD-2-Clause */
/* Configuration space stores, filtered. Belongs to: kernel. */
#include "kernel/object/pci_config.h"
#include "drivers/zpci/config.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/thread.h"

static struct config_map map[PCI_FUNCTIONS];
static uint32_t mapped[PCI_FUNCTIONS];

void pci_config_reset(uint32_t f)
{
    mapped[f] = 0;
}

uint32_t pci_config_check(uint64_t offset, uint64_t length)
{
    if (offset >= BH_PAGE_SIZE || length > 4u ||
        !config_access_ok((uint32_t)offset, (uint8_t)length)) {
        return BH_E_ARG;
    }
    return BH_E_OK;
}

static struct zpci_result load(uint32_t f, uint16_t offset, uint8_t length, uint32_t *value)
{
    uint64_t data = 0;
    struct zpci_result result = zpci_pcilg(pci_handle[f], BH_PCI_CONFIG, offset, length, &data);

    *value = (uint32_t)pci_swap(data, length);
    return result;
}

/* The map is built once; a device that changes its capabilities later changes nothing here. */
static uint32_t build_map(uint32_t t, uint32_t f)
{
    struct config_walk walk;
    uint16_t offset;
    uint32_t value;
    uint32_t error = BH_E_OK;

    config_walk_start(&walk, &map[f]);
    while (error == BH_E_OK && config_walk_wants(&walk, &offset)) {
        error = pci_result(t, load(f, offset, 4, &value));
        config_walk_feed(&walk, value);
    }
    mapped[f] = error == BH_E_OK ? 1u : 0u;
    return error;
}

static uint32_t commit(uint32_t t, uint32_t f, const struct config_store *store, uint32_t offset,
                       uint32_t value)
{
    uint32_t old;
    uint32_t error = pci_result(t, load(f, store->offset, store->length, &old));

    if (error != BH_E_OK) {
        return error;
    }
    value = config_store_value(store, offset, value, old);
    return pci_result(t, zpci_pcistg(pci_handle[f], BH_PCI_CONFIG, store->offset, store->length,
                                     pci_swap(value, store->length)));
}

uint32_t pci_config_store(uint32_t t, uint32_t f)
{
    uint64_t offset = thread_argument(t, 0);
    uint64_t length = thread_argument(t, 1);
    uint32_t error = pci_config_check(offset, length);
    struct config_store store;

    if (error == BH_E_OK && mapped[f] == 0) {
        error = build_map(t, f);
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (config_store_allowed(&map[f], (uint32_t)offset, (uint8_t)length, &store) !=
        CONFIG_ALLOWED) {
        return BH_E_REFUSED;
    }
    return commit(t, f, &store, (uint32_t)offset, (uint32_t)(thread_argument(t, 2) % 0x100000000u));
}
