/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * STORE THEN AND (OR) SYSTEM MASK of a deprivileged guest, half of all its exits, without an exit:
 * as far as its VMM allows (libs/abi/vcpu.h), and optional. The masks are virtual: no real one
 * changes. Belongs to: kernel.
 */
#ifndef KERNEL_PV_MASKS_H
#define KERNEL_PV_MASKS_H

#include <stdint.h>

#include "libs/abi/vcpu.h"

/* 1 if text, left-aligned, begins with one of the two. */
static inline uint32_t masks_are_meant(uint64_t text)
{
    return text >> 57 == 0xacu >> 1 ? 1u : 0u; /* AC and AD */
}

/* Such an instruction of the guest with this state page and the space asce in CR1. 1: it was
 * executed; 0: not, and nothing changed: its VMM is to see to it. */
uint32_t masks_execute(struct bh_vcpu *page, uint64_t text, uint64_t asce);

#endif
