/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads before they start. Belongs to: kernel. */
#include "kernel/object/thread_setup.h"
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/portal.h"
#include "kernel/object/space.h"

#define PORTAL_TIME_MAX 10000000u /* microseconds */

uint32_t thread_create(uint32_t p, uint32_t captable, uint32_t space, uint32_t priority,
                       uint32_t flags)
{
    uint32_t t = thread_count;
    uint32_t reason;

    thread_count = t + 1u;
    thread_state(t) = THREAD_NEW;
    thread_partition(t) = p;
    thread_captable(t) = captable;
    thread_space(t) = space;
    thread_priority(t) = priority;
    thread_flags(t) = flags;
    thread_root(t) = space_root[space];
    thread_key(t) = p * UINT64_C(4) + flags;
    thread_caller(t) = NOBODY;
    thread_server(t) = NOBODY;
    thread_bound(t) = NOBODY;
    thread_vcpu(t) = NOBODY;
    for (reason = 0; reason < BH_REASONS; reason++) {
        portal_endpoint[portal_slot(t, reason)] = NOBODY;
    }
    return t;
}

void thread_set_start(uint32_t object, uint64_t entry, uint64_t stack, uint64_t argument,
                      uint64_t message)
{
    THREAD_WORD(object, SAVE_PSW_MASK) = PSW_PROCESS;
    THREAD_WORD(object, SAVE_PSW_ADDRESS) = entry;
    THREAD_WORD(object, SAVE_GR + 15u) = stack;
    THREAD_WORD(object, SAVE_GR + 2u) = argument;
    thread_message(object) = message;
    thread_state(object) = THREAD_SET;
}

/* Absolute address of the message buffer at this page of the thread's space; 0 if it may not be. */
static uint64_t message_address(uint32_t object, uint64_t page)
{
    if (page >= TABLE_ENTRIES * (uint64_t)BH_BATCH) {
        return 0;
    }
    return space_writable_frame(thread_space(object), page * BH_PAGE_SIZE) * BH_PAGE_SIZE;
}

uint32_t thread_configure(uint32_t t, uint32_t object)
{
    uint64_t page = thread_argument(t, 3);
    uint64_t message = page == UINT64_MAX ? 0 : message_address(object, page);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (thread_state(object) != THREAD_NEW && thread_state(object) != THREAD_SET) {
        return BH_E_STATE;
    }
    if (page != UINT64_MAX && message == 0) {
        return BH_E_BOUND;
    }
    thread_set_start(object, thread_argument(t, 0), thread_argument(t, 1), thread_argument(t, 2),
                     message);
    return BH_E_OK;
}

/* Only before the start: the registers of a thread that runs are its own affair. */
uint32_t thread_inspect_start(uint32_t t, uint32_t object)
{
    if (thread_state(object) != THREAD_SET) {
        return BH_E_STATE;
    }
    thread_result(t, 0, THREAD_WORD(object, SAVE_PSW_ADDRESS));
    thread_result(t, 1, THREAD_WORD(object, SAVE_GR + 15u));
    thread_result(t, 2, THREAD_WORD(object, SAVE_GR + 2u));
    thread_result(t, 3, thread_message(object) / BH_PAGE_SIZE);
    thread_result(t, 4, thread_flags(object));
    return BH_E_OK;
}

uint32_t thread_bind(uint32_t t, uint32_t object)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_WAIT);
    uint32_t n = cap_object[slot];

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (notification_partition[n] != thread_partition(object)) {
        return BH_E_BOUND;
    }
    if (thread_bound(object) != NOBODY || notification_bound[n] != NOBODY) {
        return BH_E_STATE;
    }
    thread_bound(object) = n;
    notification_bound[n] = object;
    return BH_E_OK;
}

static uint32_t check_portal(uint32_t t, uint32_t object, uint32_t slot)
{
    uint64_t reason = thread_argument(t, 0);
    uint64_t time = thread_argument(t, 2);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (reason >= BH_REASONS || time == 0 || time > PORTAL_TIME_MAX) {
        return BH_E_ARG;
    }
    if (endpoint_partition[cap_object[slot]] != thread_partition(object)) {
        return BH_E_BOUND;
    }
    if (portal_endpoint[portal_slot(object, (uint32_t)(reason % BH_REASONS))] != NOBODY) {
        return BH_E_EXISTS;
    }
    return BH_E_OK;
}

uint32_t thread_set_portal(uint32_t t, uint32_t object)
{
    uint64_t index = thread_argument(t, 1);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_ENDPOINT, BH_R_ENDPOINT_EVENT);
    uint32_t portal = portal_slot(object, (uint32_t)(thread_argument(t, 0) % BH_REASONS));

    if (error == BH_E_OK) {
        error = check_portal(t, object, slot);
    }
    if (error != BH_E_OK) {
        return error;
    }
    portal_endpoint[portal] = cap_object[slot];
    portal_badge[portal] = cap_badge[slot];
    portal_time[portal] = (uint32_t)thread_argument(t, 2);
    return BH_E_OK;
}

uint32_t thread_inspect_portal(uint32_t t, uint32_t object)
{
    uint64_t reason = thread_argument(t, 0);
    uint32_t portal = portal_slot(object, (uint32_t)(reason % BH_REASONS));

    if (reason >= BH_REASONS) {
        return BH_E_ARG;
    }
    thread_result(t, 0, 0);
    if (portal_endpoint[portal] != NOBODY) {
        thread_result(t, 0, portal_endpoint[portal] + 1u);
        thread_result(t, 1, portal_badge[portal]);
        thread_result(t, 2, portal_time[portal]);
    }
    return BH_E_OK;
}
