/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: subclasses, console, schedule, audit trail. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include <string.h>

#include "kernel/machine.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/audit.h"
#include "kernel/object/console.h"
#include "kernel/object/notification.h"
#include "kernel/sched/timer.h"
#include "tests/unit/kernel/devices.h"

#define SLOT 40u

/* ---- interruption subclasses ---- */

static struct process one;
static uint32_t notification;

static void prepare_irq(void)
{
    install_devices();
    new_process(&one, 1);
    notification = new_notification(one.partition);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_IRQ, SLOT, ISC);
}

static void test_irq_bind(void **state)
{
    uint32_t foreign;

    (void)state;
    prepare_irq();
    foreign = new_notification(BH_INIT_PARTITION);
    assert_invoke(BOUND, INIT, SLOT, IRQ_BIND, foreign);
    assert_invoke(CAP, INIT, SLOT, IRQ_BIND, SLOT + 1);
    assert_invoke(OK, INIT, SLOT, IRQ_BIND, notification);
    assert_invoke(EXISTS, INIT, SLOT, IRQ_BIND, notification);
    seal();
    assert_invoke(SEALED, INIT, SLOT, IRQ_BIND, notification);
}

static void test_irq_signals_its_notification(void **state)
{
    uint32_t badged = SLOT + 1;

    (void)state;
    prepare_irq();
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, notification, EVERYTHING, 6);
    assert_invoke(OK, INIT, SLOT, IRQ_INSPECT);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(OK, INIT, SLOT, IRQ_BIND, badged);
    adapter_interrupt(ISC);
    adapter_interrupt(ISC);
    assert_int_equal(notification_word[object_of(notification)], 6);
    assert_invoke(OK, INIT, SLOT, IRQ_INSPECT);
    assert_int_equal(result(INIT, 0), object_of(notification) + 1);
    assert_int_equal(result(INIT, 1), 6);
    assert_int_equal(result(INIT, 2), 2);
    assert_int_equal(result(INIT, 3), one.p);
}

static void test_irq_without_owner_is_recorded(void **state)
{
    (void)state;
    prepare_irq();
    adapter_interrupt(5);
    assert_audit(IRQ_UNOWNED, NOBODY, 5, 0);
    adapter_interrupt(ISC);
    assert_audit(IRQ_UNOWNED, OF_PARTITION(one.p), ISC, 0);
}

static void test_irq_mode(void **state)
{
    (void)state;
    prepare_irq();
    assert_invoke(OK, INIT, SLOT, IRQ_MODE, 1);
    assert_int_equal(zpci.subclass[ISC].single, 1);
    assert_invoke(OK, INIT, SLOT, IRQ_MODE, 0);
    assert_int_equal(zpci.subclass[ISC].single, 0);
    assert_invoke(ARG, INIT, SLOT, IRQ_MODE, 2);
    assert_invoke(ARG, INIT, SLOT, IRQ_MODE, UINT64_C(0x100000000));
    assert_int_equal(zpci.issued[FAKE_SIC], 2);
}

/* ---- console ---- */

static uint8_t *message(uint32_t t)
{
    return host_memory + (thread_message(t) - host_frame(0) * BH_PAGE_SIZE);
}

static void test_console_write(void **state)
{
    (void)state;
    memcpy(message(INIT), "hello", 5);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, 5);
    host.console_busy = 1;
    assert_invoke(AGAIN, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, 5);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, 1);
    assert_int_equal(host.console_used, 6);
    assert_memory_equal(host.console_output, "helloh", 6);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, BH_CONSOLE_BYTES);
    assert_invoke(ARG, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, 0);
    assert_invoke(ARG, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, BH_CONSOLE_BYTES + 1);
    assert_invoke(ARG, INIT, BH_INIT_CONSOLE, CONSOLE_WRITE, UINT64_C(0x100000001));
}

static void test_console_read(void **state)
{
    (void)state;
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_READ);
    assert_int_equal(result(INIT, 0), 0);
    host.console_input = "yes\n";
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_READ);
    assert_int_equal(result(INIT, 0), 4);
    assert_memory_equal(message(INIT), "yes\n", 4);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_READ);
    assert_int_equal(result(INIT, 0), 0);
}

static void test_console_needs_a_message_buffer(void **state)
{
    (void)state;
    new_process(&one, 1);
    grant(&one, BH_INIT_CONSOLE, EVERYTHING, 0);
    thread_message(one.t) = 0;
    assert_invoke(STATE, one.t, BH_INIT_CONSOLE, CONSOLE_WRITE, 1);
    assert_invoke(STATE, one.t, BH_INIT_CONSOLE, CONSOLE_READ);
}

static void test_console_input_signals(void **state)
{
    (void)state;
    console_input();
    new_process(&one, 1);
    notification = new_notification(one.partition);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, SLOT, notification, EVERYTHING, 4);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_INSPECT);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_BIND, SLOT);
    assert_invoke(OK, INIT, BH_INIT_CONSOLE, CONSOLE_INSPECT);
    assert_int_equal(result(INIT, 0), object_of(notification) + 1);
    assert_int_equal(result(INIT, 1), 4);
    assert_int_equal(notification_word[object_of(notification)], 0);
    console_input();
    assert_int_equal(notification_word[object_of(notification)], 4);
    assert_invoke(EXISTS, INIT, BH_INIT_CONSOLE, CONSOLE_BIND, SLOT);
    seal();
    assert_invoke(SEALED, INIT, BH_INIT_CONSOLE, CONSOLE_BIND, SLOT);
}

