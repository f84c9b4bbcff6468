/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads and stores of a function, above the raw instructions: bounded attempts while busy, values
 * in the byte order of the bus, filtered configuration stores. Linked by the kernel and tests. */
#ifndef BULKHEAD_ZPCI_ACCESS_H
#define BULKHEAD_ZPCI_ACCESS_H

#include <stdint.h>

#include "drivers/zpci/config.h"
#include "drivers/zpci/error.h"
#include "drivers/zpci/insn/insn.h"

/* How often an instruction that says busy (cc 2) is issued before ZPCI_E_BUSY is returned. Every
 * function of this folder is bounded by a constant number of these. */
#define ZPCI_ATTEMPTS 8u

/* Meaning of a condition code and status. */
enum zpci_error zpci_error_of(struct zpci_result result);

/* BAR: length 1 to 8 inside a doubleword, below the BAR's size (ZPCI_E_RANGE otherwise; log2 0 = no
 * BAR). value: as the little-endian register has it. */
enum zpci_error zpci_bar_load(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                              uint8_t length, uint64_t *value);
enum zpci_error zpci_bar_store(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                               uint8_t length, uint64_t value);

/* Block of length bytes from source (kernel storage, 8-byte aligned): length above 8, a multiple of
 * 8, at most max (the group's), offset a multiple of 8, no 4 KiB boundary inside, below the BAR's
 * size; otherwise ZPCI_E_RANGE and nothing is issued. */
enum zpci_error zpci_bar_store_block(uint32_t fh, uint8_t bar, uint8_t size_log2, uint64_t offset,
                                     uint16_t length, uint16_t max, const uint8_t *source);

/* Configuration space: length 1, 2 or 4, naturally aligned (ZPCI_E_RANGE otherwise). */
enum zpci_error zpci_config_load(uint32_t fh, uint32_t offset, uint8_t length, uint32_t *value);

/* The store that the filter lets pass, or none; *verdict says which. ZPCI_OK with a refused
 * verdict: nothing was issued. */
enum zpci_error zpci_config_store(uint32_t fh, const struct config_map *map, uint32_t offset,
                                  uint8_t length, uint32_t value, enum config_verdict *verdict);

/* Build the map of a function: at most 4 + CONFIG_CAPS_MAX loads. ZPCI_E_GONE if nothing answers.
 */
enum zpci_error zpci_config_map(uint32_t fh, struct config_map *map);

#endif
