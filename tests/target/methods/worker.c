/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: the two helping threads. Belongs to: test. */
#include "tests/target/methods/worker.h"

#include <string.h>

#include "tests/target/methods/check.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"

#define PRIORITY 31u /* as the first process has */
#define TURNS 10000u
#define STATE_READY 3u /* of THREAD_INSPECT */
#define STACK 8192u
#define FRAME 160u /* the register save area that the first function expects above its own */
#define NOWHERE ((const volatile uint64_t *)0x7000000)

static char stack_a[STACK] __attribute__((aligned(8)));
static char stack_b[STACK] __attribute__((aligned(8)));
static char message_a[BH_PAGE_SIZE] __attribute__((aligned(BH_PAGE_SIZE)));

struct worker worker_a = {.jobs = JOBS_A, .thread = WORKER_A};
struct worker worker_b = {.jobs = JOBS_B, .thread = WORKER_B};

static uint64_t do_job(struct worker *worker)
{
    struct job *job = &worker->job;

    switch (job->kind) {
    case JOB_INVOKE:
        return bh_svc_invoke(job->cap, job->method, job->argument, &worker->results);
    case JOB_CALL:
        return bh_svc_call(job->cap, worker->message.word);
    case JOB_RECV:
        return bh_svc_recv(job->cap, job->deadline, &worker->message);
    case JOB_REPLY:
        return bh_svc_reply(worker->message.word);
    case JOB_REPLY_RECV:
        return bh_svc_reply_recv(job->cap, job->deadline, &worker->message);
    case JOB_WAIT:
        return bh_svc_wait(job->cap, job->deadline, &worker->message.badge);
    case JOB_FAULT:
        return *NOWHERE;
    }
    return BH_E_CALL;
}

static _Noreturn void work(struct worker *worker)
{
    uint64_t bits;

    for (;;) {
        bh_svc_wait(worker->jobs, BH_NO_DEADLINE, &bits);
        memcpy(worker->message.word, worker->job.word, sizeof(worker->job.word));
        worker->error = do_job(worker);
        worker->done = true;
    }
}

static void create(struct worker *worker, char *stack, uint64_t message)
{
    create_notification(worker->jobs, BH_INIT_PARTITION, 1);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, worker->thread, BH_INIT_CAPTABLE,
           BH_INIT_SPACE, PRIORITY, 0);
    EXPECT(OK, worker->thread, THREAD_CONFIGURE, (uintptr_t)work, (uintptr_t)stack + STACK - FRAME,
           (uintptr_t)worker, message);
    EXPECT(OK, worker->thread, THREAD_START);
    worker->done = true;
}

void workers_create(void)
{
    create(&worker_a, stack_a, (uintptr_t)message_a / BH_PAGE_SIZE);
    create(&worker_b, stack_b, UINT64_MAX);
}

/* Once is not enough if a slice ends meanwhile. */
void settle(uint64_t thread)
{
    struct bh_results results = {.gr3 = STATE_READY};

    for (unsigned i = 0; i < TURNS && results.gr3 == STATE_READY; i++) {
        bh_svc_yield();
        bh_thread_inspect(thread, &results);
    }
}

bool worker_done(struct worker *worker)
{
    settle(worker->thread);
    return worker->done;
}

bool worker_start(struct worker *worker, struct job job)
{
    SAME(worker_done(worker), true);
    worker->job = job;
    worker->done = false;
    EXPECT_CALL(OK, SIGNAL, bh_svc_signal(worker->jobs));
    return worker_done(worker);
}

void worker_do(struct worker *worker, struct job job)
{
    SAME(worker_start(worker, job), true);
}

bool expect_by(const char *file, int line, struct worker *worker, uint64_t error, uint64_t cap,
               uint64_t method, const uint64_t arguments[BH_ARGUMENTS])
{
    struct job job = {.kind = JOB_INVOKE, .cap = cap, .method = method};

    memcpy(job.argument, arguments, sizeof(job.argument));
    worker_do(worker, job);
    return judge_result(file, line, method, worker->error, error);
}
