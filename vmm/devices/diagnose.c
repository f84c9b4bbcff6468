/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * DIAGNOSE: the few functions that a guest may use; any other is a specification exception, by
 * which Linux learns that it is not there. Belongs to: VMM.
 * Source: what Linux issues (its DIAGNOSE codes are documented in its tree).
 */
#include "vmm/devices/restart.h"
#include "vmm/handlers.h"

#define CODE_MASK 0xffffu
#define TIME_SLICE_END 0x44u
#define TIME_SLICE_END_DIRECTED 0x9cu
#define IPL 0x308u
#define HYPERCALL 0x500u

#define IPL_LOAD_CLEAR 3u
#define IPL_SET 5u
#define IPL_STORE 6u
#define IPL_NO_INFORMATION 0x102u

#define HYPERCALL_UNKNOWN (-22) /* -EINVAL */

/* Nothing says what was loaded and nothing else can be chosen, so a load is a restart. */
static program_code ipl(struct cpu *cpu, const struct instruction *in)
{
    if (in->r1 % 2u != 0)
        return PGM_SPECIFICATION;
    switch (cpu->page->gr[in->r3]) {
    case IPL_LOAD_CLEAR:
        restart(cpu);
        return PGM_NONE;
    case IPL_SET:
    case IPL_STORE:
        cpu->page->gr[in->r1 + 1u] = IPL_NO_INFORMATION;
        return PGM_NONE;
    default:
        return PGM_SPECIFICATION;
    }
}

program_code emulate_diag(struct cpu *cpu, const struct instruction *in)
{
    switch (in->address & CODE_MASK) {
    case TIME_SLICE_END: /* there is no other CPU to yield to */
    case TIME_SLICE_END_DIRECTED:
        return PGM_NONE;
    case IPL:
        return ipl(cpu, in);
    case HYPERCALL: /* virtio on channel devices, of which there are none */
        cpu->page->gr[2] = (uint64_t)HYPERCALL_UNKNOWN;
        return PGM_NONE;
    default:
        return PGM_SPECIFICATION;
    }
}
