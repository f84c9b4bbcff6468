/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the VMM of the bare guest under SIE. Belongs to: test. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/rt/start.h"
#include "libs/stubs/svc.h"
#include "libs/stubs/vcpu.h"
#include "libs/zformats/psw.h"
#include "tests/guests/sie-smoke/memory.h"
#include "tests/guests/sie-smoke/protocol.h"

#define GUEST_START 0x10000u
#define TIMER_NEVER (UINT64_MAX >> 1)
#define CODE_OPERATION 1u
#define CODE_PRIVILEGED 2u
#define CODE_SPECIFICATION 6u
#define LOW_ILC 0x8cu /* offsets in the guest's page 0 */
#define LOW_CODE 0x8eu
#define LOW_TRANSLATION 0xa8u
#define LOW_OLD_PROGRAM 0x150u
#define LOW_NEW_PROGRAM 0x1d0u
#define VALIDITY_PREFIX 0x37u
#define DIAGNOSE 0x83u
#define SSKE 0xb22bu
#define ISKE 0xb229u
#define RRBE 0xb22au
#define RPCIT 0xb9d3u
#define SPELL_US 25000u /* longer than a slice */
#define SPELLS 3u

static unsigned vcpu, exits;
static struct bh_vcpu *state;
static uint64_t counts[3];
static uint64_t spin_flag; /* where the guest waits for a value; 0: it does not */
static uint32_t finished;
static uint32_t passed; /* says the guest */

static void fail(const char *why, const uint64_t word[4])
{
    printf("verdict: fail: %s: %lx %lx %lx %lx PSW %lx %lx\n", why, word[0], word[1], word[2],
           word[3], state->psw_mask, state->psw_address);
    bh_exit(1);
}

static void start_state(void)
{
    struct bh_window window = bh_need_window("state");
    struct bh_results results;

    if (bh_vcpu_inspect(vcpu, 1, &results) != BH_E_OK || results.gr5 != BH_BACK_END_SIE)
        bh_fatal("this machine executes no guest under SIE");
    state = window.address;
    memset(state, 0, sizeof(*state));
    state->psw_mask = PSW_64;
    state->psw_address = GUEST_START;
    state->cr[0] = 0xe0;
    state->cr[14] = 0xc2000000;
    state->cpu_timer = TIMER_NEVER;
    state->clock_comparator = UINT64_MAX;
}

/* A program interruption of the guest, as the machine would do it. */
static void interrupt(uint32_t code, uint32_t length, uint64_t translation)
{
    memory_store_half(LOW_ILC, (uint16_t)length);
    memory_store_half(LOW_CODE, (uint16_t)code);
    memory_store(LOW_TRANSLATION, translation);
    memory_store(LOW_OLD_PROGRAM, state->psw_mask);
    memory_store(LOW_OLD_PROGRAM + 8u, state->psw_address);
    state->psw_mask = memory_load(LOW_NEW_PROGRAM);
    state->psw_address = memory_load(LOW_NEW_PROGRAM + 8u);
}

static void invalid(const uint64_t word[4])
{
    if ((word[0] & 0xffffu) != VALIDITY_PREFIX || memory_map(0) != BH_E_OK ||
        memory_map(1) != BH_E_OK)
        fail("the state is refused", word);
    counts[COUNT_INVALID]++;
}

static void translation(const uint64_t word[4])
{
    uint64_t page = word[2] / BH_PAGE_SIZE;

    if (memory_map(page) != BH_E_OK)
        fail("no page for a fault", word);
    counts[COUNT_FAULTS]++;
}

static void diagnose(const uint64_t word[4])
{
    switch (word[1] >> 32 & 0xffffu) {
    case DIAG_SAY:
        printf("guest: %s\n", memory_text(state->gr[2]));
        passed = strcmp(memory_text(state->gr[2]), ALL_PASSED) == 0;
        return;
    case DIAG_SPIN:
        spin_flag = state->gr[2];
        return;
    case DIAG_COUNT:
        state->gr[2] = counts[state->gr[2] % 3u];
        return;
    default:
        fail("unknown DIAGNOSE", word);
    }
}

