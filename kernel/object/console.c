/* SPDX-License-Identifier: BSD-2-Clause */
/* The SCLP console. Belongs to: kernel. */
#include "kernel/object/console.h"
#include "kernel/machine.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/thread.h"

uint32_t console_notification;
static uint64_t console_badge;

void console_start(void)
{
    console_notification = NOBODY;
}

void console_input(void)
{
    if (console_notification != NOBODY) {
        notification_signal(console_notification, console_badge);
    }
}

static uint32_t write(uint32_t t)
{
    uint64_t bytes = thread_argument(t, 0);

    if (bytes == 0 || bytes > BH_CONSOLE_BYTES) {
        return BH_E_ARG;
    }
    if (thread_message(t) == 0) {
        return BH_E_STATE;
    }
    return hw_console_write(thread_message(t), (uint32_t)bytes) == 0 ? BH_E_OK : BH_E_AGAIN;
}

static uint32_t read(uint32_t t)
{
    if (thread_message(t) == 0) {
        return BH_E_STATE;
    }
    thread_result(t, 0, hw_console_read(thread_message(t), BH_CONSOLE_BYTES));
    return BH_E_OK;
}

static uint32_t bind(uint32_t t)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_EVENT);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error == BH_E_OK && console_notification != NOBODY) {
        error = BH_E_EXISTS;
    }
    if (error == BH_E_OK) {
        console_notification = cap_object[slot];
        console_badge = cap_badge[slot];
    }
    return error;
}

static uint32_t inspect(uint32_t t)
{
    thread_result(t, 0, console_notification == NOBODY ? 0u : console_notification + 1u);
    thread_result(t, 1, console_badge);
    return BH_E_OK;
}

uint32_t console_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    (void)object;
    switch (method) {
    case BH_M_CONSOLE_WRITE:
        return write(t);
    case BH_M_CONSOLE_READ:
        return read(t);
    case BH_M_CONSOLE_BIND:
        return bind(t);
    case BH_M_CONSOLE_INSPECT:
        return inspect(t);
    default:
        return BH_E_METHOD;
    }
}
