/* SPDX-License-Identifier: BSD-2-Clause */
/* Entry, interceptions and faults of a guest under SIE. Belongs to: kernel. */
#include "kernel/arch/s390x/sie/sie.h"
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/exit.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/sie/description.h"
#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/vcpu.h"
#include "kernel/trap/trap.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/psw.h"

#define CODE_UNIT 0x80u
#define PAGE_PROGRAM 0x160u   /* program[] in struct bh_vcpu */
#define PAGE_TABLE_WORDS 512u /* a table and the status of its pages */

static uint32_t held[VCPUS];    /* 1: registers and PSW are here and not in the state page */
static uint64_t entered[VCPUS]; /* the guest's PSW address at its last entry */
static uint64_t areas[VCPUS];   /* of the registers of those that were entered */
static uint64_t entry_psw[2];
static uint32_t loaded = NOBODY; /* the vCPU whose guest space CR1 names */
static uint64_t loaded_space;

/* A storage limit below the origin makes a description invalid, so nothing is executed. */
uint32_t sie_present(void)
{
    static uint8_t refused[SD_BYTES] __attribute__((aligned(SD_BYTES)));

    refused[SD_ARCHITECTURE] = SD_ARCHITECTURE_Z;
    be64_put(refused + SD_STORAGE_ORIGIN, 0x100000);
    return sie_try(refused);
}

/* The host's translation of guest storage: a guest space of the vCPU. */
static uint64_t space_of(uint32_t v)
{
    uint32_t number = ((const struct bh_vcpu *)vcpu_page[v])->primary;
    uint64_t asce =
        number < BH_VCPU_SPACES ? guest_asce[v * BH_VCPU_SPACES + number % BH_VCPU_SPACES] : 0;

    return asce != 0 ? asce : control_empty_space();
}

static void load_space(uint64_t space)
{
    if (space != loaded_space) {
        control_set_guest(space, control_empty_space());
        control_load();
        loaded_space = space;
    }
}

/* Guest translations are not kept from entry to entry: the VMM may have changed the tables. */
static const uint64_t *sie_enter(uint32_t v)
{
    uint8_t *sd = sie_description(v);

    if (held[v] == 0) {
        sie_take_state(v);
        held[v] = 1;
    }
    entered[v] = be64_get(sd + SD_PSW + 8);
    be16_put(sd + SD_HOST_CPU, SD_HOST_CPU_NONE);
    load_space(space_of(v));
    loaded = v;
    areas[v] = (uint64_t)sie_registers(v);
    entry_psw[0] = PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_64;
    entry_psw[1] = sd[SD_INTERCEPTION] == SIE_NONE ? (uint64_t)sie_start : (uint64_t)sie_ended;
    return entry_psw;
}

static void unload(void)
{
    load_space(control_empty_space());
    loaded = NOBODY;
}

static uint32_t sie_leave_for(uint64_t space)
{
    if (loaded != NOBODY && vcpu_vmm[loaded] != space) {
        unload();
    }
    return loaded != NOBODY ? 1u : 0u;
}

static void sie_forget(uint64_t asce)
{
    if (loaded != NOBODY && asce == loaded_space) {
        unload();
    }
}

/* Nothing is kept here of what the machine translates. */
static void sie_purge(void) {}

/* Into the state page, access registers included, which no trap saves. */
static void let_go(uint32_t v)
{
    asm volatile("stam 0,15,%0" : "=Q"(*(uint64_t(*)[8])(sie_registers(v) + SAVE_AR)));
    sie_give_state(v);
    held[v] = 0;
}

/* The length of an instruction follows from its first two bits; that of an EXECUTE is in the flags,
 * on machines that tell. */
static uint32_t length_of(const uint8_t *sd)
{
    static const uint8_t lengths[4] = {2, 4, 4, 6};
    uint32_t length = sd[SD_INTERCEPTION_FLAGS] / 16u & 6u;

    if ((sd[SD_INTERCEPTION_FLAGS] & SD_FLAG_EXECUTE) != 0) {
        return length != 0 ? length : 4u;
    }
    return lengths[sd[SD_INSTRUCTION] / 64u];
}

/* The guest's problem state is checked here: some instructions are intercepted before the hardware
 * has looked at it. */
