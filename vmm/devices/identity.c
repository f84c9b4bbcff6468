/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What kind of CPU this is: STORE CPU ID, STORE CPU ADDRESS, STORE FACILITY LIST, PERFORM TOPOLOGY
 * FUNCTION. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, the instructions' descriptions.
 */
#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"
#include "vmm/devices/facility.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

/* Version 0xff says "virtual machine"; serial number 1; type 2097, the oldest that the kernels of
 * guests are built for: what the CPU can do is in the facility list. */
#define CPU_ID UINT64_C(0xff00000120978000)

#define FACILITY_LIST 200u /* real address of a word */

#define TOPOLOGY_HORIZONTAL 0u
#define TOPOLOGY_VERTICAL 1u
#define TOPOLOGY_CHECK 2u
#define REASON_ALREADY (UINT64_C(1) << 8)
#define CC_REJECTED 2u

program_code emulate_stidp(struct cpu *cpu, const struct instruction *in)
{
    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    return guest_write_u64(cpu, in->address, CPU_ID);
}

program_code emulate_stap(struct cpu *cpu, const struct instruction *in)
{
    uint8_t address[2];

    if (in->address % 2u != 0)
        return PGM_SPECIFICATION;
    be16_put(address, cpu->address);
    return guest_write(cpu, in->address, address, sizeof(address));
}

program_code emulate_stfl(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *word = guest_real(cpu, FACILITY_LIST, 4);

    (void)in;
    if (!word)
        return PGM_ADDRESSING;
    be32_put(word, (uint32_t)(facility_list() >> 32));
    return PGM_NONE;
}

/* One CPU has no topology to report or to change. */
program_code emulate_ptf(struct cpu *cpu, const struct instruction *in)
{
    uint64_t *control = &cpu->page->gr[in->r1];

    if ((facility_list() & IBM_BIT64(FACILITY_TOPOLOGY)) == 0)
        return PGM_OPERATION;
    switch (*control) {
    case TOPOLOGY_CHECK:
        cpu_set_cc(cpu, 0);
        return PGM_NONE;
    case TOPOLOGY_HORIZONTAL:
        *control |= REASON_ALREADY;
        cpu_set_cc(cpu, CC_REJECTED);
        return PGM_NONE;
    case TOPOLOGY_VERTICAL:
        cpu_set_cc(cpu, CC_REJECTED);
        return PGM_NONE;
    default:
        return PGM_SPECIFICATION;
    }
}
