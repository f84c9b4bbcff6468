/* SPDX-License-Identifier: BSD-2-Clause */
/* The facility list of the machine. Belongs to: VMM. */
#include "vmm/devices/facility.h"

uint64_t facility_list(void)
{
    register uint64_t more __asm__("0") = 0; /* doublewords behind the first */
    uint64_t list;

    __asm__ volatile(".insn s,0xb2b00000,%1" /* STFLE */
                     : "+d"(more), "=Q"(list)
                     :
                     : "cc");
    return list;
}
