/* SPDX-License-Identifier: BSD-2-Clause */
/* System calls. Belongs to: kernel. */
#include "kernel/object/call.h"
#include "kernel/machine.h"
#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/invoke.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/reply.h"
#include "kernel/sched/ready.h"

/* Out of line, so that the dispatch below needs no stack frame. */
static __attribute__((noinline)) void end_thread(uint32_t t)
{
    uint32_t orphan;

    audit_add(BH_AUDIT_THREAD_END, t, thread_argument(t, 0), 0);
    if (t == THREAD_INIT && thread_argument(t, 0) != 0 && partition_sealed != 0) {
        hw_not_built(); /* it sealed, but could not start everything */
    }
    orphan = thread_end(t);
    if (orphan != NOBODY) {
        partition_stop((uint32_t)thread_partition(orphan), BH_AUDIT_THREAD_END, t);
    }
}

static __attribute__((noinline)) void yield(uint32_t t)
{
    thread_error(t, BH_E_OK);
    ready_yield(t);
}

static __attribute__((noinline)) void unknown(uint32_t t)
{
    thread_error(t, BH_E_CALL);
}

static __attribute__((noinline)) void serve_other(uint32_t t, uint32_t number)
{
    switch (number) {
    case BH_CALL_NULL:
        thread_error(t, BH_E_OK);
        break;
    case BH_CALL_RECV:
        endpoint_recv(t);
        break;
    case BH_CALL_REPLY:
        reply_call(t);
        break;
    case BH_CALL_SIGNAL:
        notification_signal_call(t);
        break;
    case BH_CALL_WAIT:
        notification_wait(t);
        break;
    case BH_CALL_YIELD:
        yield(t);
        break;
    case BH_CALL_EXIT:
        end_thread(t);
        break;
    default:
        unknown(t);
        break;
    }
}

/* Those that come most do not pass the table of jumps, which costs more than they do here. */
void call_serve(uint32_t t, uint32_t number)
{
    if (number == BH_CALL_CALL) {
        endpoint_call(t);
    } else if (number == BH_CALL_INVOKE) {
        invoke(t);
    } else if (number == BH_CALL_REPLY_RECV) {
        endpoint_reply_recv(t);
    } else {
        serve_other(t, number);
    }
}
