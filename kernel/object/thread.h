/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads: what is scheduled. A thread's registers live in one save area that the trap entry
 * fills; the message words of IPC are GR4 to GR7 in it. Belongs to: kernel.
 */
#ifndef KERNEL_THREAD_H
#define KERNEL_THREAD_H

#include "kernel/object/bits.h"
#include "libs/abi/abi.h"

#define THREADS 64u
#define THREAD_INIT 0u /* of init */

/* Everything about a thread is one row of words: first the save area that the trap entry fills
 * (GR0-15, PSW, FPC, FPR0-15, AR0-15; the assembler knows it), then the fields below. One row, so
 * that all of them are displacements from one address. */
#define THREAD_WORDS 64u
#define SAVE_GR 0u
#define SAVE_PSW_MASK 16u
#define SAVE_PSW_ADDRESS 17u
#define SAVE_FPC 18u
#define SAVE_FPR 20u
#define SAVE_AR 36u
#define THREAD_SPACE 48u /* fields that the switch reads by their places */
#define THREAD_VCPU 61u
#define THREAD_ROOT 62u
#define THREAD_KEY 63u

#define STATE(name, number, text) THREAD_##name = (number),
enum thread_state {
#include "libs/abi/states.def"
};
#undef STATE

extern uint64_t thread_save[THREADS][THREAD_WORDS];
extern uint32_t thread_count;

#define THREAD_WORD(t, word) thread_save[t][word]
#define thread_state(t) THREAD_WORD(t, 44u)
#define thread_priority(t) THREAD_WORD(t, 45u)
#define thread_partition(t) THREAD_WORD(t, 46u)
#define thread_captable(t) THREAD_WORD(t, 47u)
#define thread_space(t) THREAD_WORD(t, THREAD_SPACE)
#define thread_flags(t) THREAD_WORD(t, 49u)
#define thread_object(t) THREAD_WORD(t, 50u) /* endpoint or notification it is queued at */
#define thread_caller(t) THREAD_WORD(t, 51u) /* Reply: whose call it holds, or NOBODY */
#define thread_server(t) THREAD_WORD(t, 52u) /* who holds its call, or NOBODY */
#define thread_bound(t) THREAD_WORD(t, 53u)  /* bound notification, or NOBODY */
#define thread_badge(t) THREAD_WORD(t, 54u)  /* badge of its pending call */
#define thread_event(t)                                                                            \
    THREAD_WORD(t, 55u) /* reason, if the kernel made its pending call; or 0                       \
                         */
#define thread_word(t, k) THREAD_WORD(t, 56u + (k)) /* the four words of such a call */
#define thread_message(t) THREAD_WORD(t, 60u) /* absolute address of the message buffer; 0 none */
#define thread_vcpu(t) THREAD_WORD(t, THREAD_VCPU) /* the guest processor that it is, or NOBODY */
#define thread_root(t) THREAD_WORD(t, THREAD_ROOT) /* space_root of its space */
#define thread_key(t)                                                                              \
    THREAD_WORD(t, THREAD_KEY) /* what a switch depends on: partition * 4 + flags */

/* The capability that thread t names in the system call that it makes. */
static inline uint64_t thread_index(uint32_t t)
{
    return THREAD_WORD(t, SAVE_GR + 2u);
}

/* Argument k (0 to 5) of the system call that thread t makes. */
static inline uint64_t thread_argument(uint32_t t, uint32_t k)
{
    return THREAD_WORD(t, SAVE_GR + 4u + k);
}

/* Result k (0: GR3 to 4: GR7). */
static inline void thread_result(uint32_t t, uint32_t k, uint64_t value)
{
    THREAD_WORD(t, SAVE_GR + 3u + k) = value;
}

static inline void thread_error(uint32_t t, uint32_t error)
{
    THREAD_WORD(t, SAVE_GR + 2u) = error;
}

/* Take thread t out of every queue, and make it ready with this error in GR2. */
void thread_release(uint32_t t, uint32_t error);

/* End it for good: its callers get STOPPED, its own call is forgotten. Returns the thread whose
 * event can no longer be answered, or NOBODY: stop the partition of that thread. */
uint32_t thread_end(uint32_t t);

uint32_t thread_invoke(uint32_t t, uint32_t object, uint32_t method);

/* 1 if the thread's fields agree with each other (see thread_ok.c). */
uint32_t thread_ok(uint32_t t);

#endif
