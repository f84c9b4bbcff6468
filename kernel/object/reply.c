/* SPDX-License-Identifier: BSD-2-Clause */
/* Replies. Belongs to: kernel. */
#include "kernel/object/reply.h"
#include "kernel/object/portal.h"

void reply_answer(uint32_t t)
{
    uint32_t client = (uint32_t)thread_caller(t);

    if (thread_event(client) == 0) {
        reply_words(t);
        return;
    }
    thread_caller(t) = NOBODY;
    thread_server(client) = NOBODY;
    portal_answered(client, t);
}

void reply_call(uint32_t t)
{
    if (thread_caller(t) == NOBODY) {
        thread_error(t, BH_E_NO_CALLER);
        return;
    }
    thread_error(t, BH_E_OK);
    reply_answer(t);
}
