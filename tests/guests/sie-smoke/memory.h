/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: guest memory of the VMM for SIE. Belongs to: test. */
#ifndef SIE_SMOKE_MEMORY_H
#define SIE_SMOKE_MEMORY_H

#include <stdint.h>

/* The guest's image in place, one value at the start of each page behind it, nothing mapped. */
void memory_start(uint64_t vcpu);

/* Guest page `page` becomes the same page of the window. Returns an enum bh_error. */
uint64_t memory_map(uint64_t page);

/* Pages mapped so far. */
extern uint64_t memory_mapped;

/* A doubleword, halfword or byte of guest memory. Requires: inside of it. */
uint64_t memory_load(uint64_t address);
void memory_store(uint64_t address, uint64_t value);
void memory_store_half(uint64_t address, uint16_t value);

/* A text of at most 80 characters, which a zero byte ends. */
const char *memory_text(uint64_t address);

#endif
