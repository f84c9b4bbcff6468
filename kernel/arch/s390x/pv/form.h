/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the instructions have in common that the kernel executes for a deprivileged guest: in which
 * form, and where their operands are. Belongs to: kernel.
 */
#ifndef KERNEL_PV_FORM_H
#define KERNEL_PV_FORM_H

#include <stdint.h>

#include "libs/abi/vcpu.h"
#include "libs/zformats/psw.h"

#define FORM_LOW_ADDRESSES 0x2000u /* what prefixing and low-address protection are about */

/* 1 if the guest is in supervisor state, in its own eyes, in 64-bit addressing mode, in the space
 * that CR1 names, and wants no events recorded. Any other form is left to its VMM. */
static inline uint32_t form_is_plain(const struct bh_vcpu *page)
{
    return page->problem == 0 && (page->psw_mask & (PSW_64 | PSW_AS_MASK | PSW_PER)) == PSW_64;
}

/* The address that a base register and a displacement make: the low 16 bits of the field. */
static inline uint64_t form_address(const struct bh_vcpu *page, uint64_t field)
{
    uint64_t base = field / 4096u % 16u;

    return (base != 0 ? page->gr[base] : 0) + field % 4096u;
}

#endif
