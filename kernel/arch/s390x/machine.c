/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine by instructions: clock, memory, purges, table addresses. Belongs to: kernel. */
#include "kernel/machine.h"
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/object/guestspace.h"

#define FACILITY_PCI 69u
#define FACILITY_EXECUTE_PROTECTION 130u

static uint32_t execute_protection = 2; /* not asked yet */

/* A process names any time as its deadline. For one before its own start QEMU computes a wait that
 * never ends, instead of interrupting at once. */
void hw_timer(uint64_t time)
{
    uint64_t now = hw_time();
    uint64_t at = time > now ? time : now;

    asm volatile("sckc %0" : : "Q"(at));
}

uint64_t hw_leaf_address(uint32_t leaf)
{
    return (uint64_t)&table_leaf[leaf];
}

uint64_t hw_segment_address(uint32_t entry)
{
    return (uint64_t)&table_segment[entry];
}

uint64_t hw_region_address(uint32_t entry)
{
    return (uint64_t)&table_region[entry];
}

uint64_t hw_guest_address(uint32_t entry)
{
    return (uint64_t)&guest_table[entry];
}

void hw_purge_cpu(void)
{
    asm volatile("ptlb" : : : "memory");
    guest_purge();
}

uint32_t hw_execute_protection(void)
{
    if (execute_protection == 2) {
        execute_protection = control_facility(FACILITY_EXECUTE_PROTECTION);
    }
    return execute_protection;
}

uint32_t hw_pci(void)
{
    return control_facility(FACILITY_PCI);
}
