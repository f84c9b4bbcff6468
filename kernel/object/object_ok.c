/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x_ok(): what must hold of each object between two system calls. Run in debug builds, by fuzzers
 * and by the model comparison. Belongs to: kernel.
 */
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/region.h"
#include "kernel/object/thread.h"
#include "kernel/sched/ready.h"

/* Ready in one place only: running or in its set. */
static uint32_t is_ready(uint32_t t)
{
    uint32_t places = (ready_set[thread_priority(t)] & bit_of(t)) != 0 ? 1u : 0u;

    return places + (t == current && thread_state(t) == THREAD_READY ? 1u : 0u);
}

static uint32_t queue_ok(uint32_t t)
{
    uint32_t q = thread_object(t);

    switch (thread_state(t)) {
    case THREAD_CALLING:
        return q < ENDPOINTS && (endpoint_callers[q] & bit_of(t)) != 0;
    case THREAD_RECEIVING:
        return q < ENDPOINTS && (endpoint_receivers[q] & bit_of(t)) != 0;
    case THREAD_WAITING:
        return q < NOTIFICATIONS && (notification_waiters[q] & bit_of(t)) != 0;
    case THREAD_ANSWERING:
        return thread_server(t) != NOBODY;
    default:
        return 1;
    }
}

/* Ready sets hold exactly the ready threads; caller and server name each other. */
uint32_t thread_ok(uint32_t t)
{
    if (thread_state(t) == THREAD_FREE) {
        return t >= thread_count;
    }
    if (is_ready(t) != (thread_state(t) == THREAD_READY ? 1u : 0u) || queue_ok(t) == 0) {
        return 0;
    }
    if (thread_caller(t) != NOBODY && thread_server(thread_caller(t)) != t) {
        return 0;
    }
    return thread_server(t) == NOBODY ||
           (thread_state(t) == THREAD_ANSWERING && thread_caller(thread_server(t)) == t);
}

/* Nobody is queued twice, or queued in another state; no caller waits while a server does. */
uint32_t endpoint_ok(uint32_t e)
{
    uint32_t t;

    if (endpoint_callers[e] != 0 && endpoint_receivers[e] != 0) {
        return 0;
    }
    for (t = 0; t < THREADS; t++) {
        if ((endpoint_callers[e] & bit_of(t)) != 0 &&
            (thread_state(t) != THREAD_CALLING || thread_object(t) != e)) {
            return 0;
        }
        if ((endpoint_receivers[e] & bit_of(t)) != 0 &&
            (thread_state(t) != THREAD_RECEIVING || thread_object(t) != e)) {
            return 0;
        }
    }
    return 1;
}

uint32_t notification_ok(uint32_t n)
{
    uint32_t t;

    if (notification_waiters[n] != 0 && notification_word[n] != 0) {
        return 0;
    }
    for (t = 0; t < THREADS; t++) {
        if ((notification_waiters[n] & bit_of(t)) != 0 &&
            (thread_state(t) != THREAD_WAITING || thread_object(t) != n)) {
            return 0;
        }
    }
    return 1;
}

/* A used slot names an existing object; an empty one carries nothing. */
uint32_t captable_ok(uint32_t table)
{
    uint32_t i;

    for (i = table * BH_SLOTS; i < (table + 1u) * BH_SLOTS; i++) {
        if (cap_type[i] > BH_AUDIT) {
            return 0;
        }
        if (cap_type[i] == BH_NONE && (cap_rights[i] != 0 || cap_badge[i] != 0)) {
            return 0;
        }
    }
    return 1;
}

/* Law 2: the leaf is invalid, or names a frame of one of its space's windows with no more rights.
 */
static uint32_t leaf_ok(uint32_t s, uint32_t leaf)
{
    uint64_t entry = table_leaf[leaf];
    uint64_t frame = entry / BH_PAGE_SIZE;
    uint32_t w;

    if ((entry & ENTRY_INVALID) != 0) {
        return 1;
    }
    for (w = s * BH_WINDOWS; w < (s + 1u) * BH_WINDOWS; w++) {
        if (frame >= window_first[w] && frame - window_first[w] < window_pages[w] &&
            ((entry & ENTRY_PROTECTED) != 0 || (window_rights[w] & BH_R_REGION_WRITE) != 0)) {
            return 1;
        }
    }
    return 0;
}

static uint32_t window_ok(uint32_t w)
{
    uint32_t r = window_region[w];

    return window_pages[w] == 0 ||
           (r < region_count && window_first[w] >= region_first[r] &&
            window_first[w] - region_first[r] + window_pages[w] <= region_frames[r]);
}

uint32_t space_ok(uint32_t s)
{
    uint32_t i;

    for (i = s * BH_WINDOWS; i < (s + 1u) * BH_WINDOWS; i++) {
        if (window_ok(i) == 0) {
            return 0;
        }
    }
    for (i = 0; i < space_pages[s]; i++) {
        if (leaf_ok(s, space_leaf[s] + i) == 0) {
            return 0;
        }
    }
    return 1;
}

uint32_t iospace_ok(uint32_t s)
{
    return space_is_io[s] == 0 ||
           (iospace_owed_from[s] <= iospace_owed_to[s] && iospace_owed_to[s] <= space_pages[s]);
}
