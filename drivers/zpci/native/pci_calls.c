/* SPDX-License-Identifier: BSD-2-Clause */
/* struct pci_ops by system calls (native driver). */
#include "drivers/zpci/native/pci_calls.h"

#include "libs/stubs/stubs.h"

/* A busy function is asked again, but not for ever. */
#define ATTEMPTS 1000u

/* Status bytes of PCI load and store, in the low byte of GR3. */
#define STATUS_ERROR 8u
#define STATUS_BLOCKED 12u

static enum zpci_error refusal(uint64_t gr3)
{
    uint64_t status = gr3 % 256;

    return status == STATUS_ERROR || status == STATUS_BLOCKED ? ZPCI_E_BLOCKED : ZPCI_E_REFUSED;
}

static enum zpci_error result(uint64_t error, uint64_t gr3)
{
    switch (error) {
    case BH_E_OK:
        return ZPCI_OK;
    case BH_E_ARG:
        return ZPCI_E_RANGE;
    case BH_E_AGAIN:
        return ZPCI_E_BUSY;
    case BH_E_PCI:
        return refusal(gr3);
    case BH_E_GONE:
        return ZPCI_E_GONE;
    default:
        return ZPCI_E_REFUSED;
    }
}

static enum zpci_error load(const unsigned *cap, uint64_t bar, uint64_t offset, uint8_t length,
                            uint64_t *value)
{
    uint64_t error = BH_E_AGAIN;

    for (unsigned i = 0; error == BH_E_AGAIN && i < ATTEMPTS; i++)
        error = bh_pci_load(*cap, bar, offset, length, value);
    return result(error, *value);
}

static enum zpci_error config_load(void *context, uint32_t offset, uint8_t length, uint32_t *value)
{
    uint64_t data = 0;
    enum zpci_error error = load(context, BH_PCI_CONFIG, offset, length, &data);

    *value = (uint32_t)data;
    return error;
}

static enum zpci_error bar_load(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                uint64_t *value)
{
    return load(context, bar, offset, length, value);
}

static enum zpci_error config_store(void *context, uint32_t offset, uint8_t length, uint32_t value)
{
    const unsigned *cap = context;
    struct bh_results r = {0};
    uint64_t error = BH_E_AGAIN;

    for (unsigned i = 0; error == BH_E_AGAIN && i < ATTEMPTS; i++)
        error = bh_pci_config_store(*cap, offset, length, value, &r);
    return result(error, r.gr3);
}

static enum zpci_error bar_store(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                 uint64_t value)
{
    const unsigned *cap = context;
    struct bh_results r = {0};
    uint64_t error = BH_E_AGAIN;

    for (unsigned i = 0; error == BH_E_AGAIN && i < ATTEMPTS; i++)
        error = bh_pci_store(*cap, bar, offset, length, value, &r);
    return result(error, r.gr3);
}

struct pci_ops native_pci_ops(unsigned *cap)
{
    return (struct pci_ops){.context = cap,
                            .config_load = config_load,
                            .config_store = config_store,
                            .bar_load = bar_load,
                            .bar_store = bar_store};
}
