/* SPDX-License-Identifier: BSD-2-Clause */
/* Guest spaces by methods of the vCPU. Belongs to: VMM, back end pv. */
#include "vmm/pv/kernel.h"

#include "libs/stubs/stubs.h"

#define GUEST_WINDOW 0u /* the vCPU's only window is all of guest memory */

uint64_t *kernel_words;
static uint32_t cap;

void kernel_start(uint32_t vcpu, void *message_buffer)
{
    cap = vcpu;
    kernel_words = message_buffer;
}

uint32_t kernel_reset(uint32_t number, uint32_t type)
{
    return (uint32_t)BH_PLAIN(cap, VCPU_SPACE_RESET, number, type);
}

uint32_t kernel_map(uint32_t number, uint64_t page, uint32_t n)
{
    return (uint32_t)BH_PLAIN(cap, VCPU_SPACE_MAP, number, page, n, GUEST_WINDOW);
}

uint32_t kernel_invalidate(uint32_t number, uint64_t page, uint32_t n)
{
    return (uint32_t)BH_PLAIN(cap, VCPU_SPACE_INVALIDATE, number, page, n);
}
