/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte-order helpers: the only way a format of the machine is read from or written to a buffer.
 * Linked by kernel, zPCI layer, translator, VMM, drivers and host tools (pure functions). */
#ifndef BULKHEAD_ZFORMATS_BYTES_H
#define BULKHEAD_ZFORMATS_BYTES_H

#include <stdint.h>

/* No alignment is required by any function below; none can fail. The caller has checked that the
 * 2, 4 or 8 bytes at p belong to the buffer. */

static inline uint16_t be16_get(const uint8_t *p)
{
    return (uint16_t)((uint32_t)p[0] << 8 | p[1]);
}

static inline uint32_t be32_get(const uint8_t *p)
{
    return (uint32_t)be16_get(p) << 16 | be16_get(p + 2);
}

static inline uint64_t be64_get(const uint8_t *p)
{
    return (uint64_t)be32_get(p) << 32 | be32_get(p + 4);
}

static inline void be16_put(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static inline void be32_put(uint8_t *p, uint32_t v)
{
    be16_put(p, (uint16_t)(v >> 16));
    be16_put(p + 2, (uint16_t)v);
}

static inline void be64_put(uint8_t *p, uint64_t v)
{
    be32_put(p, (uint32_t)(v >> 32));
    be32_put(p + 4, (uint32_t)v);
}

static inline uint16_t le16_get(const uint8_t *p)
{
    return (uint16_t)((uint32_t)p[1] << 8 | p[0]);
}

static inline uint32_t le32_get(const uint8_t *p)
{
    return (uint32_t)le16_get(p + 2) << 16 | le16_get(p);
}

static inline uint64_t le64_get(const uint8_t *p)
{
    return (uint64_t)le32_get(p + 4) << 32 | le32_get(p);
}

static inline void le16_put(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static inline void le32_put(uint8_t *p, uint32_t v)
{
    le16_put(p, (uint16_t)v);
    le16_put(p + 2, (uint16_t)(v >> 16));
}

static inline void le64_put(uint8_t *p, uint64_t v)
{
    le32_put(p, (uint32_t)v);
    le32_put(p + 4, (uint32_t)(v >> 32));
}

/* Reverse the bytes of a value: config space data passes through a big-endian register. */
static inline uint16_t swap16(uint16_t v)
{
    return (uint16_t)((uint32_t)v << 8 | (uint32_t)v >> 8);
}

static inline uint32_t swap32(uint32_t v)
{
    return (uint32_t)swap16((uint16_t)v) << 16 | swap16((uint16_t)(v >> 16));
}

static inline uint64_t swap64(uint64_t v)
{
    return (uint64_t)swap32((uint32_t)v) << 32 | swap32((uint32_t)(v >> 32));
}

static inline void bytes_zero(uint8_t *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        p[i] = 0;
}

static inline void bytes_copy(uint8_t *to, const uint8_t *from, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        to[i] = from[i];
}

#endif
