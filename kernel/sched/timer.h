/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Deadlines: at most one per thread (RECV, WAIT, or an event's answer), the slice of the running
 * thread, and steps of the kernel's own work (later.h). Belongs to: kernel. Times are TOD clock
 * values.
 */
#ifndef KERNEL_TIMER_H
#define KERNEL_TIMER_H

#include "kernel/object/bits.h"

extern uint64_t timer_armed; /* threads with a deadline */
extern uint64_t timer_at[64];
extern uint64_t timer_slice; /* length of a slice */

/* Requires: t has no deadline. All ones arms nothing. */
void timer_arm(uint32_t t, uint64_t at);

/* The comparator may now come too early: harmless, and cheaper than searching. */
static inline void timer_cancel(uint32_t t)
{
    timer_armed &= ~bit_of(t);
}

/* The clock comparator interrupted: serve what is due, set up the next. */
void timer_interrupt(void);

/* Work for later_step() waits: the first step comes as soon as interruptions are possible. */
void timer_later(void);

/* First use. */
void timer_start(void);

#endif
