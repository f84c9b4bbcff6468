/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile-vmm`: runs the vCPU with what nobody should run. Belongs to: test. */
#include "tests/target/isolation/guest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "libs/abi/vcpu.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/psw.h"
#include "tests/target/isolation/attack.h"
#include "tests/target/programs/hostile/instructions.h"
#include "tests/target/programs/hostile/report.h"

/* In guest memory, and in guest space 0, which shows the first MiB of it as it is. Spaces 1 to 3
 * show parts of it elsewhere, space 4 nothing, the others do not exist. */
#define CODE 0x10000u
#define PAGE 0x11000u
#define BACK 0x12000u
#define PROBE_BYTES 64u
#define SVC_BACK 77u
#define PATIENCE_US 20000u
#define VARIANTS 6u
#define TURNS_MAX 50u

#define MUST (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM)
#define MAY (MUST | PSW_PER | PSW_CC_MASK | PSW_PROGRAM_MASK | PSW_64 | PSW_AS_SECONDARY | PSW_KEY)
#define PSW_KEY UINT64_C(0x0080000000000000)

static struct bh_vcpu *page;
static uint8_t *memory;
static unsigned vcpu, exits;
static struct bh_message message;

static void must(uint64_t error, const char *what)
{
    if (error != BH_E_OK)
        bh_fatal("%s: %s", what, bh_error_text(error));
}

static void map_space(uint64_t number, uint64_t type, uint64_t at)
{
    uint64_t *word = bh_message_buffer();
    uint64_t stored;

    for (uint64_t i = 0; i < BH_BATCH; i++)
        word[i] = i * BH_PAGE_SIZE;
    must(bh_vcpu_space_reset(vcpu, number, type), "reset of a guest space");
    must(bh_vcpu_space_map(vcpu, number, at, BH_BATCH, 0, &stored), "map of a guest space");
}

/* Waits for the exit; ends the guest's turn if none comes. */
static void await_exit(uint64_t error)
{
    uint64_t ran;

    while (error != BH_E_OK) {
        if (error != BH_E_TIMEOUT && error != BH_E_NOTIFIED)
            bh_fatal("exit: %s", bh_error_text(error));
        if (error == BH_E_TIMEOUT)
            (void)bh_vcpu_kick(vcpu, &ran);
        error = bh_svc_recv(exits, bh_deadline(PATIENCE_US), &message);
    }
}

/* The turn was ended before it began. */
static bool never_ran(uint64_t mask)
{
    return message.word[0] >> 32 == BH_REASON_INTERRUPT && page->psw_mask == mask;
}

static void check_psw(const char *what)
{
    attempt((page->psw_mask & MUST) == MUST && (page->psw_mask & ~MAY) == 0,
            "%s: the guest had PSW mask %#lx", what, page->psw_mask);
}

/* An exception of an instruction has no address; one that is told would be of another partition. */
static void check_told(const char *what)
{
    uint64_t code = message.word[0] % 0x80u;

    if (message.word[0] >> 32 == BH_REASON_INSTRUCTION || code == 1 || code == 6)
        attempt(message.word[2] == 0, "%s: the exit tells of address %#lx", what, message.word[2]);
}

/* From what the state page says to the next exit. */
static void run(const char *what)
{
    uint64_t mask = page->psw_mask;

    do {
        message.word[0] = BH_RESUME;
        must(bh_svc_reply(message.word), "answer to an exit");
        await_exit(bh_svc_recv(exits, bh_deadline(PATIENCE_US), &message));
    } while (never_ran(mask));
    check_psw(what);
    check_told(what);
}

void guest_start(void)
{
    page = bh_need_window("state").address;
    memory = bh_need_window("guest").address;
    vcpu = bh_need_cap("vcpu");
    exits = bh_need_cap("exits");
    map_space(0, 0, 0);
    map_space(1, 1, 0x80000);
    map_space(2, 2, 0x40000000);
    map_space(3, 3, 0);
    must(bh_vcpu_space_reset(vcpu, 4, 0), "reset of a guest space");
    page->primary = BH_SPACE_NONE;
    page->secondary = BH_SPACE_NONE;
    page->psw_mask = PSW_64;
    must(bh_vcpu_start(vcpu), "start");
    await_exit(bh_svc_recv(exits, bh_deadline(PATIENCE_US), &message));
    memory[BACK] = 0x0a;
    memory[BACK + 1] = SVC_BACK;
}

/* States that a VMM should not choose, all with the same code in space 0. */
static void choose(unsigned variant)
{
    static const uint64_t mask[VARIANTS] = {PSW_64,
                                            PSW_64 | PSW_AS_SECONDARY,
                                            PSW_64 | PSW_AS_HOME | PSW_WAIT,
                                            PSW_64 | PSW_AS_ACCESS_REGISTER | PSW_RI,
                                            ~PSW_PER & ~PSW_AS_MASK,
                                            PSW_64 | PSW_KEY_MASK | PSW_PROBLEM | PSW_DAT};

    memset(page, 0, sizeof(*page));
    page->psw_mask = mask[variant];
    page->psw_address = CODE;
    page->problem = variant % 2u;
    page->key = variant * 3u;
    page->cr0 = UINT64_MAX;
    page->monitor = UINT64_MAX;
    page->gr[1] = PAGE;
    page->gr[4] = PAGE / BH_PAGE_SIZE;
    page->gr[14] = BACK;
    page->served = UINT64_MAX;
    page->mask = BH_SERVED_MASKS | BH_MASK_DAT;
}

static void fill_memory(const void *code)
{
    uint64_t psw[2] = {PSW_64 | PSW_AS_HOME | PSW_DAT, BACK};

    memcpy(memory + CODE, code, PROBE_BYTES);
    memset(memory + PAGE, 0, BH_PAGE_SIZE);
    memcpy(memory + PAGE, psw, sizeof(psw));
}

/* What a guest may do: choose between its primary and its secondary space; as its own supervisor
 * refresh; and, as one in its primary space, what the VMM lets the kernel execute. */
static bool is_named(const struct hostile_instruction *probe, const char *const *name,
                     unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(probe->name, name[i]) == 0)
            return true;
    return false;
}

static bool may_run(const struct hostile_instruction *probe)
{
    static const char *const choice[] = {"SACF 0", "SACF 256", "SAC 0", "SAC 256"};
    static const char *const refresh[] = {"RPCIT", "EXRL of RPCIT"};

    static const char *const served[] = {"STNSM", "STOSM", "MVCOS 2"};

    return is_named(probe, choice, 4) ||
           (page->problem == 0 &&
            (is_named(probe, refresh, 2) ||
             ((page->psw_mask & PSW_AS_MASK) == 0 && is_named(probe, served, 3))));
}

static void try_instruction(const struct hostile_instruction *probe, unsigned variant)
{
    uint64_t reason = BH_REASON_INTERRUPT, code;

    choose(variant);
    fill_memory(probe->code);
    for (unsigned turns = 0; turns < TURNS_MAX; turns++) { /* others may have had the processor */
        run(probe->name);
        reason = message.word[0] >> 32;
        if (reason != BH_REASON_INTERRUPT)
            break;
    }
    code = message.word[0] % 0x80u;
    if (reason == BH_REASON_SUPERVISOR)
        attempt(code == SVC_BACK && may_run(probe), "%s ran as a guest, variant %u", probe->name,
                variant);
    else
        attempt(code < 64 && (probe->allowed >> code & 1) != 0,
                "%s as a guest: reason %lu code %#lx", probe->name, reason, code);
}

/* QEMU, at an instruction-fetching event of EXECUTE, executes the target as the first instruction
 * of the interruption's handler: in the kernel, which must not let that happen. */
static void try_event(void)
{
    /* EX 0,6(0,5) with GR5 the address behind it; SVC; and an instruction that nobody has */
    static const uint8_t code[] = {0x0d, 0x50,     0x44, 0x00, 0x50, 0x06,
                                   0x0a, SVC_BACK, 0xb2, 0xff, 0x00, 0x00};

    choose(0);
    memset(memory + CODE, 0, PROBE_BYTES);
    memcpy(memory + CODE, code, sizeof(code));
    page->psw_mask = PSW_64 | PSW_PER;
    page->per[0] = 0x40000000;
    page->per[1] = CODE + 2u;
    page->per[2] = CODE + 2u;
    run("event of EXECUTE");
    attempt(message.word[0] % 0x80u == 1, "event of EXECUTE: exit %#lx", message.word[0]);
}

void guest_instructions(void)
{
    try_event();
    for (unsigned variant = 0; variant < VARIANTS; variant++) {
        for (const struct hostile_instruction *probe = hostile_instruction;
             probe < hostile_instruction_end; probe++)
            try_instruction(probe, variant);
    }
}

static void any_words(uint64_t *word, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        word[i] = attack_random() % 2u ? attack_random() : attack_number();
}

static void any_state(void)
{
    any_words((uint64_t *)(void *)page, sizeof(*page) / sizeof(uint64_t));
    if (attack_random() % 8u != 0) { /* otherwise nothing would ever be executed */
        page->psw_address = CODE + attack_random() % 64u;
        page->primary = (uint32_t)(attack_random() % 4u == 0 ? attack_number() : 0);
        page->secondary = (uint32_t)(attack_random() % 4u == 0 ? attack_number() : 3);
    }
}

/* QEMU 7.2 ends when it translates RNSBG, ROSBG or RXSBG of the form that only tests. */
static void spare_emulator(uint8_t *code, unsigned bytes)
{
    for (unsigned i = 0; i + 5 < bytes; i++)
        if (code[i] == 0xec && (code[i + 5] & 0xfc) == 0x54)
            code[i + 2] &= 0x7f;
}

void guest_garbage(unsigned rounds)
{
    for (unsigned i = 0; i < rounds; i++) {
        any_state();
        if (i % 4u == 0) {
            any_words((uint64_t *)(void *)(memory + CODE), BH_PAGE_SIZE / sizeof(uint64_t));
            spare_emulator(memory + CODE, BH_PAGE_SIZE);
        }
        run("any state");
    }
    printf("%u exits of a guest with any state\n", rounds);
}
