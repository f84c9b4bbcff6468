/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Results of zPCI instructions for the guest: condition code * 256 + status. Belongs to: VMM.
 */
#ifndef VMM_ZPCI_RESULT_H
#define VMM_ZPCI_RESULT_H

#include <stdint.h>

#include "libs/abi/abi.h"
#include "vmm/cpu.h"

#define RESULT(cc, status) ((cc)*256u + (status))
#define STATUS_SHIFT 24u

/* What an error of the kernel's method means to the guest; *gr3 holds the real result with PCI. */
static inline uint32_t result_of(uint64_t error, const uint64_t *gr3)
{
    switch (error) {
    case BH_E_OK:
        return 0;
    case BH_E_PCI:
        return (uint32_t)*gr3 % 0x400u;
    case BH_E_AGAIN:
        return RESULT(2, 0);
    case BH_E_GONE:
        return RESULT(3, 0);
    default:
        return RESULT(1, 0);
    }
}

/* Condition code, and with 1 the status into bits 32 to 39 of register r. */
static inline program_code result_set(struct cpu *cpu, uint32_t r, uint32_t result)
{
    uint64_t *gr = &cpu->page->gr[r % 16u];

    cpu_set_cc(cpu, result / 256u);
    if (result / 256u == 1u) {
        *gr = (*gr & ~(UINT64_C(0xff) << STATUS_SHIFT)) | (uint64_t)(result % 256u) << STATUS_SHIFT;
    }
    return PGM_NONE;
}

#endif
