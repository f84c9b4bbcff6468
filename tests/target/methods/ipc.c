/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: the system calls, this thread and the workers being client and server in
 * turn. Belongs to: test. What the caller of a stopped server gets: partition.c; EXIT: thread.c.
 */
#include <string.h>

#include "libs/rt/rt.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"
#include "tests/target/programs/hostile/numbers.h"

#define SOON_US 500u
#define NUMBERS 256u
#define MORE_BITS 0x4000000000000001u

static const uint64_t question[BH_MESSAGE_WORDS] = {1, UINT64_MAX, 0x123456789abcdef0, 4};
static const uint64_t answer[BH_MESSAGE_WORDS] = {5, 0, UINT64_C(1) << 63, 8};

static struct bh_message message;

static void same_words(const uint64_t *words, const uint64_t *wanted)
{
    for (unsigned i = 0; i < BH_MESSAGE_WORDS; i++)
        SAME(words[i], wanted[i]);
}

/* Worker A calls; whether its call came back at once. */
static bool ask(void)
{
    struct job job = {.kind = JOB_CALL, .cap = ENDPOINT};

    memcpy(job.word, question, sizeof(question));
    return worker_start(&worker_a, job);
}

static void must_be_answered(void)
{
    SAME(worker_done(&worker_a), true);
    EXPECT_CALL(OK, CALL, worker_a.error);
    same_words(worker_a.message.word, answer);
}

static bool serve(struct job job)
{
    memcpy(job.word, answer, sizeof(answer));
    job.cap = ENDPOINT;
    return worker_start(&worker_b, job);
}

static void must_be_asked(uint64_t error, const struct bh_message *taken)
{
    EXPECT_CALL(OK, RECV, error);
    SAME(taken->badge, BADGE);
    same_words(taken->word, question);
}

static void null_and_unknown(void)
{
    EXPECT_CALL(OK, NULL, bh_svc_null());
    EXPECT_CALL(OK, YIELD, bh_svc_yield());
    for (uint64_t number = BH_CALL_EXIT + 1; number < NUMBERS; number++)
        SAME(bh_svc_number(number), BH_E_CALL);
}

/* The call waits for the server: who takes it must answer before taking another one. */
static void answer_here(void)
{
    EXPECT_CALL(NO_CALLER, REPLY, bh_svc_reply(answer));
    EXPECT_CALL(NO_CALLER, REPLY_RECV, bh_svc_reply_recv(ENDPOINT, BH_NO_DEADLINE, &message));
    SAME(ask(), false);
    must_be_asked(bh_svc_recv(ENDPOINT, 0, &message), &message);
    EXPECT_CALL(STATE, RECV, bh_svc_recv(ENDPOINT, 0, &message));
    SAME(worker_done(&worker_a), false);
    EXPECT_CALL(OK, REPLY, bh_svc_reply(answer));
    must_be_answered();
    EXPECT_CALL(NO_CALLER, REPLY, bh_svc_reply(answer));
}

/* The server waits for calls. */
static void answer_there(void)
{
    SAME(serve((struct job){.kind = JOB_RECV, .deadline = BH_NO_DEADLINE}), false);
    SAME(ask(), false);
    SAME(worker_done(&worker_b), true);
    must_be_asked(worker_b.error, &worker_b.message);
    SAME(serve((struct job){.kind = JOB_REPLY_RECV, .deadline = BH_NO_DEADLINE}), false);
    must_be_answered();
    SAME(ask(), false);
    SAME(worker_done(&worker_b), true);
    EXPECT_CALL(OK, REPLY_RECV, worker_b.error);
    same_words(worker_b.message.word, question);
    SAME(serve((struct job){.kind = JOB_REPLY}), true);
    EXPECT_CALL(OK, REPLY, worker_b.error);
    must_be_answered();
}

