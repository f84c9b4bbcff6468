/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: invariants of the whole kernel. Belongs to: test. */
#include "tests/unit/kernel/sound.h"

#include "kernel/arch/host/host.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/portal.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"
#include "tests/unit/kernel/peek.h"

#define SMALL_SPACE 1024u /* pages */

static uint32_t sealed;
static uint32_t sealed_type[CAP_SLOTS], sealed_object[CAP_SLOTS], sealed_rights[CAP_SLOTS];
static uint64_t sealed_badge[CAP_SLOTS];

void sound_seal(void)
{
    uint32_t i;

    for (i = 0; i < CAP_SLOTS; i++) {
        sealed_type[i] = cap_type[i];
        sealed_object[i] = cap_object[i];
        sealed_rights[i] = cap_rights[i];
        sealed_badge[i] = cap_badge[i];
    }
    sealed = 1;
}

static uint32_t exists(uint32_t type, uint32_t object)
{
    switch (type) {
    case BH_PARTITION:
        return object < partition_count;
    case BH_REGION:
        return object < region_count;
    case BH_SPACE:
        return object < space_count && space_is_io[object] == 0;
    case BH_IOSPACE:
        return object < space_count && space_is_io[object] == 1;
    case BH_CAPTABLE:
        return object < captable_count;
    case BH_THREAD:
    case BH_REPLY:
        return object < thread_count;
    case BH_ENDPOINT:
        return object < endpoint_count;
    case BH_NOTIFICATION:
        return object < notification_count;
    case BH_PCI:
        return object < pci_count;
    case BH_VCPU:
        return object < vcpu_count;
    case BH_IRQ:
        return object < ADAPTER_INTERRUPTS && adapter_partition[object] != NOBODY;
    default:
        return object == 0;
    }
}

/* Law 1: a capability names an object that exists; after seal it is one that was there. */
static const char *capabilities(void)
{
    uint32_t i;

    for (i = 0; i < CAP_SLOTS; i++) {
        if (cap_type[i] == BH_NONE) {
            continue;
        }
        if (exists(cap_type[i], cap_object[i]) == 0) {
            return "a capability names no object";
        }
        if (sealed != 0 &&
            (cap_type[i] != sealed_type[i] || cap_object[i] != sealed_object[i] ||
             cap_badge[i] != sealed_badge[i] || (cap_rights[i] & ~sealed_rights[i]) != 0)) {
            return "a capability grew after seal";
        }
    }
    return 0;
}

static uint32_t overlap(uint32_t a, uint32_t b)
{
    return region_first[a] < region_first[b] + region_frames[b] &&
           region_first[b] < region_first[a] + region_frames[a];
}

static const char *regions(void)
{
    uint32_t a, b;

    for (a = 0; a < region_count; a++) {
        if (region_first[a] < host_frame(0) ||
            region_first[a] + region_frames[a] > host_frame(host.memory_bytes / BH_PAGE_SIZE)) {
            return "a region leaves the storage";
        }
        for (b = 0; b < a; b++) {
            if (overlap(a, b) != 0) {
                return "two regions overlap";
            }
        }
    }
    return 0;
}

static const char *windows(void)
{
    uint32_t w;

    for (w = 0; w < WINDOWS; w++) {
        uint32_t r = window_region[w];

        if (window_pages[w] == 0) {
            continue;
        }
        if (w / BH_WINDOWS >= space_count || r >= region_count ||
            window_first[w] < region_first[r] ||
            window_first[w] + window_pages[w] > region_first[r] + region_frames[r]) {
            return "a window leaves its region";
        }
    }
    return 0;
}

/* Law 2: whether some window of the space allows this valid leaf. */
static uint32_t leaf_allowed(uint32_t s, uint64_t entry)
{
    uint32_t needed = BH_R_REGION_READ;
    uint32_t w;

    if ((entry & ENTRY_PROTECTED) == 0) {
        needed |= BH_R_REGION_WRITE;
    }
    if (space_is_io[s] == 0 && host.execute_protection != 0 && (entry & ENTRY_NO_EXECUTE) == 0) {
        needed |= BH_R_REGION_EXECUTE;
    }
    for (w = s * BH_WINDOWS; w < (s + 1) * BH_WINDOWS; w++) {
        uint64_t page = entry / BH_PAGE_SIZE - window_first[w];

        if (page < window_pages[w] && (window_rights[w] & needed) == needed) {
            return 1;
        }
    }
    return 0;
}

static const char *leaves(uint64_t limit)
{
    uint32_t s, i;

    for (s = 0; s < space_count; s++) {
        for (i = 0; space_pages[s] <= limit && i < space_pages[s]; i++) {
            uint64_t entry = table_leaf[space_leaf[s] + i];

            if ((entry & ENTRY_INVALID) == 0 && leaf_allowed(s, entry) == 0) {
                return "a leaf lies outside of its space's windows";
            }
        }
    }
    return 0;
}

const char *sound_leaves(void)
{
    return leaves(UINT64_MAX);
}

static const char *schedule(void)
{
    uint64_t ready = 0;
    uint32_t t, level;

    for (t = 0; t < thread_count; t++) {
        ready |= thread_state(t) == THREAD_READY ? bit_of(t) : 0;
    }
    for (level = 0; level < BH_PRIORITIES; level++) {
        uint64_t marked = ready_levels & ready_level(level);

        if ((marked != 0) != (ready_set[level] != 0)) {
            return "a level of the schedule is marked wrongly";
        }
        if ((ready_set[level] & ~ready) != 0) {
            return "a thread is scheduled that is not ready";
        }
    }
    return 0;
}

/* Who has a deadline waits for something that may not come. */
static const char *deadlines(void)
{
    uint32_t t;

    for (t = 0; t < THREADS; t++) {
        uint32_t armed = (timer_armed & bit_of(t)) != 0;
        uint32_t event = thread_event(t) != 0 &&
                         (thread_state(t) == THREAD_CALLING || thread_state(t) == THREAD_ANSWERING);

        if (event != 0 && armed == 0) {
            return "an event has no deadline";
        }
        if (armed != 0 && event == 0 && thread_state(t) != THREAD_RECEIVING &&
            thread_state(t) != THREAD_WAITING) {
            return "a deadline is left of a wait that is over";
        }
        if (armed != 0 && timer_at[t] < host.timer) {
            return "the comparator comes after a deadline";
        }
    }
    return 0;
}

static const char *bindings(void)
{
    uint32_t t;

    for (t = 0; t < thread_count; t++) {
        if (thread_bound(t) != NOBODY && notification_bound[thread_bound(t)] != t) {
            return "a bound notification does not know its thread";
        }
        if (thread_partition(t) < partition_count && partition_stopped[thread_partition(t)] != 0 &&
            thread_state(t) >= THREAD_READY && thread_state(t) != THREAD_ENDED) {
            return "a thread lives on in a stopped partition";
        }
    }
    return 0;
}

const char *sound(void)
{
    static const char *(*const checks[])(void) = {capabilities, regions,   windows,
                                                  schedule,     deadlines, bindings};
    const char *wrong = host_stale() != 0 ? "a CPU translation was not purged" : 0;
    uint32_t i;

    for (i = 0; wrong == 0 && i < sizeof(checks) / sizeof(checks[0]); i++) {
        wrong = checks[i]();
    }
    return wrong != 0 ? wrong : leaves(SMALL_SPACE);
}
