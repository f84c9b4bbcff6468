/* SPDX-License-Identifier: BSD-2-Clause */
/* Adapter interruptions: function information block, bit vector and summary bit.
 * Linked by kernel, VMM, native drivers, software fake and tests. Layout: libs/zformats/fib.h.
 *
 * A message with vector v sets bit (bit offset + v) of the adapter interruption bit vector (AIBV)
 * and the summary bit (AISB); only if the summary bit was zero, an interruption is presented. Bit 0
 * is the most significant bit of byte 0. Hardware and emulators take v from 11 bits of the message
 * and compare it with nothing, whatever number of interruptions was registered: so a vector
 * occupies IRQ_VECTOR_BYTES, and a summary address of zero would be written too. QEMU presents an
 * interruption only if the whole byte of the summary bit was zero: give each function a byte of its
 * own. */
#ifndef BULKHEAD_ZPCI_IRQ_H
#define BULKHEAD_ZPCI_IRQ_H

#include <stdint.h>

#include "drivers/zpci/error.h"

#define IRQ_VECTORS 2048u     /* vector numbers that a message can carry */
#define IRQ_VECTOR_BYTES 264u /* (2048 vectors + bit offset up to 63) bits, in doublewords */
#define IRQ_SUMMARY_BYTES 8u
#define IRQ_DOUBLEWORD_BITS 64u

struct irq_registration {
    uint64_t vector;     /* AIBV: absolute address, on a doubleword boundary */
    uint64_t summary;    /* AISB: absolute address of a doubleword */
    uint16_t count;      /* interruptions, 1 to 4095, at most the group's number */
    uint8_t vector_bit;  /* bit offset of vector 0, 0 to 63 */
    uint8_t summary_bit; /* 0 to 63 */
    uint8_t isc;         /* interruption subclass, 0 to 7 */
};

/* For MPCIFC_REGISTER_INT; summary notification is always enabled. ZPCI_E_RANGE: a field outside
 * its range, a zero or unaligned address. fib: FIB_SIZE bytes, rewritten as a whole. */
enum zpci_error irq_fib_register(uint8_t *fib, const struct irq_registration *irq);

/* What a program registers; every field is bounded by its width, addresses are as given. Returns
 * whether summary notification is enabled. */
int irq_fib_parse(const uint8_t *fib, struct irq_registration *irq);

/* Law 2: [address, address + bytes) inside the region [base, base + size). */
int irq_extent_ok(uint64_t address, uint64_t bytes, uint64_t base, uint64_t size);

/* All that hardware may write for this registration lies in the region. */
int irq_registration_inside(const struct irq_registration *irq, uint64_t base, uint64_t size);

/* Take all bits of a doubleword of a vector, atomically leaving zero; bit n of the vector is IBM
 * bit n of the result, whatever the byte order of the host. */
uint64_t irq_take(uint64_t *doubleword);

/* Set a bit as the machine does it, one atomic byte operation: returns whether it was set before.
 */
int irq_set(uint8_t *vector, uint32_t bit);

/* Number of the first (most significant) one bit; 64 if there is none. */
uint32_t irq_first(uint64_t bits);

/* Take the vectors that are pending, in ascending order: each is reported once. */
struct irq_scan {
    uint64_t *vector;    /* AIBV in the caller's address space */
    uint32_t vector_bit; /* bit offset of vector 0 */
    uint32_t count;      /* vectors to look at, at most IRQ_VECTORS */
    uint32_t doubleword; /* next one to take */
    uint64_t bits;       /* taken, not yet reported */
};

void irq_scan_start(struct irq_scan *scan, uint64_t *vector, uint8_t vector_bit, uint16_t count);

/* 1 and a vector number below count, or 0 at the end. Bits before the offset and from count on are
 * taken and dropped: they are stray messages of the device. */
int irq_scan_next(struct irq_scan *scan, uint32_t *number);

#endif