/* Only what the kernel must not deliver as an RPCIT comes here as one. */
static void instruction(const uint64_t word[4])
{
    uint32_t opcode = (uint32_t)(word[1] >> 48);
    uint32_t length = (uint32_t)(word[0] >> 16) & 7u;

    if ((state->psw_mask & PSW_PROBLEM) != 0)
        interrupt(CODE_PRIVILEGED, length, 0);
    else if (opcode == RPCIT && (word[1] >> 32 & 1u) != 0)
        interrupt(CODE_SPECIFICATION, length, 0);
    else if (opcode >> 8 == DIAGNOSE)
        diagnose(word);
    else if (opcode == SSKE || opcode == ISKE || opcode == RRBE)
        counts[COUNT_KEYS]++;
    else
        fail("unexpected instruction", word);
}

static void serve(const uint64_t word[4])
{
    switch (word[0] >> 32) {
    case BH_REASON_INVALID:
        invalid(word);
        return;
    case BH_REASON_TRANSLATION:
        translation(word);
        return;
    case BH_REASON_INSTRUCTION:
        instruction(word);
        return;
    case BH_REASON_PROGRAM:
        interrupt((uint32_t)word[0] & 0xffffu, (uint32_t)(word[0] >> 16) & 7u, word[2]);
        return;
    case BH_REASON_WAIT:
        finished = 1;
        return;
    default:
        fail("unexpected exit", word);
    }
}

/* The guest runs through several slices, is seen to run, is stopped amidst its loop, and let go. */
static uint64_t interrupt_spin(struct bh_message *message)
{
    uint64_t error;
    uint64_t ran = 0;
    uint32_t i;

    error = bh_svc_recv(exits, BH_NO_DEADLINE, message);
    if (error != BH_E_OK || message->word[0] >> 32 != BH_REASON_TRANSLATION)
        fail("the guest does not look", message->word);
    serve(message->word);
    message->word[0] = BH_RESUME;
    bh_svc_reply(message->word);
    error = BH_E_TIMEOUT;
    for (i = 0; i < SPELLS && error == BH_E_TIMEOUT; i++)
        error = bh_svc_recv(exits, bh_deadline(SPELL_US), message);
    if (error != BH_E_TIMEOUT || bh_vcpu_kick(vcpu, &ran) != BH_E_OK || ran != 1)
        fail("the guest does not spin", message->word);
    error = bh_svc_recv(exits, BH_NO_DEADLINE, message);
    if (message->word[0] >> 32 != BH_REASON_INTERRUPT || message->word[3] != state->psw_address)
        fail("no exit by a kick", message->word);
    memory_store(spin_flag, 1);
    spin_flag = 0;
    message->word[0] = BH_RESUME;
    return error == BH_E_OK ? bh_svc_reply_recv(exits, BH_NO_DEADLINE, message) : error;
}

static uint64_t next(struct bh_message *message)
{
    message->word[0] = BH_RESUME;
    if (spin_flag == 0)
        return bh_svc_reply_recv(exits, BH_NO_DEADLINE, message);
    bh_svc_reply(message->word);
    return interrupt_spin(message);
}

/* A page of the partition's next region, or of nobody's, is no page of the guest. */
static void check_bound(void)
{
    if (memory_map(MEMORY / BH_PAGE_SIZE) != BH_E_BOUND)
        bh_fatal("a page above the window was mapped");
}

int main(void)
{
    struct bh_message message;
    uint64_t error;

    vcpu = bh_need_cap("vcpu");
    exits = bh_need_cap("exits");
    start_state();
    memory_start(vcpu);
    check_bound();
    if (bh_vcpu_start(vcpu) != BH_E_OK)
        bh_fatal("the vCPU does not start");
    error = bh_svc_recv(exits, BH_NO_DEADLINE, &message);
    while (error == BH_E_OK) {
        serve(message.word);
        if (finished != 0)
            break;
        error = next(&message);
    }
    printf("vmm: %lu pages mapped, %lu key instructions\n", memory_mapped, counts[COUNT_KEYS]);
    printf("verdict: %s\n", error == BH_E_OK && passed != 0 ? "pass" : "fail");
    return 0;
}
