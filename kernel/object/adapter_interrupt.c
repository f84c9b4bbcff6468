/* SPDX-License-Identifier: BSD-2-Clause */
/* Adapter interruptions. Belongs to: kernel. */
#include "kernel/object/adapter_interrupt.h"
#include "drivers/zpci/insn/insn.h"
#include "kernel/machine.h"
#include "kernel/object/audit.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/thread.h"
#include "kernel/sched/timer.h"

uint32_t adapter_partition[ADAPTER_INTERRUPTS];
uint32_t adapter_notification[ADAPTER_INTERRUPTS];
uint64_t adapter_badge[ADAPTER_INTERRUPTS];
uint64_t adapter_counter[ADAPTER_INTERRUPTS];
static uint32_t mode[ADAPTER_INTERRUPTS];      /* what the owner wants */
static uint64_t since[ADAPTER_INTERRUPTS];     /* when counting began */
static uint32_t came[ADAPTER_INTERRUPTS];      /* interruptions since then */
static uint32_t throttled[ADAPTER_INTERRUPTS]; /* 1: none until counting begins again */
static const uint8_t no_block[8];              /* SIC modes 0 and 1 have no operand */

void adapter_start(void)
{
    uint32_t i;

    for (i = 0; i < ADAPTER_INTERRUPTS; i++) {
        adapter_partition[i] = NOBODY;
        adapter_notification[i] = NOBODY;
    }
}

void adapter_create(uint32_t p, uint32_t isc)
{
    adapter_partition[isc] = p;
}

uint32_t adapter_count(void)
{
    uint32_t count = 0;
    uint32_t i;

    for (i = 0; i < ADAPTER_INTERRUPTS; i++) {
        count += adapter_partition[i] != NOBODY ? 1u : 0u;
    }
    return count;
}

static void no_handler(uint32_t i)
{
    if (adapter_partition[i] == NOBODY) {
        audit_add(BH_AUDIT_IRQ_UNOWNED, NOBODY, i, 0);
    } else {
        audit_add_partition(BH_AUDIT_IRQ_UNOWNED, adapter_partition[i], i, 0);
    }
}

static void set_hardware(uint32_t i, uint32_t single)
{
    zpci_sic((uint16_t)(single % 2u), (uint8_t)(i % ADAPTER_INTERRUPTS), no_block);
}

/* A device that clears its own summary bit can interrupt as often as it likes. In mode 0 only this
 * puts an end to it; in mode 1 its owner pays for each with a call. */
static void count(uint32_t i)
{
    uint64_t now = hw_time();

    if (now - since[i] >= ADAPTER_INTERVAL) {
        since[i] = now;
        came[i] = 0;
    }
    came[i]++;
    if (came[i] == ADAPTER_LIMIT && mode[i] == 0) {
        throttled[i] = 1;
        set_hardware(i, 1);
        timer_later();
    }
}

/* What came in between set no more than bits in memory: the owner looks again. */
static void release(uint32_t i, uint64_t now)
{
    throttled[i] = 0;
    since[i] = now;
    came[i] = 0;
    set_hardware(i, mode[i]);
    if (adapter_notification[i] != NOBODY) {
        notification_signal(adapter_notification[i], adapter_badge[i]);
    }
}

uint32_t adapter_step(void)
{
    uint64_t now = hw_time();
    uint32_t left = 0;
    uint32_t i;

    for (i = 0; i < ADAPTER_INTERRUPTS; i++) {
        if (throttled[i] != 0 && now - since[i] >= ADAPTER_INTERVAL) {
            release(i, now);
        }
        left |= throttled[i];
    }
    return left;
}

void adapter_interrupt(uint32_t isc)
{
    uint32_t i = isc % ADAPTER_INTERRUPTS;

    adapter_counter[i]++;
    count(i);
    if (adapter_notification[i] == NOBODY) {
        no_handler(i);
        return;
    }
    notification_signal(adapter_notification[i], adapter_badge[i]);
}

static uint32_t bind(uint32_t t, uint32_t object)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_EVENT);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (adapter_notification[object] != NOBODY) {
        return BH_E_EXISTS;
    }
    if (notification_partition[cap_object[slot]] != adapter_partition[object]) {
        return BH_E_BOUND;
    }
    adapter_notification[object] = cap_object[slot];
    adapter_badge[object] = cap_badge[slot];
    return BH_E_OK;
}

static uint32_t set_mode(uint32_t t, uint32_t object)
{
    uint64_t wanted = thread_argument(t, 0);

    if (wanted > 1) {
        return BH_E_ARG;
    }
    mode[object] = (uint32_t)(wanted % 2u);
    if (throttled[object] == 0) {
        set_hardware(object, mode[object]);
    }
    return BH_E_OK;
}

static uint32_t inspect(uint32_t t, uint32_t object)
{
    uint32_t n = adapter_notification[object];

    thread_result(t, 0, n == NOBODY ? 0u : n + 1u);
    thread_result(t, 1, adapter_badge[object]);
    thread_result(t, 2, adapter_counter[object]);
    thread_result(t, 3, adapter_partition[object]);
    return BH_E_OK;
}

uint32_t adapter_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_IRQ_BIND:
        return bind(t, object);
    case BH_M_IRQ_MODE:
        return set_mode(t, object);
    case BH_M_IRQ_INSPECT:
        return inspect(t, object);
    default:
        return BH_E_METHOD;
    }
}
