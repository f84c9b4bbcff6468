/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: threads: set-up, life, portals and a fault. Belongs to: test. */
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"

#define MOST_US 10000000u
#define PRIORITY 31u      /* as the first process has */
#define CODE 7u           /* of a thread that ends */
#define LOAD_LENGTH 6u    /* bytes of the instruction that faults in worker.c */
#define NOT_MAPPED 0x300u /* virtual page of this program */
#define READ_ONLY 0x100u  /* the first page of its code */

/* It ends at once: its code is the stub of EXIT, its argument the exit code. */
static void create_idle(uint64_t slot)
{
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, slot, BH_INIT_CAPTABLE, BH_INIT_SPACE,
           PRIORITY, BH_THREAD_FP);
    EXPECT(STATE, slot, THREAD_START);
    EXPECT(STATE, slot, THREAD_START_INSPECT);
    EXPECT(OK, slot, THREAD_INSPECT);
    SAME(got.gr3, BH_STATE_NEW);
    EXPECT(BOUND, slot, THREAD_CONFIGURE, 0, 0, 0, NOT_MAPPED);
    EXPECT(BOUND, slot, THREAD_CONFIGURE, 0, 0, 0, READ_ONLY);
    EXPECT(BOUND, slot, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX - 1);
    EXPECT(OK, slot, THREAD_CONFIGURE, (uintptr_t)bh_svc_exit, 0, CODE, UINT64_MAX);
    EXPECT(OK, slot, THREAD_INSPECT);
    SAME(got.gr3, BH_STATE_SET);
}

static void bind(void)
{
    EXPECT(BOUND, WORKER_B, THREAD_BIND, OTHER_NOTIFICATION);
    EXPECT(OK, WORKER_B, THREAD_BIND, BOUND_B);
    EXPECT(STATE, WORKER_B, THREAD_BIND, NOTIFICATION);
    EXPECT(STATE, WORKER_A, THREAD_BIND, BOUND_B);
    EXPECT(TYPE, WORKER_A, THREAD_BIND, ENDPOINT);
    grant(SCRATCH, NOTIFICATION, BH_R_NOTIFICATION_SIGNAL | BH_R_NOTIFICATION_EVENT, 0);
    EXPECT(RIGHT, WORKER_A, THREAD_BIND, SCRATCH);
    drop(SCRATCH);
}

static void set_portals(void)
{
    EXPECT(ARG, WORKER_B, THREAD_PORTAL, BH_REASONS, ENDPOINT, 1);
    EXPECT(ARG, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, ENDPOINT, 0);
    EXPECT(ARG, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, ENDPOINT, MOST_US + 1);
    EXPECT(BOUND, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, OTHER_ENDPOINT, 1);
    grant(SCRATCH, ENDPOINT, BH_R_ENDPOINT_CALL | BH_R_ENDPOINT_RECV, 0);
    EXPECT(RIGHT, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, SCRATCH, 1);
    drop(SCRATCH);
    EXPECT(OK, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, ENDPOINT, MOST_US);
    EXPECT(EXISTS, WORKER_B, THREAD_PORTAL, BH_REASON_FAULT, ENDPOINT, MOST_US);
}

void thread_before(void)
{
    for (uint64_t i = 0; i < PHASES; i++)
        create_idle(IDLE_THREAD + i);
    EXPECT(STATE, WORKER_A, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    bind();
    set_portals();
}

static void inspect(void)
{
    uint64_t notification;

    EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_INSPECT, BOUND_B);
    notification = got.gr4;
    EXPECT(OK, WORKER_B, THREAD_INSPECT);
    SAME(got.gr3, BH_STATE_WAITING);
    SAME(got.gr5, 0);
    SAME(got.gr6, 0);
    SAME(got.gr7, notification + 1);
    EXPECT(STATE, WORKER_B, THREAD_START_INSPECT);
    EXPECT(OK, BOUND_B, NOTIFICATION_INSPECT);
    SAME(got.gr3, 0);
    SAME(got.gr4 != 0, true);
    EXPECT(OK, NOTIFICATION, NOTIFICATION_INSPECT);
    SAME(got.gr4, 0);
    EXPECT(OK, ENDPOINT, ENDPOINT_INSPECT);
    SAME(got.gr3, 0);
    EXPECT(OK, WORKER_B, THREAD_PORTAL_INSPECT, BH_REASON_FAULT);
    SAME(got.gr4, BADGE);
    SAME(got.gr5, MOST_US);
    EXPECT(OK, WORKER_B, THREAD_PORTAL_INSPECT, BH_REASON_DEFAULT);
    SAME(got.gr3, 0);
    EXPECT(ARG, WORKER_B, THREAD_PORTAL_INSPECT, BH_REASONS);
    EXPECT(ARG, WORKER_B, THREAD_PORTAL_INSPECT, UINT64_C(0x100000000));
}

/* The system call EXIT is what the thread does. */
static void start_and_end(void)
{
    uint64_t slot = IDLE_THREAD + phase;

    EXPECT(OK, slot, THREAD_START_INSPECT);
    SAME(got.gr3, (uintptr_t)bh_svc_exit);
    SAME(got.gr5, CODE);
    SAME(got.gr6, 0);
    SAME(got.gr7, BH_THREAD_FP);
    EXPECT(OK, slot, THREAD_START);
    settle(slot);
    EXPECT(OK, slot, THREAD_INSPECT);
    if (SAME(got.gr3, BH_STATE_ENDED))
        EXPECT_CALL(OK, EXIT, BH_E_OK);
    EXPECT(STATE, slot, THREAD_START);
    EXPECT(OK, slot, THREAD_STOP);
    EXPECT(STATE, slot, THREAD_START);
}

/* A translation exception: segment or page, or a region that no table describes. */
static bool is_translation(uint64_t code)
{
    return code == 0x10 || code == 0x11 || (code >= 0x38 && code <= 0x3b);
}

/* The fault comes as a call, and the answer says where to go on. */
static void fault(void)
{
    struct bh_message message;

    SAME(worker_start(&worker_b, (struct job){.kind = JOB_FAULT}), false);
    EXPECT_CALL(OK, RECV, bh_svc_recv(ENDPOINT, 0, &message));
    SAME(message.badge, BADGE);
    SAME(message.word[0], BH_REASON_FAULT);
    SAME(is_translation(message.word[1]), true);
    message.word[0] = BH_RESUME;
    message.word[1] = message.word[3] + LOAD_LENGTH;
    EXPECT_CALL(OK, REPLY, bh_svc_reply(message.word));
    SAME(worker_done(&worker_b), true);
}

void thread_both(void)
{
    inspect();
    start_and_end();
    fault();
}

void thread_after(void)
{
    EXPECT(SEALED, WORKER_A, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    EXPECT(SEALED, WORKER_A, THREAD_BIND, NOTIFICATION);
    EXPECT(SEALED, WORKER_A, THREAD_PORTAL, BH_REASON_FAULT, ENDPOINT, 1);
}