/* ---- schedule ---- */

static void test_schedule(void **state)
{
    (void)state;
    assert_invoke(ARG, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 99);
    assert_invoke(ARG, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 1000001);
    assert_invoke(ARG, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, UINT64_MAX);
    assert_invoke(OK, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 100);
    assert_invoke(OK, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 1000000);
    assert_invoke(OK, INIT, BH_INIT_SCHEDULE, SCHEDULE_INSPECT);
    assert_int_equal(result(INIT, 0), 1000000);
    assert_int_equal(result(INIT, 1), 1);
    seal();
    assert_invoke(SEALED, INIT, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 100);
    assert_invoke(OK, INIT, BH_INIT_SCHEDULE, SCHEDULE_INSPECT);
}

/* ---- audit trail ---- */

static void test_audit_read(void **state)
{
    (void)state;
    assert_invoke(STATE, INIT, BH_INIT_AUDIT, AUDIT_READ, 0);
    audit_add(BH_AUDIT_PCI_STUCK, NOBODY, 11, 22);
    host.clock += 1000;
    audit_add(BH_AUDIT_FAULT, INIT, 33, UINT64_MAX);
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, 0);
    assert_int_equal(result(INIT, 0), 1);
    assert_int_equal(result(INIT, 1), host.clock - 1000);
    assert_int_equal(result(INIT, 2), BH_AUDIT_PCI_STUCK * 65536 + 0xffff);
    assert_int_equal(result(INIT, 3), 11);
    assert_int_equal(result(INIT, 4), 22);
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, 1);
    assert_int_equal(result(INIT, 0), 2);
    assert_int_equal(result(INIT, 1), host.clock);
    assert_int_equal(result(INIT, 2), BH_AUDIT_FAULT * 65536);
    assert_int_equal(result(INIT, 4), UINT64_MAX);
    assert_invoke(STATE, INIT, BH_INIT_AUDIT, AUDIT_READ, 2);
    assert_invoke(STATE, INIT, BH_INIT_AUDIT, AUDIT_READ, UINT64_MAX);
}

/* A ring is written over from the oldest; a reader that is late gets the oldest one left. */
static void test_audit_overwrites_the_oldest(void **state)
{
    uint64_t k;

    (void)state;
    for (k = 0; k < AUDIT_QUOTA + 5; k++) {
        audit_add(BH_AUDIT_MACHINE_CHECK, NOBODY, k, 0);
    }
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, 0);
    assert_int_equal(result(INIT, 0), 6);
    assert_int_equal(result(INIT, 3), 5);
    for (k = 6; k < AUDIT_QUOTA + 5; k++) {
        assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, k);
        assert_int_equal(result(INIT, 0), k + 1);
        assert_int_equal(result(INIT, 3), k);
    }
    assert_invoke(STATE, INIT, BH_INIT_AUDIT, AUDIT_READ, k);
}

/* Whatever a partition's devices and threads do, the records of others stay. */
static void test_audit_has_a_quota_for_each_partition(void **state)
{
    struct process two;
    uint64_t k;

    (void)state;
    new_process(&one, 1);
    new_process(&two, 1);
    audit_add(BH_AUDIT_MACHINE_CHECK, NOBODY, 1, 0);
    audit_add(BH_AUDIT_FAULT, two.t, 2, 0);
    for (k = 0; k < 3u * AUDIT_QUOTA; k++) {
        audit_add_partition(BH_AUDIT_PCI_ERROR, one.p, k, 0);
        audit_add(BH_AUDIT_FAULT, one.t, k, 0);
    }
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, 0);
    assert_int_equal(result(INIT, 2), BH_AUDIT_MACHINE_CHECK * 65536 + 0xffff);
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, result(INIT, 0));
    assert_int_equal(result(INIT, 2), BH_AUDIT_FAULT * 65536 + two.p * 256u + two.t);
    assert_int_equal(result(INIT, 3), 2);
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, result(INIT, 0));
    assert_int_equal(result(INIT, 0), 2u + 5u * AUDIT_QUOTA + 1u);
    assert_int_equal(result(INIT, 2), BH_AUDIT_PCI_ERROR * 65536 + one.p * 256u + 0xffu);
}

const struct CMUnitTest methods_machine[] = {
    kernel_test(test_irq_bind),
    kernel_test(test_irq_signals_its_notification),
    kernel_test(test_irq_without_owner_is_recorded),
    kernel_test(test_irq_mode),
    kernel_test(test_console_write),
    kernel_test(test_console_read),
    kernel_test(test_console_needs_a_message_buffer),
    kernel_test(test_console_input_signals),
    kernel_test(test_schedule),
    kernel_test(test_audit_read),
    kernel_test(test_audit_overwrites_the_oldest),
    kernel_test(test_audit_has_a_quota_for_each_partition),
    kernel_tests_end,
};
