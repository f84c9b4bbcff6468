/* SPDX-License-Identifier: BSD-2-Clause */
/* Address spaces of the virtual CPU: which control register designates which. Belongs to: VMM. */
#ifndef VMM_ASCE_H
#define VMM_ASCE_H

#include <stdint.h>

#include "libs/zformats/psw.h"
#include "vmm/cpu.h"

/* PSW bits 16 and 17 right-adjusted, which are also bits 62 and 63 of a translation-exception
 * identification. */
#define AS_PRIMARY 0u
#define AS_ACCESS_REGISTER 1u
#define AS_SECONDARY 2u
#define AS_HOME 3u

#define CR0_SUPPRESS_SSM UINT64_C(0x40000000)           /* bit 33 */
#define CR0_LOW_ADDRESS_PROTECTION UINT64_C(0x10000000) /* bit 35 */
#define CR0_EXTRACTION_AUTHORITY UINT64_C(0x08000000)   /* bit 36 */
#define CR0_SECONDARY_SPACE UINT64_C(0x04000000)        /* bit 37 */
#define CR0_EDAT UINT64_C(0x00800000)                   /* bit 40 */
#define CR0_EXECUTE_PROTECTION UINT64_C(0x00100000)     /* bit 43 */

static inline uint32_t psw_as(uint64_t mask)
{
    return (uint32_t)(mask >> 46) % 4u;
}

/* Access-register mode is run as primary-space mode: access lists are not interpreted. */
static inline uint64_t cpu_asce(const struct cpu *cpu, uint32_t as)
{
    static const uint8_t designates[4] = {1, 1, 7, 13};

    return cpu->cr[designates[as % 4u]];
}

/* The space that instructions come from. */
static inline uint32_t fetch_as(uint64_t mask)
{
    return psw_as(mask) == AS_HOME ? AS_HOME : AS_PRIMARY;
}

/* Address bits that count in the addressing mode of this PSW. */
static inline uint64_t address_mask(uint64_t mask)
{
    if ((mask & PSW_EA) != 0)
        return UINT64_MAX;
    return (mask & PSW_BA) != 0 ? UINT64_C(0x7fffffff) : UINT64_C(0xffffff);
}

#endif
