/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: life cycle and inspection. Belongs to: kernel. */
#include "kernel/object/thread.h"
#include "kernel/machine.h"
#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/servers.h"
#include "kernel/object/thread_setup.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"

uint64_t thread_save[THREADS][THREAD_WORDS];
uint32_t thread_count;

/* Out of the queue that its state says. Ensures: t is neither queued nor ready. */
static void leave_queues(uint32_t t)
{
    switch (thread_state(t)) {
    case THREAD_READY:
        ready_drop(t);
        break;
    case THREAD_CALLING:
        endpoint_callers[thread_object(t)] &= ~bit_of(t);
        break;
    case THREAD_RECEIVING:
        endpoint_receivers[thread_object(t)] &= ~bit_of(t);
        break;
    case THREAD_WAITING:
        notification_waiters[thread_object(t)] &= ~bit_of(t);
        break;
    default:
        break;
    }
    timer_cancel(t);
}

void thread_release(uint32_t t, uint32_t error)
{
    leave_queues(t);
    thread_error(t, error);
    ready_wake(t);
}

/* Who waits for t's answer learns that none will come. An event cannot be told: its thread, which
 * this returns, cannot go on. */
static uint32_t fail_caller(uint32_t t)
{
    uint32_t client = (uint32_t)thread_caller(t);

    if (client == NOBODY) {
        return NOBODY;
    }
    thread_caller(t) = NOBODY;
    thread_server(client) = NOBODY;
    if (thread_event(client) != 0) {
        return client;
    }
    thread_release(client, BH_E_STOPPED);
    return NOBODY;
}

uint32_t thread_end(uint32_t t)
{
    uint32_t orphan;

    if (thread_state(t) == THREAD_FREE || thread_state(t) == THREAD_ENDED) {
        return NOBODY;
    }
    leave_queues(t);
    thread_state(t) = THREAD_ENDED;
    thread_event(t) = 0;
    if (t == THREAD_INIT && partition_sealed == 0) {
        hw_not_built();
    }
    orphan = fail_caller(t);
    if (thread_server(t) != NOBODY) {
        thread_caller(thread_server(t)) = NOBODY;
        thread_server(t) = NOBODY;
    }
    servers_lose(t);
    return orphan;
}

static uint32_t start(uint32_t object)
{
    if (thread_state(object) != THREAD_SET || partition_stopped[thread_partition(object)] != 0) {
        return BH_E_STATE;
    }
    ready_wake(object);
    return BH_E_OK;
}

static uint32_t stop(uint32_t t, uint32_t object)
{
    uint32_t orphan;

    if (thread_state(object) == THREAD_ENDED) {
        return BH_E_OK;
    }
    audit_add(BH_AUDIT_THREAD_STOP, object, t, 0);
    orphan = thread_end(object);
    if (orphan != NOBODY) {
        partition_stop((uint32_t)thread_partition(orphan), BH_AUDIT_THREAD_STOP, object);
    }
    return BH_E_OK;
}

static uint32_t inspect(uint32_t t, uint32_t object)
{
    uint32_t bound = thread_bound(object);

    thread_result(t, 0, thread_state(object));
    thread_result(t, 1, thread_priority(object));
    thread_result(t, 2, thread_partition(object));
    thread_result(t, 3, thread_captable(object) * 256u + thread_space(object));
    thread_result(t, 4, bound == NOBODY ? 0u : bound + 1u);
    return BH_E_OK;
}

uint32_t thread_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_THREAD_CONFIGURE:
        return thread_configure(t, object);
    case BH_M_THREAD_BIND:
        return thread_bind(t, object);
    case BH_M_THREAD_PORTAL:
        return thread_set_portal(t, object);
    case BH_M_THREAD_START:
        return start(object);
    case BH_M_THREAD_STOP:
        return stop(t, object);
    case BH_M_THREAD_INSPECT:
        return inspect(t, object);
    case BH_M_THREAD_START_INSPECT:
        return thread_inspect_start(t, object);
    case BH_M_THREAD_PORTAL_INSPECT:
        return thread_inspect_portal(t, object);
    default:
        return BH_E_METHOD;
    }
}
