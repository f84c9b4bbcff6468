/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vector registers of guests: all that a guest may enable beside floating-point registers, whose
 * right halves and successors they are. Processes never have them. Belongs to: kernel.
 */
#ifndef KERNEL_VECTOR_H
#define KERNEL_VECTOR_H

#include <stdint.h>

/* Keep those of vCPU v, which are loaded. Nothing where the machine has none. */
void vector_keep(uint32_t v);

/* Load those of vCPU v: floating-point registers, which are their left halves, from fpr. */
void vector_give(uint32_t v, const uint64_t fpr[16]);

#endif
