/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reply: the one-shot right to answer the call that a thread took last. It is the thread's own
 * (thread_caller) and no capability names it, so it can neither be copied nor kept. Belongs to:
 * kernel.
 */
#ifndef KERNEL_REPLY_H
#define KERNEL_REPLY_H

#include "kernel/object/thread.h"
#include "kernel/sched/ready.h"

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

/* Answer the call that t holds with t's words. Requires: it holds one. If the answer stops the
 * partition, t may be in it: look at its state afterwards. */
void reply_answer(uint32_t t);

/* The same if a thread made the call, which is most of the time. */
static inline void reply_words(uint32_t t)
{
    uint32_t client = (uint32_t)thread_caller(t);

    thread_caller(t) = NOBODY;
    thread_server(client) = NOBODY;
    reply_copy_words(t, client);
    thread_error(client, BH_E_OK);
    ready_wake(client);
}

/* The call REPLY. */
void reply_call(uint32_t t);

#endif
