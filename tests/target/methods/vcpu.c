/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: vCPUs: set-up, guest spaces, and a guest of two instructions.
 * Belongs to: test. */
#include <string.h>

#include "libs/abi/vcpu.h"
#include "libs/rt/rt.h"
#include "libs/zformats/psw.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define TOO_FAR UINT64_C(0x100000000)
#define MOST_US 10000000u
#define SEGMENT_PAGES 524288u /* what a segment table as top table describes */
#define SEGMENT_TYPE 0u
#define NEVER_RESET 9u /* a guest space */
#define GUEST_AT 1u    /* guest virtual page of its code */
#define PATIENCE_US 1000000u

/* Supervisor call 0x42, then a jump to itself. */
static const uint8_t guest_code[] = {0x0a, 0x42, 0xa7, 0xf4, 0x00, 0x00};

void vcpu_before(void)
{
    EXPECT(ARG, VCPU_1, VCPU_PORTAL, BH_REASONS, GUEST_ENDPOINT, 1);
    EXPECT(ARG, VCPU_1, VCPU_PORTAL, BH_REASON_RPCIT, GUEST_ENDPOINT, 0);
    EXPECT(ARG, VCPU_1, VCPU_PORTAL, BH_REASON_RPCIT, GUEST_ENDPOINT, MOST_US + 1);
    EXPECT(BOUND, VCPU_1, VCPU_PORTAL, BH_REASON_RPCIT, OTHER_ENDPOINT, 1);
    EXPECT(EXISTS, VCPU_1, VCPU_PORTAL, BH_REASON_DEFAULT, GUEST_ENDPOINT, 1);
    EXPECT(ARG, VCPU_1, VCPU_ADD_WINDOW, GUEST_REGION, 0, 1, 0);
    EXPECT(BOUND, VCPU_1, VCPU_ADD_WINDOW, GUEST_REGION, 0, GUEST_PAGES + 1, R);
    EXPECT(BOUND, VCPU_1, VCPU_ADD_WINDOW, REGION_READ, 0, 1, R | W);
}

static void inspect(uint64_t vcpu)
{
    EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_INSPECT, GUEST_SPACE);
    uint64_t space = got.gr4;

    EXPECT(OK, GUEST, PARTITION_INSPECT);
    uint64_t partition = got.gr3;

    EXPECT(OK, vcpu, VCPU_INSPECT);
    SAME(got.gr4, partition);
    SAME(got.gr5, space);
    SAME(got.gr6, 0);
    SAME(got.gr7, VCPU_PRIORITY);
    EXPECT(OK, vcpu, VCPU_INSPECT, 1);
    SAME(got.gr4, TABLE_BLOCKS);
    EXPECT(OK, vcpu, VCPU_INSPECT, 2);
    SAME(got.gr3, 0);
    EXPECT(OK, vcpu, VCPU_INSPECT, 2 + BH_VCPU_FUNCTIONS);
    SAME(got.gr5, GUEST_PAGES);
    EXPECT(ARG, vcpu, VCPU_INSPECT, 2 + BH_VCPU_FUNCTIONS + BH_WINDOWS);
    EXPECT(ARG, vcpu, VCPU_INSPECT, TOO_FAR);
    EXPECT(OK, vcpu, VCPU_PORTAL_INSPECT, BH_REASON_DEFAULT);
    SAME(got.gr4, VCPU_BADGE);
    EXPECT(OK, vcpu, VCPU_PORTAL_INSPECT, BH_REASON_FAULT);
    SAME(got.gr3, 0);
    EXPECT(ARG, vcpu, VCPU_PORTAL_INSPECT, BH_REASONS);
}

static void refuse_spaces(uint64_t vcpu)
{
    EXPECT(ARG, vcpu, VCPU_SPACE_RESET, BH_VCPU_SPACES, SEGMENT_TYPE);
    EXPECT(ARG, vcpu, VCPU_SPACE_RESET, TOO_FAR, SEGMENT_TYPE);
    EXPECT(ARG, vcpu, VCPU_SPACE_RESET, 0, 8);
    EXPECT(ARG, vcpu, VCPU_SPACE_RESET, 0, TOO_FAR);
}

static void refuse_entries(uint64_t vcpu)
{
    put_word(0, 0);
    put_word(1, GUEST_PAGES * BH_PAGE_SIZE);
    EXPECT(ARG, vcpu, VCPU_SPACE_MAP, BH_VCPU_SPACES, 0, 1, 0);
    EXPECT(ARG, vcpu, VCPU_SPACE_MAP, 0, 0, 0, 0);
    EXPECT(ARG, vcpu, VCPU_SPACE_MAP, 0, 0, 257, 0);
    EXPECT(ARG, vcpu, VCPU_SPACE_MAP, 0, 255, 2, 0);
    EXPECT(STATE, vcpu, VCPU_SPACE_MAP, NEVER_RESET, 0, 1, 0);
    EXPECT_BY(&worker_b, STATE, vcpu, VCPU_SPACE_MAP, 0, 0, 1, 0);
    EXPECT(RANGE, vcpu, VCPU_SPACE_MAP, 0, SEGMENT_PAGES, 1, 0);
    EXPECT(RANGE, vcpu, VCPU_SPACE_MAP, 0, UINT64_MAX, 1, 0);
    EXPECT(BOUND, vcpu, VCPU_SPACE_MAP, 0, 0, 1, BH_WINDOWS);
    EXPECT(BOUND, vcpu, VCPU_SPACE_MAP, 0, 0, 2, 0);
    SAME(got.gr3, 1);
    EXPECT(ARG, vcpu, VCPU_SPACE_INVALIDATE, BH_VCPU_SPACES, 0, 1);
    EXPECT(ARG, vcpu, VCPU_SPACE_INVALIDATE, 0, 0, 257);
    EXPECT(ARG, vcpu, VCPU_SPACE_INVALIDATE, 0, 255, 2);
    EXPECT(STATE, vcpu, VCPU_SPACE_INVALIDATE, NEVER_RESET, 0, 1);
    EXPECT(RANGE, vcpu, VCPU_SPACE_INVALIDATE, 0, SEGMENT_PAGES, 1);
}

