/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MOVE WITH OPTIONAL SPECIFICATIONS of a deprivileged guest's supervisor state, by which it copies
 * from and to its user programs, without an exit: as far as its VMM allows (libs/abi/vcpu.h), and
 * optional. Belongs to: kernel.
 * Source: z/Architecture Principles of Operation, "MOVE WITH OPTIONAL SPECIFICATIONS".
 */
#ifndef KERNEL_PV_MOVE_H
#define KERNEL_PV_MOVE_H

#include <stdint.h>

#include "libs/abi/vcpu.h"

#define MOVE_REFUSED 4u /* no condition code */

/* 1 if text, left-aligned, begins with this instruction. */
static inline uint32_t move_is_meant(uint64_t text)
{
    return (text & 0xff0f000000000000u) == 0xc800000000000000u ? 1u : 0u;
}

/* Such an instruction, of the guest with this state page and these spaces in CR1 and CR7. Returns
 * the condition code; or MOVE_REFUSED, and nothing changed: its VMM is to see to it. Moves at most
 * 4096 bytes. */
uint32_t move_execute(const struct bh_vcpu *page, uint64_t text, uint64_t primary,
                      uint64_t secondary);

#endif