static void instruction(uint32_t t, const uint8_t *sd)
{
    struct exit exit = {.text = be64_get(sd + SD_INSTRUCTION) / 0x10000u * 0x10000u,
                        .length = length_of(sd),
                        .code = EXIT_CODE_PRIVILEGED};

    exit_instruction(t, &exit, (be64_get(sd + SD_PSW) & PSW_PROBLEM) != 0);
}

static void program(uint32_t t, const uint8_t *sd)
{
    uint64_t at = vcpu_page[thread_vcpu(t)] + PAGE_PROGRAM;
    struct exit exit = {.length = be16_get(sd + SD_PROGRAM_ILC) % 8u,
                        .code = be16_get(sd + SD_PROGRAM_CODE),
                        .translation = be64_get(sd + SD_TRANSLATION_EXCEPTION)};
    uint32_t i;

    for (i = 0; i < 3u; i++) {
        hw_store(at + i * 8u, be64_get(sd + SD_DATA_EXCEPTION + i * 8u));
    }
    hw_store(at + 24u, be64_get(sd + SD_MONITOR_CODE));
    exit_send(t, BH_REASON_PROGRAM, &exit);
}

static void intercepted(uint32_t t, const uint8_t *sd, uint8_t code)
{
    struct exit exit = {.code = code};

    switch (code) {
    case SIE_INSTRUCTION:
    case SIE_INSTRUCTION_PROGRAM:
    case SIE_OPERATION:
        instruction(t, sd);
        return;
    case SIE_PROGRAM:
        program(t, sd);
        return;
    case SIE_WAIT:
        exit_send(t, BH_REASON_WAIT, &exit);
        return;
    case SIE_VALIDITY:
        exit.code = be16_get(sd + SD_VALIDITY);
        exit_send(t, BH_REASON_INVALID, &exit);
        return;
    default:
        exit_send(t, BH_REASON_INTERRUPT, &exit);
        return;
    }
}

/* Hercules 3.13 moves the guest's PSW on by 2 if the page that it lies on is the first one that the
 * guest needs after an entry, and the host has not mapped it. Nothing was executed there then. */
static void stay_at_entry(uint32_t v, uint64_t translation)
{
    uint8_t *psw = sie_description(v) + SD_PSW;

    if ((be64_get(psw) & PSW_DAT) == 0 && be64_get(psw + 8) == entered[v] + 2u &&
        entered[v] / BH_PAGE_SIZE == translation / BH_PAGE_SIZE) {
        be64_put(psw + 8, entered[v]);
    }
}

/* A guest page that the host has not mapped, or only for reading: the guest stays at the
 * instruction. */
static void sie_fault(uint32_t t)
{
    struct exit exit = {.code = lowcore_u16(LC_PROGRAM_CODE),
                        .translation = lowcore_identification(lowcore_u16(LC_PROGRAM_CODE))};

    stay_at_entry((uint32_t)thread_vcpu(t), exit.translation);
    let_go((uint32_t)thread_vcpu(t));
    exit_send(t, exit_reason(exit.code % CODE_UNIT), &exit);
}

static uint32_t sie_program(uint32_t t)
{
    sie_fault(t);
    return TRAP_EVENT;
}

static void sie_supervisor(uint32_t t)
{
    uint32_t v = (uint32_t)thread_vcpu(t);
    uint8_t *sd = sie_description(v);
    uint8_t code = sd[SD_INTERCEPTION];

    if (lowcore_u16(LC_SVC_CODE) == SIE_SVC_FAULTED) {
        sie_fault(t);
        return;
    }
    if (code == SIE_NONE) { /* for an interruption that is gone: there again */
        return;
    }
    let_go(v);
    sd[SD_INTERCEPTION] = SIE_NONE;
    intercepted(t, sd, code);
}

/* An interception that was not served yet belongs to the state as it is. */
static uint32_t sie_interrupt(uint32_t v)
{
    if (held[v] == 0) {
        return 1;
    }
    if (sie_description(v)[SD_INTERCEPTION] != SIE_NONE) {
        return 0;
    }
    sie_give_state(v);
    held[v] = 0;
    return 1;
}

const struct back_end sie_back_end = {
    .number = BH_BACK_END_SIE,
    .page_table_words = PAGE_TABLE_WORDS,
    .enter = sie_enter,
    .areas = areas,
    .leave_for = sie_leave_for,
    .program = sie_program,
    .supervisor = sie_supervisor,
    .interrupt = sie_interrupt,
    .forget = sie_forget,
    .purge = sie_purge,
};