/* Blocks: two are space 0's table and its page tables; two more tables, and nothing is left. */
static void use_up_tables(uint64_t vcpu)
{
    EXPECT(OK, vcpu, VCPU_SPACE_RESET, 1, SEGMENT_TYPE);
    EXPECT(OK, vcpu, VCPU_SPACE_RESET, 2, SEGMENT_TYPE);
    EXPECT(FULL, vcpu, VCPU_SPACE_RESET, 3, SEGMENT_TYPE);
    EXPECT(FULL, vcpu, VCPU_SPACE_MAP, 1, 0, 1, 0);
    EXPECT(OK, vcpu, VCPU_SPACE_RESET, 2, SEGMENT_TYPE);
}

static void map_code(uint64_t vcpu)
{
    memcpy(GUEST_ADDRESS(GUEST_CODE_PAGE), guest_code, sizeof(guest_code));
    EXPECT(OK, vcpu, VCPU_SPACE_RESET, 0, SEGMENT_TYPE);
    put_word(0, GUEST_CODE_PAGE * BH_PAGE_SIZE | BH_WORD_READ_ONLY);
    EXPECT(OK, vcpu, VCPU_SPACE_MAP, 0, GUEST_AT, 1, 0);
    SAME(got.gr3, 1);
    EXPECT(OK, vcpu, VCPU_SPACE_MAP, 0, GUEST_AT + 1, 1, 0);
    EXPECT(OK, vcpu, VCPU_SPACE_INVALIDATE, 0, GUEST_AT + 1, 1);
}

static void set_state(struct bh_vcpu *state)
{
    memset(state, 0, sizeof(*state));
    state->psw_mask = PSW_64;
    state->psw_address = GUEST_AT * BH_PAGE_SIZE;
    state->primary = 0;
    state->secondary = BH_SPACE_NONE;
}

/* An exit of the guest for this reason; its program continues when it is answered. */
static void take_exit(uint64_t reason, uint64_t low, uint64_t address)
{
    struct bh_message message;

    EXPECT_CALL(OK, RECV, bh_svc_recv(GUEST_ENDPOINT, bh_deadline(PATIENCE_US), &message));
    SAME(message.badge, VCPU_BADGE);
    SAME(message.word[0], reason << 32 | low);
    SAME(message.word[3], address);
}

static void resume(void)
{
    const uint64_t words[BH_MESSAGE_WORDS] = {BH_RESUME};

    EXPECT_CALL(OK, REPLY, bh_svc_reply(words));
}

/* This program is more urgent than the guest, which runs while the program waits. */
static void run(uint64_t vcpu)
{
    uint64_t address = GUEST_AT * BH_PAGE_SIZE + 2;

    EXPECT(OK, vcpu, VCPU_KICK);
    SAME(got.gr3, 0);
    EXPECT(OK, vcpu, VCPU_START);
    EXPECT(STATE, vcpu, VCPU_START);
    take_exit(BH_REASON_SUPERVISOR, 2 << 16 | 0x42, address);
    EXPECT(OK, vcpu, VCPU_KICK);
    SAME(got.gr3, 0);
    resume();
    EXPECT(OK, vcpu, VCPU_KICK);
    SAME(got.gr3, 1);
    take_exit(BH_REASON_INTERRUPT, 0, address);
    resume();
}

void vcpu_both(void)
{
    uint64_t vcpu = VCPU_1 + phase;

    if (phase == BEFORE)
        inspect(vcpu);
    inspect(VCPU_2);
    refuse_spaces(vcpu);
    map_code(vcpu);
    refuse_entries(vcpu);
    use_up_tables(vcpu);
    set_state(GUEST_ADDRESS(STATE_PAGE + phase));
    run(vcpu);
}

void vcpu_after(void)
{
    EXPECT(OK, VCPU_1, VCPU_INSPECT);
    SAME(got.gr6, BH_VCPU_FUNCTIONS);
    EXPECT(SEALED, VCPU_1, VCPU_PORTAL, BH_REASON_RPCIT, GUEST_ENDPOINT, 1);
    EXPECT(SEALED, VCPU_1, VCPU_ADD_WINDOW, GUEST_REGION, 0, 1, R);
    EXPECT(SEALED, VCPU_2, VCPU_BIND_FUNCTION, PCI_1);
}
