/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications: a word of bits that signals and interruptions set and one thread takes.
 * Belongs to: kernel.
 */
#ifndef KERNEL_NOTIFICATION_H
#define KERNEL_NOTIFICATION_H

#include "kernel/object/thread.h"

#define NOTIFICATIONS 64u

extern uint64_t notification_word[NOTIFICATIONS];
extern uint64_t notification_waiters[NOTIFICATIONS];
extern uint32_t notification_bound[NOTIFICATIONS]; /* the thread whose RECV it ends, or NOBODY */
extern uint32_t notification_partition[NOTIFICATIONS];
extern uint32_t notification_count;

/* The system calls. */
void notification_signal_call(uint32_t t);
void notification_wait(uint32_t t);

/* Set bits, and wake who waits for them. */
void notification_signal(uint32_t n, uint64_t bits);

/* Hand the bits to thread t as results of its system call. */
void notification_take(uint32_t n, uint32_t t, uint32_t error);

uint32_t notification_ok(uint32_t n);

#endif
