/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications: signal, wait. Belongs to: kernel. */
#include "kernel/object/notification.h"
#include "kernel/object/captable.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"

uint64_t notification_word[NOTIFICATIONS];
uint64_t notification_waiters[NOTIFICATIONS];
uint32_t notification_bound[NOTIFICATIONS];
uint32_t notification_partition[NOTIFICATIONS];
uint32_t notification_count;

void notification_take(uint32_t n, uint32_t t, uint32_t error)
{
    thread_error(t, error);
    thread_result(t, 0, notification_word[n]);
    notification_word[n] = 0;
}

void notification_signal(uint32_t n, uint64_t bits)
{
    uint32_t bound = notification_bound[n];
    uint32_t t;

    notification_word[n] |= bits;
    if (notification_word[n] == 0) {
        return;
    }
    if (notification_waiters[n] != 0) {
        t = first_of(notification_waiters[n]);
        notification_waiters[n] &= ~bit_of(t);
        timer_cancel(t);
        notification_take(n, t, BH_E_OK);
        ready_wake(t);
    } else if (bound != NOBODY && thread_state(bound) == THREAD_RECEIVING) {
        thread_release(bound, BH_E_NOTIFIED);
        notification_take(n, bound, BH_E_NOTIFIED);
    }
}

void notification_signal_call(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_SIGNAL);

    thread_error(t, error);
    if (error == BH_E_OK) {
        notification_signal(cap_object[slot], cap_badge[slot]);
    }
}

void notification_wait(uint32_t t)
{
    uint64_t index = thread_index(t);
    uint64_t deadline = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_WAIT);
    uint32_t n = cap_object[slot];

    if (error == BH_E_OK && notification_word[n] != 0) {
        notification_take(n, t, BH_E_OK);
        return;
    }
    if (error != BH_E_OK || deadline == 0) {
        thread_error(t, error != BH_E_OK ? error : BH_E_TIMEOUT);
        return;
    }
    thread_state(t) = THREAD_WAITING;
    thread_object(t) = n;
    notification_waiters[n] |= bit_of(t);
    ready_drop(t);
    timer_arm(t, deadline);
}
