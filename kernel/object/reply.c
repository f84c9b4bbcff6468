/* SPDX-License-Identifier: BSD-2-Clause */
/* Replies. Belongs to: kernel. */
#include "kernel/object/reply.h"
#include "kernel/sched/ready.h"

void reply_call(uint32_t t)
{
    uint32_t client;

    if (thread_caller(t) == NOBODY) {
        thread_error(t, BH_E_NO_CALLER);
        return;
    }
    thread_error(t, BH_E_OK);
    client = reply_answer(t);
    if (client != NOBODY) {
        ready_wake(client);
    }
}

uint32_t reply_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (method != BH_M_REPLY_INSPECT) {
        return BH_E_METHOD;
    }
    thread_result(t, 0, thread_caller(object) == NOBODY ? 0u : thread_caller(object) + 1u);
    return BH_E_OK;
}
