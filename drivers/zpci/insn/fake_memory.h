/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage as the zPCI software fake sees it: absolute addresses of one range (zPCI instruction
 * layer, fake). */
#ifndef BULKHEAD_ZPCI_FAKE_MEMORY_H
#define BULKHEAD_ZPCI_FAKE_MEMORY_H

#include <stdint.h>

struct fake_memory {
    uint8_t *base;  /* where the program finds absolute address start; 8-byte aligned */
    uint64_t start; /* a multiple of 8 */
    uint64_t size;
};

/* Where [absolute, absolute + length) is, or a null pointer if it is not inside the range. */
uint8_t *fake_memory_at(const struct fake_memory *memory, uint64_t absolute, uint64_t length);

/* Load an entry of a translation table: one atomic 8-byte load in the byte order of the program,
 * because programs build tables as arrays of 64-bit words. absolute: 8-byte aligned. 0, or -1 if it
 * is outside the range. */
int fake_memory_word(const struct fake_memory *memory, uint64_t absolute, uint64_t *word);

#endif
