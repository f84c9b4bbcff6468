/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: runs the instructions of probes.S one by one. Belongs to: test. */
#include "tests/target/programs/hostile/instructions.h"

#include <string.h>

#include "libs/abi/abi.h"
#include "libs/zformats/psw.h"
#include "tests/target/programs/hostile/execute.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/report.h"

/* Operand of the instructions. It begins with a PSW: supervisor state, all else as it is now. */
static uint64_t operand_page[BH_PAGE_SIZE / sizeof(uint64_t)]
    __attribute__((aligned(BH_PAGE_SIZE)));

static void fill_page(void)
{
    memset(operand_page, 0, sizeof(operand_page));
    operand_page[0] = PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_AS_HOME | PSW_64;
    operand_page[1] = (uint64_t)hostile_ran;
}

uint64_t hostile_try(struct hostile_shared *shared, const void *code, uint64_t operand)
{
    uint64_t ran;

    fill_page();
    shared->code = 0;
    shared->resume = (uint64_t)hostile_faulted;
    ran = hostile_execute(code, operand, operand_page);
    shared->resume = 0;
    return ran ? HOSTILE_RAN : shared->code;
}

static void try_instruction(struct hostile_shared *shared, const struct hostile_instruction *probe)
{
    uint64_t code = hostile_try(shared, probe->code, 0);

    if (code == HOSTILE_RAN)
        attempt(false, "%s ran", probe->name);
    else
        attempt(code < 64 && (probe->allowed >> code & 1) != 0,
                "%s ended with program interruption %#lx", probe->name, code);
}

/* EXTRACT PSW is not privileged: it must show problem state, translation on, home space. */
static void look_at_psw(void)
{
    uint32_t high, low;
    uint64_t mask;

    __asm__ volatile("epsw %0,%1" : "=d"(high), "=d"(low));
    mask = (uint64_t)high << 32 | low;
    attempt((mask & PSW_PROBLEM) != 0, "not in problem state: PSW mask %#lx", mask);
    attempt((mask & PSW_DAT) != 0, "translation is off: PSW mask %#lx", mask);
    attempt((mask & PSW_AS_MASK) == PSW_AS_HOME, "not in home space: PSW mask %#lx", mask);
    attempt((mask & (PSW_EXTERNAL | PSW_IO | PSW_MACHINE_CHECK)) ==
                (PSW_EXTERNAL | PSW_IO | PSW_MACHINE_CHECK),
            "interruptions are masked: PSW mask %#lx", mask);
}

void hostile_instructions(struct hostile_shared *shared)
{
    look_at_psw();
    for (const struct hostile_instruction *p = hostile_instruction; p < hostile_instruction_end;
         p++) {
        try_instruction(shared, p);
        look_at_psw();
    }
}
