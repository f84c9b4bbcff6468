/* SPDX-License-Identifier: BSD-2-Clause */
/* Exits of the guest. Belongs to: VMM. */
#include "vmm/exit.h"

#include "libs/abi/abi.h"
#include "vmm/asce.h"
#include "vmm/clock.h"
#include "vmm/decode.h"
#include "vmm/dispatch.h"
#include "vmm/fetch.h"
#include "vmm/interrupt.h"
#include "vmm/per.h"
#include "vmm/psw.h"
#include "vmm/pv/fault.h"
#include "vmm/pv/pv.h"
#include "vmm/pv/shadow.h"

#define PGM_PER 0x80u
#define OPCODE_MVCOS 0xc800u
#define PSW_STOP_AND_LOOK                                                                          \
    (PSW_PER | PSW_IO | PSW_EXTERNAL | PSW_WAIT | PSW_PROBLEM) /* see goes_straight_on() */
#define FOLLOWING 4u  /* instructions that are executed without an exit of their own */
#define DELIVERIES 8u /* more than there are classes of interruptions */

uint16_t exit_unknown;
uint64_t exit_unknown_address;

/* The event of an instruction that was executed here: the machine saw only its exception. */
static void finish(struct cpu *cpu, program_code code, uint64_t mask, uint64_t address,
                   uint32_t length)
{
    if (code != PGM_NONE)
        interrupt_program(cpu, code, length);
    else if (per_fetches(cpu, mask, address))
        per_deliver(cpu, mask, address, length);
}

static void execute(struct cpu *cpu, const struct instruction *in, uint64_t address,
                    uint32_t length)
{
    uint64_t mask = cpu->psw_mask;
    program_code code = dispatch(cpu, in);

    if (code == PGM_OPERATION) {
        exit_unknown = in->opcode;
        exit_unknown_address = address;
    }
    finish(cpu, code, mask, address, length);
}

/* 1 if the guest would go on with the instruction that the PSW designates, in supervisor state and
 * with nothing to deliver before it. */
static int goes_straight_on(const struct cpu *cpu)
{
    return (cpu->psw_mask & PSW_STOP_AND_LOOK) == 0 && !cpu->psw_invalid && !cpu->stopped &&
           !interrupt_deliverable(cpu, 0);
}

/* Executes the instruction at the PSW if it would come back at once, which saves an exit: 1 if it
 * was. Anything else is left to the machine, its exceptions included. */
static int execute_next(struct cpu *cpu)
{
    uint64_t address = cpu->psw_address;
    struct instruction in;

    if (!goes_straight_on(cpu) || fetch_instruction(cpu, address, 0, &in) != PGM_NONE ||
        in.executed || !dispatch_knows(in.opcode))
        return 0;
    cpu->psw_address = (address + in.length) & address_mask(cpu->psw_mask);
    execute(cpu, &in, address, in.length);
    return 1;
}

static void execute_following(struct cpu *cpu)
{
    uint32_t i;

    for (i = 0; i < FOLLOWING && execute_next(cpu); i++)
        ;
}

/* The kernel's eight bytes often show the next opcode as well. Linux patches itself with pairs of
 * LOAD REAL ADDRESS and STORE USING REAL ADDRESS, by the ten thousands. */
static void instruction(struct cpu *cpu, uint64_t text, uint32_t length)
{
    uint64_t address = (cpu->psw_address - length) & address_mask(cpu->psw_mask);
    struct instruction in;
    program_code code = fetch_instruction(cpu, address, text, &in);

    if (code != PGM_NONE) {
        interrupt_program(cpu, code, length);
        return;
    }
    execute(cpu, &in, address, length);
    if (dispatch_knows(decode_opcode(text << 8u * length)))
        execute_following(cpu);
}

/* The machine refuses MVCOS for reasons of the real problem state, with several codes. Any other
 * instruction has met its own exception. */
