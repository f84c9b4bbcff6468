/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads and stores of a function (kernel, above the zPCI instruction layer). */
#include "drivers/zpci/access.h"

#include "libs/zformats/fib.h"

#define DOUBLEWORD 8u
#define BLOCK_BOUNDARY 4096u
#define BAR_LOG2_MAX 63u

static enum zpci_error status_error(uint8_t status)
{
    switch (status) {
    case ZPCI_ST_IN_ERROR:
    case ZPCI_ST_BLOCKED:
    case ZPCI_ST_RECOVERY:
        return ZPCI_E_BLOCKED;
    case ZPCI_ST_RESOURCES:
        return ZPCI_E_RESOURCES;
    case ZPCI_ST_NOT_ENABLED:
    case ZPCI_ST_SEQUENCE:
    case ZPCI_ST_ALREADY:
        return ZPCI_E_STATE;
    default:
        return ZPCI_E_REFUSED;
    }
}

enum zpci_error zpci_error_of(struct zpci_result result)
{
    switch (result.cc) {
    case 0:
        return ZPCI_OK;
    case 1:
        return status_error(result.status);
    case 2:
        return ZPCI_E_BUSY;
    default:
        return ZPCI_E_GONE;
    }
}

static enum zpci_error load(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                            uint64_t *value)
{
    struct zpci_result result = {2, 0};
    uint64_t data = 0;

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_pcilg(fh, space, offset, length, &data);
    if (result.cc == 0)
        *value = pci_swap(data, length);
    return zpci_error_of(result);
}

static enum zpci_error store(uint32_t fh, uint8_t space, uint64_t offset, uint8_t length,
                             uint64_t value)
{
    struct zpci_result result = {2, 0};

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_pcistg(fh, space, offset, length, pci_swap(value, length));
    return zpci_error_of(result);
}

static int inside_bar(uint8_t bar, uint8_t size_log2, uint64_t offset, uint32_t length)
{
    uint64_t size;

    if (bar >= ZPCI_AS_BARS || size_log2 == 0 || size_log2 > BAR_LOG2_MAX)
        return 0;
    size = UINT64_C(1) << size_log2;
    return length <= size && offset <= size - length;
}

static int inside_doubleword(uint64_t offset, uint8_t length)
{
    return length >= 1 && length <= DOUBLEWORD && offset % DOUBLEWORD + length <= DOUBLEWORD;
}

enum zpci_error zpci_bar_load(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                              uint8_t length, uint64_t *value)
{
    if (!inside_doubleword(offset, length) || !inside_bar(bar, size_log2, offset, length))
        return ZPCI_E_RANGE;
    return load(fh, bar, offset, length, value);
}

enum zpci_error zpci_bar_store(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                               uint8_t length, uint64_t value)
{
    if (!inside_doubleword(offset, length) || !inside_bar(bar, size_log2, offset, length))
        return ZPCI_E_RANGE;
    return store(fh, bar, offset, length, value);
}

static int block_ok(uint64_t offset, uint16_t length, uint16_t max)
{
    return length > DOUBLEWORD && length % DOUBLEWORD == 0 && length <= max &&
           offset % DOUBLEWORD == 0 && offset % BLOCK_BOUNDARY + length <= BLOCK_BOUNDARY;
}

enum zpci_error zpci_bar_store_block(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                                     uint16_t length, uint16_t max, const uint8_t *source)
{
    struct zpci_result result = {2, 0};

    if (!block_ok(offset, length, max) || !inside_bar(bar, size_log2, offset, length))
        return ZPCI_E_RANGE;
    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_pcistb(fh, bar, offset, length, source);
    return zpci_error_of(result);
}

enum zpci_error zpci_config_load(uint32_t fh, uint32_t offset, uint8_t length, uint32_t *value)
{
    enum zpci_error error;
    uint64_t wide;

    if (!config_access_ok(offset, length))
        return ZPCI_E_RANGE;
    error = load(fh, ZPCI_AS_CONFIG, offset, length, &wide);
    if (!error)
        *value = (uint32_t)wide;
    return error;
}

enum zpci_error zpci_config_store(uint32_t fh, const struct config_map *map, uint32_t offset,
                                  uint8_t length, uint32_t value, enum config_verdict *verdict)
{
    struct config_store allowed;
    enum zpci_error error;
    uint32_t old;

    *verdict = config_store_allowed(map, offset, length, &allowed);
    if (*verdict != CONFIG_ALLOWED)
        return ZPCI_OK;
    error = zpci_config_load(fh, allowed.offset, allowed.length, &old);
    if (error)
        return error;
    return store(fh, ZPCI_AS_CONFIG, allowed.offset, allowed.length,
                 config_store_value(&allowed, offset, value, old));
}

enum zpci_error zpci_config_map(uint32_t fh, struct config_map *map)
{
    struct config_walk walk;
    uint16_t offset;

    config_walk_start(&walk, map);
    while (config_walk_wants(&walk, &offset)) {
        uint32_t value;
        enum zpci_error error = zpci_config_load(fh, offset, 4, &value);

        if (error)
            return error;
        config_walk_feed(&walk, value);
    }
    return config_map_absent(map) ? ZPCI_E_GONE : ZPCI_OK;
}
