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

/* The save area, in 8-byte words: GR0-15, PSW, FPC, FPR0-15, AR0-15. The assembler knows it. */
#define SAVE_WORDS UINT64_C(64) /* 64 bits wide, so that the index of a field is one displacement */
#define SAVE_GR 0u
#define SAVE_PSW_MASK 16u
#define SAVE_PSW_ADDRESS 17u
#define SAVE_FPC 18u
#define SAVE_FPR 20u
#define SAVE_AR 36u

enum thread_state {
    THREAD_FREE,      /* not created */
    THREAD_NEW,       /* created, not configured */
    THREAD_SET,       /* configured, not started */
    THREAD_READY,     /* runs when the schedule says so */
    THREAD_CALLING,   /* queued at an endpoint, nobody took its call yet */
    THREAD_ANSWERING, /* a server holds its call */
    THREAD_RECEIVING, /* a server without work */
    THREAD_WAITING,   /* at a notification */
    THREAD_ENDED
};

extern uint64_t thread_save[THREADS * SAVE_WORDS];
extern uint32_t thread_state[THREADS];
extern uint32_t thread_priority[THREADS];
extern uint32_t thread_partition[THREADS];
extern uint32_t thread_captable[THREADS];
extern uint32_t thread_space[THREADS];
extern uint32_t thread_flags[THREADS];
extern uint32_t thread_object[THREADS];  /* endpoint or notification it is queued at */
extern uint32_t thread_caller[THREADS];  /* Reply: whose call it holds, or NOBODY */
extern uint32_t thread_server[THREADS];  /* who holds its call, or NOBODY */
extern uint32_t thread_bound[THREADS];   /* bound notification, or NOBODY */
extern uint64_t thread_badge[THREADS];   /* badge of its pending call */
extern uint32_t thread_event[THREADS];   /* reason, if the kernel made its pending call; else 0 */
extern uint64_t thread_words[THREADS * BH_MESSAGE_WORDS]; /* the message of such a call */
extern uint64_t thread_message[THREADS]; /* absolute address of the message buffer; 0 none */
extern uint32_t thread_vcpu[THREADS];    /* the guest processor that it is, or NOBODY */
extern uint32_t thread_count;

/* Argument k (0 to 5) of the system call that thread t makes. */
static inline uint64_t thread_argument(uint32_t t, uint32_t k)
{
    return thread_save[t * SAVE_WORDS + SAVE_GR + 4u + (uint64_t)k];
}

/* Result k (0: GR3 to 4: GR7). */
static inline void thread_result(uint32_t t, uint32_t k, uint64_t value)
{
    thread_save[t * SAVE_WORDS + SAVE_GR + 3u + (uint64_t)k] = value;
}

static inline void thread_error(uint32_t t, uint32_t error)
{
    thread_save[t * SAVE_WORDS + SAVE_GR + 2u] = error;
}

/* Take thread t out of every queue, and make it ready with this error in GR2. */
void thread_release(uint32_t t, uint32_t error);

/* End it for good: its callers get STOPPED, its own call is forgotten.
 * Returns 1 if an event of its partition can no longer be answered: then stop the partition. */
uint32_t thread_end(uint32_t t);

uint32_t thread_invoke(uint32_t t, uint32_t object, uint32_t method);

/* 1 if the thread's fields agree with each other (see thread_ok.c). */
uint32_t thread_ok(uint32_t t);

#endif