static void maybe_mvcos(struct cpu *cpu, program_code code, uint64_t text, uint32_t length)
{
    uint64_t address = (cpu->psw_address - length) & address_mask(cpu->psw_mask);
    struct instruction in;

    if (fetch_instruction(cpu, address, text, &in) == PGM_NONE && in.opcode == OPCODE_MVCOS)
        execute(cpu, &in, address, length);
    else
        interrupt_program(cpu, code, length);
}

static void translation(struct cpu *cpu, program_code code, uint64_t teid, uint32_t length)
{
    program_code raised = fault(cpu, code % PGM_PER, teid, length);

    if (raised == PGM_NONE)
        return;
    interrupt_program(cpu, raised, length);
    execute_following(cpu);
}

/* By the program code and not by the kernel's reason, which is coarser. */
static void program(struct cpu *cpu, program_code code, const uint64_t word[4], uint32_t length)
{
    switch (code % PGM_PER) {
    case PGM_PRIVILEGED:
        instruction(cpu, word[1], length);
        return;
    case PGM_ADDRESSING:
    case PGM_SPECIAL_OPERATION:
        maybe_mvcos(cpu, code, word[1], length);
        return;
    case PGM_PROTECTION:
    case PGM_SEGMENT:
    case PGM_PAGE:
    case PGM_ASCE_TYPE:
    case PGM_REGION_FIRST:
    case PGM_REGION_SECOND:
    case PGM_REGION_THIRD:
        translation(cpu, code, word[2], length);
        return;
    default:
        interrupt_program(cpu, code, length);
        return;
    }
}

static void supervisor(struct cpu *cpu, uint8_t number, uint32_t length)
{
    uint64_t address = (cpu->psw_address - length) & address_mask(cpu->psw_mask);
    uint64_t mask = cpu->psw_mask;

    interrupt_supervisor(cpu, number, length);
    if (per_fetches(cpu, mask, address))
        per_deliver(cpu, mask, address, length);
    execute_following(cpu); /* Linux begins with STORE CPU TIMER */
}

void exit_serve(struct cpu *cpu, const uint64_t word[4])
{
    uint32_t reason = (uint32_t)(word[0] >> 32);
    uint32_t length = (uint32_t)(word[0] >> 16) & 7u;
    uint32_t code = (uint32_t)word[0] & 0xffu;

    pv_leave(cpu);
    switch (reason) {
    case BH_REASON_INSTRUCTION:
    case BH_REASON_TRANSLATION:
    case BH_REASON_PROGRAM:
        program(cpu, code, word, length);
        return;
    case BH_REASON_SUPERVISOR:
        supervisor(cpu, (uint8_t)code, length);
        return;
    default: /* kicked */
        return;
    }
}

static enum exit_next next(struct cpu *cpu)
{
    if (shadow_failed())
        return EXIT_FAILED;
    if (cpu->stopped)
        return EXIT_STOPPED;
    cpu->waiting = (cpu->psw_mask & PSW_WAIT) != 0 ? 1 : 0;
    if (!cpu->waiting)
        return EXIT_RUN;
    return psw_is_disabled_wait(cpu->psw_mask) ? EXIT_DISABLED_WAIT : EXIT_WAIT;
}

/* The clock is read only if a timer could be delivered. */
static int is_deliverable(const struct cpu *cpu)
{
    return interrupt_deliverable(cpu, (cpu->psw_mask & PSW_EXTERNAL) != 0 ? clock_now() : 0);
}

enum exit_next exit_settle(struct cpu *cpu)
{
    uint32_t i;

    for (i = 0; i < DELIVERIES && !cpu->stopped; i++) {
        if (cpu->psw_invalid)
            interrupt_program(cpu, PGM_SPECIFICATION, 0);
        else if (is_deliverable(cpu))
            interrupt_deliver(cpu, clock_now());
        else
            return next(cpu);
    }
    return cpu->psw_invalid ? EXIT_LOOP : next(cpu);
}
