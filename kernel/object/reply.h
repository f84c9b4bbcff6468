/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reply: the one-shot right to answer the call that a thread took last. It is the thread's own
 * (thread_caller) and no capability names it, so it can neither be copied nor kept. Belongs to:
 * kernel.
 */
#ifndef KERNEL_REPLY_H
#define KERNEL_REPLY_H

#include "kernel/object/portal.h"
#include "kernel/object/thread.h"

/* GR4 to GR7 from one thread to the other. */
static inline void reply_copy_words(uint32_t from, uint32_t to)
{
    THREAD_WORD(to, 4u) = THREAD_WORD(from, 4u);
    THREAD_WORD(to, 5u) = THREAD_WORD(from, 5u);
    THREAD_WORD(to, 6u) = THREAD_WORD(from, 6u);
    THREAD_WORD(to, 7u) = THREAD_WORD(from, 7u);
}

static inline void reply_put_words(uint32_t to, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3)
{
    THREAD_WORD(to, 4u) = w0;
    THREAD_WORD(to, 5u) = w1;
    THREAD_WORD(to, 6u) = w2;
    THREAD_WORD(to, 7u) = w3;
}

/* The call that t holds is answered: t and its client, which this returns, are apart again. */
static inline uint32_t reply_use(uint32_t t)
{
    uint32_t client = (uint32_t)thread_caller(t);

    thread_caller(t) = NOBODY;
    thread_server(client) = NOBODY;
    return client;
}

/* The answer of t to a call that a thread made. */
static inline void reply_words(uint32_t t, uint32_t client)
{
    reply_copy_words(t, client);
    thread_error(client, BH_E_OK);
}

/* Answer the call that t holds with t's words. Requires: it holds one. Returns the client, which is
 * to be made ready; or NOBODY, if the answer stopped its partition: then look at the state of t,
 * which may be in it. */
static inline uint32_t reply_answer(uint32_t t)
{
    uint32_t client = reply_use(t);

    if (thread_event(client) != 0) {
        return portal_answered(client, t) != 0 ? client : NOBODY;
    }
    reply_words(t, client);
    return client;
}

/* The call REPLY. */
void reply_call(uint32_t t);

#endif
