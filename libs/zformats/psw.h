/* SPDX-License-Identifier: BSD-2-Clause */
/* Program status word (16 bytes: mask, address): masks and fields of the mask half.
 * Linked by kernel, VMM and tests.
 * Source: z/Architecture Principles of Operation, "Program-Status-Word Format". */
#ifndef BULKHEAD_ZFORMATS_PSW_H
#define BULKHEAD_ZFORMATS_PSW_H

#include <stdint.h>

#include "libs/zformats/bits.h"

#define PSW_PER IBM_BIT64(1)
#define PSW_DAT IBM_BIT64(5)
#define PSW_IO IBM_BIT64(6)
#define PSW_EXTERNAL IBM_BIT64(7)
#define PSW_KEY_MASK UINT64_C(0x00f0000000000000)
#define PSW_SHORT IBM_BIT64(12) /* one in an ESA/390 (8-byte) PSW, zero in a long one */
#define PSW_MACHINE_CHECK IBM_BIT64(13)
#define PSW_WAIT IBM_BIT64(14)
#define PSW_PROBLEM IBM_BIT64(15)
#define PSW_AS_MASK UINT64_C(0x0000c00000000000)
#define PSW_AS_PRIMARY UINT64_C(0x0000000000000000)
#define PSW_AS_ACCESS_REGISTER UINT64_C(0x0000400000000000)
#define PSW_AS_SECONDARY UINT64_C(0x0000800000000000)
#define PSW_AS_HOME UINT64_C(0x0000c00000000000)
#define PSW_CC_MASK UINT64_C(0x0000300000000000)
#define PSW_PROGRAM_MASK UINT64_C(0x00000f0000000000)
#define PSW_RI IBM_BIT64(24)
#define PSW_EA IBM_BIT64(31)
#define PSW_BA IBM_BIT64(32)
#define PSW_64 (PSW_EA | PSW_BA) /* 64-bit addressing */

/* System mask byte (bits 0 to 7), as SSM, STNSM and STOSM see it */
#define PSW_SYSTEM_MASK UINT64_C(0xff00000000000000)

/* Bits that must be zero in a long PSW; otherwise LPSWE is an early specification exception. */
#define PSW_RESERVED_MASK UINT64_C(0xb80800fe7fffffff)

static inline uint64_t psw_key(uint8_t key)
{
    return (uint64_t)(key % 16u) << 52;
}

static inline uint8_t psw_key_get(uint64_t mask)
{
    return (uint8_t)((mask & PSW_KEY_MASK) >> 52);
}

static inline uint64_t psw_cc(uint8_t cc)
{
    return (uint64_t)(cc % 4u) << 44;
}

static inline uint8_t psw_cc_get(uint64_t mask)
{
    return (uint8_t)((mask & PSW_CC_MASK) >> 44);
}

static inline uint64_t psw_cc_set(uint64_t mask, uint8_t cc)
{
    return (mask & ~PSW_CC_MASK) | psw_cc(cc);
}

#endif
