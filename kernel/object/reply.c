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
