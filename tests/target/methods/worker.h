/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: two more threads of its own, which make the calls that would block the
 * main one. Belongs to: test.
 *
 * Both share the space and the capability table of the main thread and are as urgent: a job that
 * does not block is done when worker_start returns, because that lets them run. Worker A has a
 * message buffer, B has none.
 */
#ifndef METHODS_WORKER_H
#define METHODS_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "libs/stubs/stubs.h"

enum job_kind {
    JOB_INVOKE,
    JOB_CALL,
    JOB_RECV,
    JOB_REPLY,
    JOB_REPLY_RECV,
    JOB_WAIT,
    JOB_FAULT /* load from an address that is not mapped; go on when a handler says so */
};

struct job {
    enum job_kind kind;
    uint64_t cap, method, deadline;
    uint64_t argument[BH_ARGUMENTS];
    uint64_t word[BH_MESSAGE_WORDS];
};

struct worker {
    uint64_t jobs;   /* slot of the notification that says: there is a job */
    uint64_t thread; /* its own slot */
    struct job job;
    volatile bool done; /* see worker_done */
    uint64_t error;     /* of the job that is done, and its results */
    struct bh_results results;
    struct bh_message message;
};

extern struct worker worker_a, worker_b;

/* Creates both, with their notifications, and lets them wait for jobs. */
void workers_create(void);

/* Lets the thread in this slot run until it cannot go on. */
void settle(uint64_t thread);

/* Whether its job is done, after it had time for it. */
bool worker_done(struct worker *worker);

/* Hands over a job; whether it is done already. Requires: the job before is done. */
bool worker_start(struct worker *worker, struct job job);

/* The same for a job that cannot block. */
void worker_do(struct worker *worker, struct job job);

/* EXPECT_BY(worker, error, cap, method, ...): as EXPECT of check.h, by that worker. */
#define EXPECT_BY(worker, error, cap, method, ...)                                                 \
    expect_by(__FILE__, __LINE__, (worker), BH_E_##error, (cap), BH_M_##method,                    \
              BH_ARGUMENT_LIST(__VA_ARGS__))

bool expect_by(const char *file, int line, struct worker *worker, uint64_t error, uint64_t cap,
               uint64_t method, const uint64_t arguments[BH_ARGUMENTS]);

#endif
