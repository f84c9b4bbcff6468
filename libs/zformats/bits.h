/* SPDX-License-Identifier: BSD-2-Clause */
/* IBM bit numbering: bit 0 is the most significant bit, of a register and of byte 0 of a vector.
 * Linked by kernel, zPCI layer, translator, VMM, drivers and host tools (pure functions). */
#ifndef BULKHEAD_ZFORMATS_BITS_H
#define BULKHEAD_ZFORMATS_BITS_H

#include <stdint.h>

/* Value of IBM bit n. Usable in constant expressions; n must be below the width. */
#define IBM_BIT8(n) ((uint8_t)(0x80u >> (n)))
#define IBM_BIT16(n) ((uint16_t)(0x8000u >> (n)))
#define IBM_BIT32(n) (UINT32_C(0x80000000) >> (n))
#define IBM_BIT64(n) (UINT64_C(0x8000000000000000) >> (n))

/* Field of IBM bits first..last (inclusive, first <= last <= 63) of v, right-adjusted. */
static inline uint64_t ibm_field_get(uint64_t v, unsigned int first, unsigned int last)
{
    return (v << first) >> (63 - last + first);
}

/* v with the IBM bits first..last replaced by the low bits of field; excess bits are dropped. */
static inline uint64_t ibm_field_put(uint64_t v, unsigned int first, unsigned int last,
                                     uint64_t field)
{
    uint64_t mask = (~UINT64_C(0) >> (63 - last + first)) << (63 - last);

    return (v & ~mask) | ((field << (63 - last)) & mask);
}

/* Bit n of a bit vector in storage: 0x80 of byte 0 is bit 0. The caller has checked that byte n/8
 * belongs to the vector. Not atomic: see drivers/zpci/irq.h for vectors that hardware sets. */
static inline int ibm_vector_test(const uint8_t *vector, uint32_t n)
{
    return (vector[n / 8] & IBM_BIT8(n % 8)) != 0;
}

static inline void ibm_vector_set(uint8_t *vector, uint32_t n)
{
    vector[n / 8] = (uint8_t)(vector[n / 8] | IBM_BIT8(n % 8));
}

static inline void ibm_vector_clear(uint8_t *vector, uint32_t n)
{
    vector[n / 8] = (uint8_t)(vector[n / 8] & ~IBM_BIT8(n % 8));
}

#endif
