/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI configuration space: byte order, map of the capabilities, filter for stores (pure functions).
 * Linked by kernel (filter), init, VMM, native drivers and tests. Layout: libs/zformats/pciconf.h.
 *
 * The map is built once, when a function is bound, from what the device shows; the filter decides
 * on the map alone. It is an allow-list: what is not named here does not reach the device. Loads
 * need no filter. */
#ifndef BULKHEAD_ZPCI_CONFIG_H
#define BULKHEAD_ZPCI_CONFIG_H

#include <stdint.h>

#include "libs/zformats/pciconf.h"

/* Between the register of PCI load and store (first byte of the bus most significant) and the value
 * of a little-endian field: reverses the low length bytes, higher ones become zero. Serves both
 * directions. length: 1 to 8. */
uint64_t pci_swap(uint64_t value, uint8_t length);

/* Length 1, 2 or 4, naturally aligned, inside the configuration space. */
int config_access_ok(uint32_t offset, uint8_t length);

#define CONFIG_CAPS_MAX 64u

struct config_cap {
    uint16_t offset; /* PCICONF_EXTENDED and above: extended capability */
    uint16_t id;     /* PCI_CAP_* or PCI_EXT_* */
};

struct config_map {
    uint16_t vendor, device;
    uint16_t count;
    struct config_cap cap[CONFIG_CAPS_MAX];
    uint16_t msix;    /* offset of the MSI-X capability, 0 = none */
    uint16_t express; /* offset of the PCI Express capability, 0 = none */
    uint8_t broken;   /* a capability list that loops, leaves its space or is too long: cut there */
};

/* Building the map: start, then as long as config_walk_wants says yes, load the 4 bytes at *offset
 * (as a little-endian value) and feed them. Ends after at most 4 + CONFIG_CAPS_MAX loads. */
struct config_walk {
    struct config_map *map;
    uint16_t offset;
    uint8_t stage;
};

void config_walk_start(struct config_walk *walk, struct config_map *map);
int config_walk_wants(const struct config_walk *walk, uint16_t *offset);
void config_walk_feed(struct config_walk *walk, uint32_t value);

/* Nothing answers: all bits of the identity are one. */
int config_map_absent(const struct config_map *map);

/* Offset of the n-th (from 0) capability with this identity, 0 if there is none. */
uint16_t config_find(const struct config_map *map, uint16_t id, uint16_t n);
uint16_t config_find_extended(const struct config_map *map, uint16_t id);

/* ---- filter (config_filter.c) ---- */

enum config_verdict {
    CONFIG_ALLOWED,            /* do what struct config_store says */
    CONFIG_REFUSED,            /* read-only, or no field that we know */
    CONFIG_REFUSED_BAR,        /* base address or ROM register: they belong to the machine */
    CONFIG_REFUSED_CAPABILITY, /* inside a capability; struct config_store has its identity */
    CONFIG_BAD_ACCESS,         /* length, alignment or offset */
};

enum config_field {
    CONFIG_COMMAND,
    CONFIG_TIMERS, /* cache line size, latency timer: without effect, but always written */
    CONFIG_INT_LINE,
    CONFIG_MSIX_CONTROL, /* enable, function mask */
    CONFIG_DEVICE_CONTROL,
};

/* The part of a store that is done: load length bytes at offset, replace the bits of mask, store.
 */
struct config_store {
    uint32_t mask;
    uint16_t offset;
    uint16_t capability; /* CONFIG_REFUSED_CAPABILITY: its offset */
    uint8_t length;
    enum config_field field;
};

/* Decide on a store of length bytes at offset. Allowed, each for its bits: command register
 * (memory, bus master, INTx disable), cache line size and latency timer, interrupt line, MSI-X
 * control (enable, function mask), PCI Express device control (relaxed ordering, no snoop, read
 * request size). Refused with everything else: base addresses, SR-IOV, ATS, PRI, PASID, resizable
 * BARs, VPD, power management, vendor-specific capabilities, function level reset. */
enum config_verdict config_store_allowed(const struct config_map *map, uint32_t offset,
                                         uint8_t length, struct config_store *store);

/* New content of the field: old is what it has now, value what was to be stored at offset. */
uint32_t config_store_value(const struct config_store *store, uint32_t offset, uint32_t value,
                            uint32_t old);

#endif
