/* SPDX-License-Identifier: BSD-2-Clause */
/* Function information blocks for I/O address translation and for measurement (pure functions).
 * Linked by kernel, VMM, software fake and tests. Layout: libs/zformats/fib.h, iotable.h.
 *
 * fib is FIB_SIZE bytes; builders rewrite it as a whole. */
#ifndef BULKHEAD_ZPCI_IOAT_H
#define BULKHEAD_ZPCI_IOAT_H

#include <stdint.h>

#include "drivers/zpci/error.h"

struct ioat {
    uint64_t start; /* lowest I/O virtual address, on a page boundary */
    uint64_t end;   /* highest, inclusive: the last byte of a page */
    uint64_t iota;  /* libs/zformats/iotable.h */
};

/* For MPCIFC_REGISTER_IOAT and MPCIFC_REREGISTER_IOAT. ZPCI_E_RANGE: empty or unaligned range, end
 * beyond the 4 TiB of a region-third table (addresses would alias), an anchor with anything but
 * origin, T, RTTO and protection. What passes here can be an operand exception only if the range
 * is outside the function's [sdma, edma]. */
enum zpci_error ioat_fib_register(uint8_t *fib, const struct ioat *ioat);

/* For MPCIFC_DEREGISTER_IOAT, MPCIFC_RESET_ERROR and MPCIFC_RESET_BLOCK: nothing is looked at. */
void fib_empty(uint8_t *fib);

/* For MPCIFC_SET_MEASUREMENT. address: absolute, 16-byte aligned (the low bits are a storage key),
 * 0 = stop. */
enum zpci_error measurement_fib(uint8_t *fib, uint64_t address);

/* What a program registers: the range as the machine takes it (low 12 bits filled up). */
void ioat_fib_parse(const uint8_t *fib, struct ioat *ioat);

#endif
