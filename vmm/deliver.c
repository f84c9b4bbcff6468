/* SPDX-License-Identifier: BSD-2-Clause */
/* Interruptions that an instruction causes, and the PSW swap of all classes. Belongs to: VMM. */
#include "vmm/deliver.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/psw.h"
#include "vmm/asce.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"
#include "vmm/memory.h"
#include "vmm/psw.h"

#define PGM_PER 0x80u
#define PGM_MONITOR 0x40u
#define PGM_VECTOR 0x1bu

uint8_t *lowcore(const struct cpu *cpu)
{
    return guest_absolute(cpu->prefix, LOWCORE_BYTES);
}

void deliver(struct cpu *cpu, uint8_t *low, uint32_t old, uint32_t new)
{
    be64_put(low + old, cpu->psw_mask);
    be64_put(low + old + 8, cpu->psw_address);
    psw_load_new(cpu, be64_get(low + new), be64_get(low + new + 8));
}

/* Exceptions that nullify: the instruction is executed again once the cause is gone. */
static int nullifies(program_code code)
{
    switch (code % PGM_PER) {
    case PGM_SEGMENT:
    case PGM_PAGE:
    case PGM_ASCE_TYPE:
    case PGM_REGION_FIRST:
    case PGM_REGION_SECOND:
    case PGM_REGION_THIRD:
        return 1;
    default:
        return 0;
    }
}

static int has_translation_identification(program_code code)
{
    return nullifies(code) || code % PGM_PER == PGM_PROTECTION ||
           code % PGM_PER == PGM_TRANSLATION_SPECIFICATION;
}

/* What else the machine stored at the exit, for exceptions that the guest's own instructions meet
 * without the VMM: the kernel keeps the doublewords at 0x90, 0x98, 0xa0 and 0xb0 of the lowcore. */
static void store_details(const struct cpu *cpu, uint8_t *low, program_code code)
{
    const uint64_t *machine = cpu->page->program;

    if (code % PGM_PER == PGM_DATA || code % PGM_PER == PGM_VECTOR)
        be32_put(low + LC_DATA_EXCEPTION, (uint32_t)(machine[0] >> 32));
    if (code % PGM_PER == PGM_MONITOR) {
        be16_put(low + LC_MONITOR_CLASS, (uint16_t)(machine[0] >> 16));
        be64_put(low + LC_MONITOR_CODE, machine[3]);
    }
    if ((code & PGM_PER) != 0) {
        be16_put(low + LC_PER_CODE, (uint16_t)machine[0]);
        be64_put(low + LC_PER_ADDRESS, machine[1]);
        low[LC_PER_ACCESS] = (uint8_t)(machine[2] >> 48);
    }
}

program_code interrupt_program(struct cpu *cpu, program_code code, uint32_t length)
{
    uint8_t *low = lowcore(cpu);

    if (!low)
        return PGM_ADDRESSING;
    if (nullifies(code))
        cpu->psw_address = (cpu->psw_address - length) & address_mask(cpu->psw_mask);
    be16_put(low + LC_PROGRAM_ILC, (uint16_t)length);
    be16_put(low + LC_PROGRAM_CODE, (uint16_t)code);
    if (has_translation_identification(code)) {
        be64_put(low + LC_TRANSLATION_EXCEPTION, cpu->teid);
        low[LC_EXCEPTION_ACCESS] = cpu->exception_access;
    }
    store_details(cpu, low, code);
    deliver(cpu, low, LC_OLD_PROGRAM, LC_NEW_PROGRAM);
    return PGM_NONE;
}

program_code interrupt_supervisor(struct cpu *cpu, uint8_t number, uint32_t length)
{
    uint8_t *low = lowcore(cpu);

    if (!low)
        return PGM_ADDRESSING;
    be16_put(low + LC_SUPERVISOR_ILC, (uint16_t)length);
    be16_put(low + LC_SUPERVISOR_CODE, number);
    deliver(cpu, low, LC_OLD_SUPERVISOR, LC_NEW_SUPERVISOR);
    return PGM_NONE;
}

static void save_words(uint8_t *to, const uint64_t *from)
{
    uint32_t i;

    for (i = 0; i < 16u; i++)
        be64_put(to + i * 8u, from[i]);
}

void deliver_save_registers(const struct cpu *cpu, uint8_t *low, uint64_t now)
{
    uint32_t i;

    save_words(low + LC_SAVE_FPR, cpu->page->fpr);
    save_words(low + LC_SAVE_GR, cpu->page->gr);
    save_words(low + LC_SAVE_CR, cpu->cr);
    for (i = 0; i < 16u; i++)
        be32_put(low + LC_SAVE_AR + i * 4u, cpu->page->ar[i]);
    be32_put(low + LC_SAVE_PREFIX, cpu->prefix);
    be32_put(low + LC_SAVE_FPC, cpu->page->fpc);
    be32_put(low + LC_SAVE_TOD_PROGRAMMABLE, cpu->tod_programmable);
    be64_put(low + LC_SAVE_CPU_TIMER, cpu->cpu_timer_zero - now);
    be64_put(low + LC_SAVE_CLOCK_COMPARATOR, cpu->clock_comparator >> 8);
}
