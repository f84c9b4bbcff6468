/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI configuration space: byte order and the map of capabilities (pure functions). */
#include "drivers/zpci/config.h"

enum { WALK_IDENTITY, WALK_STATUS, WALK_POINTER, WALK_CAP, WALK_EXTENDED, WALK_DONE };

#define STATUS_SHIFT 16
#define WORD 4u
#define POINTER_MASK 0xfcu
#define EXT_NEXT_SHIFT 20
#define EXT_NEXT_MASK 0xffcu
#define ABSENT 0xffffu

uint64_t pci_swap(uint64_t value, uint8_t length)
{
    uint64_t swapped = 0;

    for (uint32_t i = 0; i < length && i < sizeof(value); i++)
        swapped = swapped << 8 | (value >> 8 * i & 0xff);
    return swapped;
}

int config_access_ok(uint32_t offset, uint8_t length)
{
    if (length != 1 && length != 2 && length != 4)
        return 0;
    return offset % length == 0 && offset < PCICONF_SIZE;
}

void config_walk_start(struct config_walk *walk, struct config_map *map)
{
    *map = (struct config_map){.count = 0};
    walk->map = map;
    walk->offset = PCICONF_VENDOR;
    walk->stage = WALK_IDENTITY;
}

int config_walk_wants(const struct config_walk *walk, uint16_t *offset)
{
    *offset = walk->offset;
    return walk->stage != WALK_DONE;
}

static void walk_go(struct config_walk *walk, uint8_t stage, uint32_t offset)
{
    walk->stage = stage;
    walk->offset = (uint16_t)offset;
}

static int map_has(const struct config_map *map, uint32_t offset)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (map->cap[i].offset == offset)
            return 1;
    return 0;
}

/* 0 if the list must be cut here. The map has no offset twice, so every list ends. */
static int map_add(struct config_map *map, uint32_t offset, uint32_t id)
{
    if (map->count == CONFIG_CAPS_MAX || map_has(map, offset)) {
        map->broken = 1;
        return 0;
    }
    map->cap[map->count].offset = (uint16_t)offset;
    map->cap[map->count].id = (uint16_t)id;
    map->count++;
    return 1;
}

/* Only PCI Express functions have extended capabilities. */
static void walk_extended(struct config_walk *walk)
{
    if (walk->map->express)
        walk_go(walk, WALK_EXTENDED, PCICONF_EXTENDED);
    else
        walk->stage = WALK_DONE;
}

static void walk_to_cap(struct config_walk *walk, uint32_t pointer)
{
    uint32_t offset = pointer & POINTER_MASK;

    if (offset == 0) {
        walk_extended(walk);
    } else if (offset < PCICONF_HEADER_END) {
        walk->map->broken = 1;
        walk_extended(walk);
    } else {
        walk_go(walk, WALK_CAP, offset);
    }
}

/* The first MSI-X and the first PCI Express capability count. */
static void map_note(struct config_map *map, uint16_t offset, uint32_t id)
{
    if (id == PCI_CAP_MSIX && !map->msix)
        map->msix = offset;
    if (id == PCI_CAP_EXPRESS && !map->express)
        map->express = offset;
}

static void feed_cap(struct config_walk *walk, uint32_t value)
{
    uint32_t id = value & 0xff;

    if (!map_add(walk->map, walk->offset, id)) {
        walk_extended(walk);
        return;
    }
    map_note(walk->map, walk->offset, id);
    walk_to_cap(walk, value >> 8 & 0xff);
}

/* A list of extended capabilities may be empty: all bits zero or one at its start. */
static void feed_extended(struct config_walk *walk, uint32_t value)
{
    uint32_t next = value >> EXT_NEXT_SHIFT & EXT_NEXT_MASK;

    walk->stage = WALK_DONE;
    if (value == 0 || value == UINT32_MAX || !map_add(walk->map, walk->offset, value & 0xffff))
        return;
    if (next >= PCICONF_EXTENDED)
        walk_go(walk, WALK_EXTENDED, next);
    else if (next != 0)
        walk->map->broken = 1;
}

void config_walk_feed(struct config_walk *walk, uint32_t value)
{
    struct config_map *map = walk->map;

    switch (walk->stage) {
    case WALK_IDENTITY:
        map->vendor = (uint16_t)value;
        map->device = (uint16_t)(value >> 16);
        walk_go(walk, config_map_absent(map) ? WALK_DONE : WALK_STATUS, PCICONF_COMMAND);
        break;
    case WALK_STATUS:
        if (value >> STATUS_SHIFT & PCI_STATUS_CAPABILITIES)
            walk_go(walk, WALK_POINTER, PCICONF_CAPABILITIES);
        else
            walk->stage = WALK_DONE;
        break;
    case WALK_POINTER:
        walk_to_cap(walk, value);
        break;
    case WALK_CAP:
        feed_cap(walk, value);
        break;
    case WALK_EXTENDED:
        feed_extended(walk, value);
        break;
    default:
        break;
    }
}

int config_map_absent(const struct config_map *map)
{
    return map->vendor == ABSENT && map->device == ABSENT;
}

uint16_t config_find(const struct config_map *map, uint16_t id, uint16_t n)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (map->cap[i].offset >= PCICONF_EXTENDED || map->cap[i].id != id)
            continue;
        if (n == 0)
            return map->cap[i].offset;
        n--;
    }
    return 0;
}

uint16_t config_find_extended(const struct config_map *map, uint16_t id)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (map->cap[i].offset >= PCICONF_EXTENDED && map->cap[i].id == id)
            return map->cap[i].offset;
    return 0;
}
