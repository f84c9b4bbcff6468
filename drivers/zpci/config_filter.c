/* SPDX-License-Identifier: BSD-2-Clause */
/* The allow-list of configuration stores (kernel, design section 4; pure functions).
 *
 * Not on the list on purpose:
 *   payload size, error reporting: the machine owns the link and its errors, a wrong payload size
 *     disturbs functions behind the same link;
 *   function level reset, power states: the device forgets its base addresses, which only the
 * machine knows; a function is reset by disabling and enabling it; MSI: message-signalled
 * interruptions are offered through MSI-X. */
#include "drivers/zpci/config.h"

struct field {
    uint16_t offset;
    uint8_t length;
    uint16_t mask;
};

#define FIELDS 5u
#define DEVICE_CONTROL_BITS                                                                        \
    (PCI_EXP_DEVCTL_RELAXED | PCI_EXP_DEVCTL_NO_SNOOP | PCI_EXP_DEVCTL_READ_REQ)

/* Field of a capability; none (length 0) if the capability is absent or if another one begins
 * inside it: a device with such a list gets nothing. */
static struct field cap_field(const struct config_map *map, uint16_t cap, uint32_t at,
                              uint32_t mask)
{
    struct field none = {0, 0, 0};

    if (cap == 0 || cap + at + 2 > PCICONF_EXTENDED)
        return none;
    for (uint32_t i = 0; i < map->count; i++)
        if (map->cap[i].offset > cap && map->cap[i].offset < cap + at + 2)
            return none;
    return (struct field){(uint16_t)(cap + at), 2, (uint16_t)mask};
}

static struct field field_get(const struct config_map *map, enum config_field which)
{
    switch (which) {
    case CONFIG_COMMAND:
        return (struct field){PCICONF_COMMAND, 2,
                              PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER | PCI_COMMAND_INTX_DISABLE};
    case CONFIG_TIMERS:
        return (struct field){PCICONF_CACHE_LINE, 2, 0xffff};
    case CONFIG_INT_LINE:
        return (struct field){PCICONF_INT_LINE, 1, 0xff};
    case CONFIG_MSIX_CONTROL:
        return cap_field(map, map->msix, PCI_MSIX_CONTROL,
                         PCI_MSIX_ENABLE | PCI_MSIX_FUNCTION_MASK);
    default:
        return cap_field(map, map->express, PCI_EXP_DEVCTL, DEVICE_CONTROL_BITS);
    }
}

/* Both ranges are aligned powers of two, so where they meet, one contains the other: what is done
 * is the smaller one. Nothing outside the field is read or written again, above all no status bit
 * that is cleared by writing it. */
static int field_narrow(const struct field *field, uint32_t offset, uint8_t length,
                        struct config_store *store)
{
    uint32_t mask = field->mask;

    if (offset >= (uint32_t)field->offset + field->length || offset + length <= field->offset)
        return 0;
    store->offset = field->offset;
    store->length = field->length;
    if (length < field->length) {
        mask = mask >> 8 * (offset - field->offset) & 0xff;
        store->offset = (uint16_t)offset;
        store->length = length;
    }
    store->mask = mask;
    return mask != 0;
}

static enum config_verdict refusal(const struct config_map *map, uint32_t offset,
                                   struct config_store *store)
{
    uint32_t found = 0;

    if (offset >= PCICONF_BAR && offset < PCICONF_BAR_END)
        return CONFIG_REFUSED_BAR;
    if (offset / 4 == PCICONF_ROM / 4)
        return CONFIG_REFUSED_BAR;
    for (uint32_t i = 0; i < map->count; i++)
        if (map->cap[i].offset <= offset && map->cap[i].offset > found)
            found = map->cap[i].offset;
    store->capability = (uint16_t)found;
    return found ? CONFIG_REFUSED_CAPABILITY : CONFIG_REFUSED;
}

enum config_verdict config_store_allowed(const struct config_map *map, uint32_t offset,
                                         uint8_t length, struct config_store *store)
{
    *store = (struct config_store){.offset = 0};
    if (!config_access_ok(offset, length))
        return CONFIG_BAD_ACCESS;
    for (uint32_t i = 0; i < FIELDS; i++) {
        struct field field = field_get(map, (enum config_field)i);

        if (!field_narrow(&field, offset, length, store))
            continue;
        store->field = (enum config_field)i;
        return CONFIG_ALLOWED;
    }
    *store = (struct config_store){.offset = 0};
    return refusal(map, offset, store);
}

uint32_t config_store_value(const struct config_store *store, uint32_t offset, uint32_t value,
                            uint32_t old)
{
    uint32_t moved = value >> 8 * (store->offset - offset);

    return (old & ~store->mask) | (moved & store->mask);
}
