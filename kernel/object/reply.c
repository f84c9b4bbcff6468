/* SPDX-License-Identifier: BSD-2-Clause */
/* Replies. Belongs to: kernel. */
#include "kernel/object/reply.h"
#include "kernel/object/portal.h"
#include "kernel/sched/ready.h"

void reply_answer(uint32_t t)
{
    uint32_t client = thread_caller[t];

    thread_caller[t] = NOBODY;
    thread_server[client] = NOBODY;
    if (thread_event[client] != 0) {
        portal_answered(client, t);
        return;
    }
    reply_copy_words(t, client);
    thread_error(client, BH_E_OK);
    thread_state[client] = THREAD_READY;
    ready_add(client);
}

void reply_call(uint32_t t)
{
    if (thread_caller[t] == NOBODY) {
        thread_error(t, BH_E_NO_CALLER);
        return;
    }
    thread_error(t, BH_E_OK);
    reply_answer(t);
}

uint32_t reply_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (method != BH_M_REPLY_INSPECT) {
        return BH_E_METHOD;
    }
    thread_result(t, 0, thread_caller[object] == NOBODY ? 0u : thread_caller[object] + 1u);
    return BH_E_OK;
}
