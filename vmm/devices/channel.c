/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Channel I/O instructions of a machine without subchannels and channel paths: not operational.
 * Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "I/O Instructions", "Channel-Report Word".
 */
#include "vmm/devices/channel.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "vmm/handlers.h"
#include "vmm/interrupt.h"
#include "vmm/memory.h"

#define CC_NONE_STORED 1u
#define CC_NOT_OPERATIONAL 3u
#define PATH_STATUS_BYTES 32u

static uint8_t report_waits;

void channel_report(void)
{
    report_waits = 1;
    interrupt_channel_report();
}

void channel_reset(void)
{
    report_waits = 0;
}

program_code emulate_channel(struct cpu *cpu, const struct instruction *in)
{
    (void)in;
    cpu_set_cc(cpu, CC_NOT_OPERATIONAL);
    return PGM_NONE;
}

program_code emulate_siga(struct cpu *cpu, const struct instruction *in)
{
    return emulate_channel(cpu, in);
}

/* Subchannels could have an interruption pending, adapters are not asked here. */
program_code emulate_tpi(struct cpu *cpu, const struct instruction *in)
{
    if (in->address % 4u != 0)
        return PGM_SPECIFICATION;
    cpu_set_cc(cpu, 0);
    return PGM_NONE;
}

/* Limits and measurements are about subchannels: nothing observable changes. */
program_code emulate_sal(struct cpu *cpu, const struct instruction *in)
{
    (void)cpu;
    (void)in;
    return PGM_NONE;
}

program_code emulate_schm(struct cpu *cpu, const struct instruction *in)
{
    (void)cpu;
    (void)in;
    return PGM_NONE;
}

program_code emulate_stcps(struct cpu *cpu, const struct instruction *in)
{
    static const uint8_t no_path_active[PATH_STATUS_BYTES];

    if (in->address % PATH_STATUS_BYTES != 0)
        return PGM_SPECIFICATION;
    return guest_write(cpu, in->address, no_path_active, sizeof(no_path_active));
}

program_code emulate_stcrw(struct cpu *cpu, const struct instruction *in)
{
    uint8_t word[CRW_SIZE];
    program_code code;

    if (in->address % CRW_SIZE != 0)
        return PGM_SPECIFICATION;
    be32_put(word, report_waits ? CRW_RSC_CSS << CRW_RSC_SHIFT : 0);
    code = guest_write(cpu, in->address, word, sizeof(word));
    if (code != PGM_NONE)
        return code;
    cpu_set_cc(cpu, report_waits ? 0 : CC_NONE_STORED);
    report_waits = 0;
    return PGM_NONE;
}