/* The call is answered, and then nobody calls in time: not at all, or until a deadline. */
static void answer_until(void)
{
    uint64_t start;

    SAME(ask(), false);
    SAME(serve((struct job){.kind = JOB_RECV}), true);
    must_be_asked(worker_b.error, &worker_b.message);
    SAME(serve((struct job){.kind = JOB_REPLY_RECV, .deadline = 0}), true);
    EXPECT_CALL(TIMEOUT, REPLY_RECV, worker_b.error);
    must_be_answered();
    SAME(ask(), false);
    must_be_asked(bh_svc_recv(ENDPOINT, 0, &message), &message);
    memcpy(message.word, answer, sizeof(answer));
    start = bh_tod();
    EXPECT_CALL(TIMEOUT, REPLY_RECV, bh_svc_reply_recv(ENDPOINT, bh_deadline(SOON_US), &message));
    SAME(bh_tod() - start >= UINT64_C(1) * SOON_US * BH_TOD_PER_US, true);
    must_be_answered();
}

/* Worker B's bound notification ends its RECV, whether it waits already or not. */
static void notify_server(void)
{
    SAME(serve((struct job){.kind = JOB_RECV, .deadline = BH_NO_DEADLINE}), false);
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(BOUND_B));
    SAME(worker_done(&worker_b), true);
    EXPECT_CALL(NOTIFIED, RECV, worker_b.error);
    SAME(worker_b.message.badge, BITS);
    SAME(ask(), false);
    SAME(serve((struct job){.kind = JOB_RECV}), true);
    must_be_asked(worker_b.error, &worker_b.message);
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(BOUND_B));
    SAME(serve((struct job){.kind = JOB_REPLY_RECV, .deadline = BH_NO_DEADLINE}), true);
    EXPECT_CALL(NOTIFIED, REPLY_RECV, worker_b.error);
    SAME(worker_b.message.badge, BITS);
    must_be_answered();
}

static void time_out(void)
{
    uint64_t bits;
    uint64_t start = bh_tod();

    EXPECT_CALL(TIMEOUT, RECV, bh_svc_recv(ENDPOINT, 0, &message));
    EXPECT_CALL(TIMEOUT, WAIT, bh_svc_wait(NOTIFICATION, 0, &bits));
    EXPECT_CALL(TIMEOUT, RECV, bh_svc_recv(ENDPOINT, bh_deadline(SOON_US), &message));
    EXPECT_CALL(TIMEOUT, WAIT, bh_svc_wait(NOTIFICATION, bh_deadline(SOON_US), &bits));
    SAME(bh_tod() - start >= UINT64_C(2) * SOON_US * BH_TOD_PER_US, true);
}

/* Bits are collected, and taken as a whole by who waits. */
static void signal_and_wait(void)
{
    uint64_t bits = 0;

    if (phase == BEFORE)
        grant(SPARE, NOTIFICATION, BH_R_NOTIFICATION_SIGNAL, MORE_BITS);
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(NOTIFICATION));
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(SPARE));
    EXPECT_CALL(OK, WAIT, bh_svc_wait(NOTIFICATION, BH_NO_DEADLINE, &bits));
    SAME(bits, BITS | MORE_BITS);
    EXPECT_CALL(TIMEOUT, WAIT, bh_svc_wait(NOTIFICATION, 0, &bits));
    SAME(worker_start(
             &worker_b,
             (struct job){.kind = JOB_WAIT, .cap = NOTIFICATION, .deadline = BH_NO_DEADLINE}),
         false);
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(NOTIFICATION));
    SAME(worker_done(&worker_b), true);
    EXPECT_CALL(OK, WAIT, worker_b.error);
    SAME(worker_b.message.badge, BITS);
    EXPECT_CALL(TIMEOUT, WAIT, bh_svc_wait(NOTIFICATION, 0, &bits));
}

void ipc_both(void)
{
    null_and_unknown();
    answer_here();
    answer_there();
    answer_until();
    notify_server();
    time_out();
    signal_and_wait();
}
