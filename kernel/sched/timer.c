/* SPDX-License-Identifier: BSD-2-Clause */
/* Deadlines and slices. Belongs to: kernel. */
#include "kernel/sched/timer.h"
#include "kernel/machine.h"
#include "kernel/object/later.h"
#include "kernel/object/portal.h"
#include "kernel/object/thread.h"
#include "kernel/sched/ready.h"

#define LATER_STEP (1000u * (uint64_t)BH_TOD_PER_US)

uint64_t timer_armed;
uint64_t timer_at[THREADS];
uint64_t timer_slice = 10000u * (uint64_t)BH_TOD_PER_US;
static uint64_t slice_end;
static uint32_t slice_owner =
    NOBODY;                   /* ran when the slice began; NOBODY: nobody was let off then */
static uint32_t slice_spared; /* 1: the thread that ran when the last slice ended went on */
static uint64_t next;
static uint64_t step_at = BH_NO_DEADLINE; /* of the next step of the kernel's own work */

static void set_next(uint64_t at)
{
    next = at;
    hw_timer(at);
}

void timer_arm(uint32_t t, uint64_t at)
{
    if (at == BH_NO_DEADLINE) {
        return;
    }
    timer_at[t] = at;
    timer_armed |= bit_of(t);
    if (at < next) {
        set_next(at);
    }
}

void timer_later(void)
{
    if (step_at != BH_NO_DEADLINE) {
        return;
    }
    step_at = hw_time();
    if (step_at < next) {
        set_next(step_at);
    }
}

static void expire(uint32_t t)
{
    timer_cancel(t);
    if (thread_state(t) == THREAD_RECEIVING || thread_state(t) == THREAD_WAITING) {
        thread_release(t, BH_E_TIMEOUT);
    } else {
        portal_timeout(t);
    }
}

static uint64_t serve_due(uint64_t now)
{
    uint64_t earliest = slice_end;
    uint64_t rest = timer_armed;
    uint32_t i, t;

    for (i = 0; i < THREADS && rest != 0; i++) {
        t = first_of(rest);
        rest &= ~bit_of(t);
        if ((timer_armed & bit_of(t)) != 0 && timer_at[t] <= now) {
            expire(t);
        }
        if ((timer_armed & bit_of(t)) != 0 && timer_at[t] < earliest) {
            earliest = timer_at[t];
        }
    }
    return earliest < step_at ? earliest : step_at;
}

/* At most one step in LATER_STEP, whatever waits: that is all that it costs the others. */
static void step(uint64_t now)
{
    if (step_at <= now) {
        step_at = later_step() != 0 ? now + LATER_STEP : BH_NO_DEADLINE;
    }
}

/* The slice is over. A thread that began to run within it is spared once: else another one could
 * run for nearly the whole slice, wait for its end, and be woken by it, again and again. */
static void turn(void)
{
    if (current == NOBODY || thread_state(current) != THREAD_READY) {
        return;
    }
    if (current == slice_owner || slice_spared != 0) {
        slice_owner = NOBODY;
        slice_spared = 0;
        ready_yield(current);
    } else {
        slice_owner = current;
        slice_spared = 1;
    }
}

void timer_interrupt(void)
{
    uint64_t now = hw_time();

    if (now >= slice_end) {
        slice_end = now + timer_slice;
        turn();
    }
    step(now);
    set_next(serve_due(now));
}

void timer_start(void)
{
    slice_end = hw_time() + timer_slice;
    set_next(slice_end);
}
