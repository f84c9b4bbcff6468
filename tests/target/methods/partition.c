/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: partitions: discovery, inspection, and stopping one whose thread holds a
 * call. Belongs to: test.
 */
#include <string.h>

#include "drivers/zpci/clp.h"
#include "libs/rt/rt.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"

#define STATE_ANSWERING 5u /* of THREAD_INSPECT */
#define STATE_ENDED 8u

static const struct job call_victim = {.kind = JOB_CALL};

static void refuse_clp(void)
{
    uint8_t *block = bh_message_buffer();

    clp_list_request(block, 0);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, 0);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, 56);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, 4095);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, 4104);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, 128); /* the response does not fit */
    clp_set_request(block, 0, CLP_SET_ENABLE);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
    memset(block, 0, CLP_BLOCK_SIZE);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
    EXPECT_BY(&worker_b, STATE, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
}

/* Both disks are in the list. */
static void list_functions(void)
{
    uint8_t *block = bh_message_buffer();
    struct clp_list list = {0};
    struct clp_entry entry;
    uint32_t fids = 0;

    clp_list_request(block, 0);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
    SAME(got.gr3, 0);
    SAME(clp_list_parse(block, &list), ZPCI_OK);
    for (uint16_t i = 0; i < list.count; i++) {
        clp_list_entry(block, i, &entry);
        fids |= UINT32_C(1) << entry.fid % 32;
    }
    SAME(fids, UINT32_C(1) << FID_1 | UINT32_C(1) << FID_2);
}

void partition_before(void)
{
    refuse_clp();
    list_functions();
}

static uint64_t state_of(uint64_t thread)
{
    EXPECT(OK, thread, THREAD_INSPECT);
    return got.gr3;
}

static void must_be_stopped(struct worker *worker)
{
    SAME(worker_done(worker), true);
    EXPECT_CALL(STOPPED, CALL, worker->error);
}

/* The server holds the call of worker A; that of worker B waits behind it. */
static void call_twice(void)
{
    struct job job = call_victim;

    job.cap = VICTIM_ENDPOINT + phase;
    EXPECT(OK, VICTIM_THREAD + phase, THREAD_START);
    settle(VICTIM_THREAD + phase);
    SAME(worker_start(&worker_a, job), false);
    settle(VICTIM_THREAD + phase);
    SAME(worker_start(&worker_b, job), false);
    SAME(state_of(WORKER_A), STATE_ANSWERING);
}

static void stop_thread(void)
{
    EXPECT(OK, VICTIM_THREAD + phase, THREAD_STOP);
    SAME(state_of(VICTIM_THREAD + phase), STATE_ENDED);
    must_be_stopped(&worker_a);
    SAME(worker_done(&worker_b), false);
}

static void stop_partition(void)
{
    struct job job = call_victim;

    EXPECT(OK, VICTIM + phase, PARTITION_INSPECT);
    SAME(got.gr4, 0);
    EXPECT(OK, VICTIM + phase, PARTITION_STOP);
    EXPECT(OK, VICTIM + phase, PARTITION_INSPECT);
    SAME(got.gr4, 1);
    SAME(state_of(VICTIM_THREAD + phase), STATE_ENDED);
    must_be_stopped(&worker_a);
    must_be_stopped(&worker_b);
    job.cap = VICTIM_ENDPOINT + phase;
    worker_do(&worker_a, job);
    must_be_stopped(&worker_a);
}

/* Once the thread goes first, once the whole partition. */
void partition_both(void)
{
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_INSPECT);
    SAME(got.gr3, 0);
    EXPECT(STATE, BH_INIT_PARTITION, PARTITION_STOP);
    call_twice();
    if (phase == BEFORE)
        stop_thread();
    stop_partition();
    EXPECT(OK, VICTIM + phase, PARTITION_STOP);
}

void partition_after(void)
{
    EXPECT(SEALED, BH_INIT_PARTITION, PARTITION_SEAL);
    EXPECT(SEALED, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
}
