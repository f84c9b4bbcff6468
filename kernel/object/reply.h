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
static inline void reply_copy_words(uint64_t from, uint64_t to)
{
    THREAD_WORD(to, 4u) = THREAD_WORD(from, 4u);
    THREAD_WORD(to, 5u) = THREAD_WORD(from, 5u);
    THREAD_WORD(to, 6u) = THREAD_WORD(from, 6u);
    THREAD_WORD(to, 7u) = THREAD_WORD(from, 7u);
}

/* The words of the event that the kernel sends for thread from. */
static inline void reply_copy_event(uint64_t from, uint64_t to)
{
    THREAD_WORD(to, 4u) = thread_word(from, 0u);
    THREAD_WORD(to, 5u) = thread_word(from, 1u);
    THREAD_WORD(to, 6u) = thread_word(from, 2u);
    THREAD_WORD(to, 7u) = thread_word(from, 3u);
}

/* Answer the call that t holds with t's words. Requires: it holds one. Returns the client, which is
 * to be made ready; or NOBODY, if the answer stopped its partition: then look at the state of t,
 * which may be in it. */
static inline uint32_t reply_answer(uint32_t t)
{
    uint32_t client = (uint32_t)thread_caller(t);

    thread_caller(t) = NOBODY;
    thread_server(client) = NOBODY;
    if (thread_event(client) != 0) {
        return portal_answered(client, t) != 0 ? client : NOBODY;
    }
    reply_copy_words(t, client);
    thread_error(client, BH_E_OK);
    return client;
}

/* The call REPLY. */
void reply_call(uint32_t t);

#endif
