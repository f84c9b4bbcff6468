/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reply: the one-shot right to answer the call that a thread took last. It is the thread's own
 * (thread_caller), so it can neither be copied nor kept. Belongs to: kernel.
 */
#ifndef KERNEL_REPLY_H
#define KERNEL_REPLY_H

#include "kernel/object/thread.h"

/* GR4 to GR7 from one thread to the other. */
static inline void reply_copy_words(uint32_t from, uint32_t to)
{
    uint64_t source = from * SAVE_WORDS + SAVE_GR + 4u;
    uint64_t target = to * SAVE_WORDS + SAVE_GR + 4u;

    thread_save[target] = thread_save[source];
    thread_save[target + 1u] = thread_save[source + 1u];
    thread_save[target + 2u] = thread_save[source + 2u];
    thread_save[target + 3u] = thread_save[source + 3u];
}

/* The words of the event that the kernel sends for thread from. */
static inline void reply_copy_event(uint32_t from, uint32_t to)
{
    uint64_t source = from * (uint64_t)BH_MESSAGE_WORDS;
    uint64_t target = to * SAVE_WORDS + SAVE_GR + 4u;

    thread_save[target] = thread_words[source];
    thread_save[target + 1u] = thread_words[source + 1u];
    thread_save[target + 2u] = thread_words[source + 2u];
    thread_save[target + 3u] = thread_words[source + 3u];
}

/* Answer the call that t holds with t's words. Requires: it holds one. If the answer stops the
 * partition, t may be in it: look at its state afterwards. */
void reply_answer(uint32_t t);

/* The call REPLY. */
void reply_call(uint32_t t);

uint32_t reply_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
