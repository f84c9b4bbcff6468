/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of Thread, Endpoint and Notification. Errors, units and names:
 * libs/stubs/stubs.h. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_THREAD_H
#define BH_STUBS_THREAD_H

#include "libs/stubs/invoke.h"

/* Virtual addresses of the first instruction and of the stack's end, GR2 at the start, and the
 * virtual page of the message buffer, or all ones for none. */
static inline uint64_t bh_thread_configure(uint64_t cap, uint64_t entry, uint64_t stack,
                                           uint64_t argument, uint64_t message_page)
{
    return BH_PLAIN(cap, THREAD_CONFIGURE, entry, stack, argument, message_page);
}

/* Signals to the notification also end the thread's receive. */
static inline uint64_t bh_thread_bind(uint64_t cap, uint64_t notification_slot)
{
    return BH_PLAIN(cap, THREAD_BIND, notification_slot);
}

/* Deliver an enum bh_reason of the thread there; an answer is due within 1 to 10,000,000
 * microseconds. */
static inline uint64_t bh_thread_portal(uint64_t cap, uint64_t reason, uint64_t endpoint_slot,
                                        uint64_t microseconds)
{
    return BH_PLAIN(cap, THREAD_PORTAL, reason, endpoint_slot, microseconds);
}

/* Make it ready for the first time. */
static inline uint64_t bh_thread_start(uint64_t cap)
{
    return BH_PLAIN(cap, THREAD_START, 0);
}

/* End it for good. */
static inline uint64_t bh_thread_stop(uint64_t cap)
{
    return BH_PLAIN(cap, THREAD_STOP, 0);
}

/* GR3 enum bh_state, GR4 priority, GR5 partition, GR6 capability table * 256 + space, GR7 bound
 * notification + 1. */
static inline uint64_t bh_thread_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, THREAD_INSPECT, results, 0);
}

/* GR3 endpoint + 1 (0 none), GR4 badge, GR5 microseconds. */
static inline uint64_t bh_thread_portal_inspect(uint64_t cap, uint64_t reason,
                                                struct bh_results *results)
{
    return BH_INVOKE(cap, THREAD_PORTAL_INSPECT, results, reason);
}

/* Before it was started: GR3 first instruction, GR4 end of the stack, GR5 its GR2, GR6 frame of the
 * message buffer (0 none), GR7 BH_THREAD_* flags. */
static inline uint64_t bh_thread_start_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, THREAD_START_INSPECT, results, 0);
}

/* The partition that owns the endpoint goes to *owner. */
static inline uint64_t bh_endpoint_inspect(uint64_t cap, uint64_t *owner)
{
    return BH_VALUE(cap, ENDPOINT_INSPECT, owner, 0);
}

/* GR3 owner, GR4 thread whose receive its signals end + 1, 0 if none. */
static inline uint64_t bh_notification_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, NOTIFICATION_INSPECT, results, 0);
}

#endif
