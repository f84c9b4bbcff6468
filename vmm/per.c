/* SPDX-License-Identifier: BSD-2-Clause */
/* Program-event recording for emulated instructions. Belongs to: VMM. */
#include "vmm/per.h"

#include "libs/zformats/bits.h"
#include "vmm/asce.h"
#include "vmm/interrupt.h"

#define CR9_FETCHING IBM_BIT64(33)
#define PGM_PER 0x80u
#define EVENT_FETCHING 0x4000u

/* Addressing and translation mode identification, the low byte of the PER code. */
#define MODE_64 0x80u
#define MODE_VALID 0x40u
#define MODE_31 0x20u
#define MODE_DAT 0x10u
#define MODE_AS_SHIFT 2u

/* The range wraps if it starts behind its end. */
static int in_range(const struct cpu *cpu, uint64_t address)
{
    uint64_t start = cpu->cr[10], end = cpu->cr[11];

    if (start <= end)
        return address >= start && address <= end;
    return address >= start || address <= end;
}

int per_fetches(const struct cpu *cpu, uint64_t mask, uint64_t address)
{
    return (mask & PSW_PER) != 0 && (cpu->cr[9] & CR9_FETCHING) != 0 && in_range(cpu, address);
}

static uint32_t mode_of(uint64_t mask)
{
    return ((mask & PSW_EA) != 0 ? MODE_64 : 0) | MODE_VALID |
           ((mask & PSW_BA) != 0 ? MODE_31 : 0) | ((mask & PSW_DAT) != 0 ? MODE_DAT : 0) |
           psw_as(mask) << MODE_AS_SHIFT;
}

program_code per_deliver(struct cpu *cpu, uint64_t mask, uint64_t address, uint32_t length)
{
    cpu->page->program[0] = EVENT_FETCHING | mode_of(mask);
    cpu->page->program[1] = address;
    cpu->page->program[2] = 0;
    return interrupt_program(cpu, PGM_PER, length);
}
