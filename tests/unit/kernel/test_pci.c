/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: events and interruptions of PCI functions, from the machine to their owners.
 * Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "drivers/zpci/event.h"
#include "kernel/machine.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/audit.h"
#include "kernel/object/notification.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "libs/zformats/pciconf.h"
#include "tests/unit/kernel/devices.h"

#define KEPT 8u /* events of a function that the kernel keeps */
#define VECTOR_PAGE 2u
#define SUMMARY_PAGE 3u

static struct process one, two;
static struct pci first, second;

static void prepare(void)
{
    install_devices();
    new_process(&one, 1);
    new_process(&two, 1);
    new_pci(&first, &one, 0, ISC);
    new_pci(&second, &two, 1, ISC + 1);
    assert_invoke(OK, INIT, first.slot, PCI_ENABLE);
    assert_invoke(OK, INIT, second.slot, PCI_ENABLE);
}

static void error_event(const struct pci *pci, uint16_t code)
{
    fake_error(&zpci, pci->device, code, 0x5000, 0);
}

static uint64_t pending(const struct pci *pci)
{
    return notification_word[object_of(pci->notification)];
}

static uint64_t takes(const struct process *process, const struct pci *pci)
{
    assert_invoke(OK, process->t, pci->slot, PCI_EVENT);
    return result(process->t, 0) == 0 ? 0 : result(process->t, 1);
}

/* ---- events ---- */

static void test_an_event_goes_to_the_owner_alone(void **state)
{
    (void)state;
    prepare();
    error_event(&second, PEC_TRANSLATION);
    pci_events_take();
    assert_int_equal(pending(&first), 0);
    assert_int_equal(pending(&second), 0);
    assert_int_equal(takes(&one, &first), 0);
    assert_int_equal(takes(&two, &second), PEC_TRANSLATION);
    assert_audit(PCI_ERROR, OF_PARTITION(two.p), DEVICE_FID(1), PEC_TRANSLATION);
}

/* The badge is that of the capability which init bound: here none, so bind another one. */
static void test_an_event_signals_with_the_badge(void **state)
{
    struct process three;
    uint32_t notification, space, badged = 50, slot = 51;

    (void)state;
    prepare();
    new_process(&three, 1);
    notification = new_notification(three.partition);
    space = new_iospace(three.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, three.partition, PARTITION_CREATE_IRQ, 52, 0);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, notification, EVERYTHING, 9);
    assert_invoke(OK, INIT, three.partition, PARTITION_CREATE_PCI, slot, DEVICE_FID(2), space, 0);
    assert_invoke(OK, INIT, slot, PCI_BIND_EVENT, badged);
    fake_zpci_set_state(&zpci, &device[2], FAKE_STANDBY);
    pci_events_take();
    assert_int_equal(notification_word[object_of(notification)], 9);
    assert_audit(PCI_AVAILABILITY, OF_PARTITION(three.p), DEVICE_FID(2), PEC_SURPRISE_REMOVAL);
}

static void test_an_event_of_nobody_is_recorded(void **state)
{
    (void)state;
    prepare();
    fake_error(&zpci, &device[2], PEC_OUT_OF_RANGE, 0, 0);
    pci_events_take();
    assert_audit(PCI_UNOWNED, NOBODY, DEVICE_FID(2), PEC_OUT_OF_RANGE);
}

static void test_an_event_without_notification_is_kept(void **state)
{
    uint32_t space, slot = 50;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, slot, DEVICE_FID(2), space, ISC);
    fake_error(&zpci, &device[2], PEC_KEY, 0, 0);
    pci_events_take();
    assert_invoke(OK, INIT, slot, PCI_EVENT);
    assert_int_equal(result(INIT, 1), PEC_KEY);
}

/* Events keep their order; of those that the owner leaves lying, the newest are lost, and recorded.
 */
static void test_events_overflow(void **state)
{
    uint16_t code;

    (void)state;
    prepare();
    for (code = 1; code <= KEPT + 3; code++) {
        error_event(&first, code);
        pci_events_take();
    }
    assert_audit(EVENT_LOST, OF_PARTITION(one.p), DEVICE_FID(0), KEPT + 3);
    assert_audit_back(1, BH_AUDIT_PCI_ERROR, OF_PARTITION(one.p), DEVICE_FID(0), KEPT + 3);
    for (code = 1; code <= KEPT; code++) {
        assert_int_equal(takes(&one, &first), code);
    }
    assert_int_equal(takes(&one, &first), 0);
    for (code = 1; code <= 2 * KEPT; code++) {
        error_event(&first, code);
        pci_events_take();
        assert_int_equal(takes(&one, &first), code);
    }
}

/* Many events behind one report; one report for all. */
static void test_all_pending_events_are_taken(void **state)
{
    uint16_t code;

    (void)state;
    prepare();
    for (code = 1; code <= 5; code++) {
        error_event(&first, code);
        error_event(&second, code + 100u);
    }
    pci_events_take();
    for (code = 1; code <= 5; code++) {
        assert_int_equal(takes(&one, &first), code);
        assert_int_equal(takes(&two, &second), code + 100u);
    }
    assert_int_equal(zpci.event_count, 0);
}

/* However many there are: a bounded number at a time, and the rest without another report. */
static void test_many_events_are_taken_in_steps(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < FAKE_EVENTS; i++) {
        error_event(&first, 1);
    }
    pci_events_take();
    assert_int_equal(zpci.issued[FAKE_CHSC], 16);
    pass(MICROSECONDS(1));
    assert_int_equal(zpci.issued[FAKE_CHSC], 32);
    pass(MICROSECONDS(1000));
    assert_int_equal(zpci.issued[FAKE_CHSC], FAKE_EVENTS);
    assert_int_equal(zpci.event_count, 0);
    pass(MICROSECONDS(5000));
    assert_int_equal(zpci.issued[FAKE_CHSC], FAKE_EVENTS);
}

/* ---- availability ---- */

static void remove_device(const struct pci *pci)
{
    fake_zpci_set_state(&zpci, pci->device, FAKE_STANDBY);
    pci_events_take();
}

static void test_a_function_that_was_taken_away_is_gone(void **state)
{
    (void)state;
    prepare();
    remove_device(&first);
    assert_int_equal(takes(&one, &first), PEC_SURPRISE_REMOVAL);
    assert_invoke(GONE, INIT, first.slot, PCI_LOAD, BH_PCI_CONFIG, 0, 2);
    assert_invoke(GONE, INIT, first.slot, PCI_DMA_REGISTER);
    assert_invoke(GONE, INIT, first.slot, PCI_DISABLE);
    assert_invoke(GONE, INIT, first.slot, PCI_ENABLE);
    assert_int_equal(result(INIT, 0), 0x300);
    assert_invoke(OK, INIT, first.slot, PCI_QUERY, 0);
    assert_int_equal(pci_enabled[second.f], 1);
}

/* Nothing is owed by a function that is gone: its memory is free. */
static void test_a_function_that_was_taken_away_owes_nothing(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, first.slot, PCI_DMA_REGISTER);
    map_io(one.t, &first, 0, BH_PAGE_SIZE);
    assert_invoke(OK, INIT, first.iospace, IOSPACE_INSPECT, BH_WINDOWS);
    assert_int_equal(result(INIT, 2), 1);
    remove_device(&first);
    assert_invoke(OK, INIT, first.iospace, IOSPACE_INSPECT, BH_WINDOWS);
    assert_int_equal(result(INIT, 2), 0);
}

static void test_a_function_that_comes_back_can_be_enabled(void **state)
{
    uint64_t generation;

    (void)state;
    prepare();
    generation = pci_generation[first.f];
    remove_device(&first);
    (void)takes(&one, &first);
    fake_zpci_set_state(&zpci, first.device, FAKE_DISABLED);
    pci_events_take();
    assert_int_equal(takes(&one, &first), 0);
    pass(MICROSECONDS(1));
    assert_int_equal(takes(&one, &first), PEC_TO_CONFIGURED);
    assert_invoke(OK, INIT, first.slot, PCI_ENABLE);
    assert_invoke(OK, INIT, first.slot, PCI_LOAD, BH_PCI_CONFIG, 0, 2);
    assert_true(pci_generation[first.f] > generation);
}

/* It went without a word; enabled means that the machine would let it do DMA. */
static void test_a_function_that_comes_back_is_disabled(void **state)
{
    (void)state;
    prepare();
    fake_zpci_set_state(&zpci, first.device, FAKE_ENABLED);
    pci_events_take();
    pass(MICROSECONDS(1));
    assert_int_equal(first.device->state, FAKE_DISABLED);
    assert_invoke(STATE, INIT, first.slot, PCI_DISABLE);
    assert_invoke(OK, INIT, first.slot, PCI_ENABLE);
}

/* Another device with the same function id is not what the owner was given. */
static void test_another_device_in_its_place_is_refused(void **state)
{
    (void)state;
    prepare();
    remove_device(&first);
    fake_zpci_set_state(&zpci, first.device, FAKE_DISABLED);
    first.device->config_initial[PCICONF_DEVICE]++;
    pci_events_take();
    pass(MICROSECONDS(1));
    assert_invoke(GONE, INIT, first.slot, PCI_ENABLE);
    assert_invoke(GONE, INIT, first.slot, PCI_LOAD, BH_PCI_CONFIG, 0, 2);
    assert_int_equal(first.device->state, FAKE_DISABLED);
}

/* Reports that say that reports were lost lead to the events as well. */
static void test_lost_reports(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < FAKE_EVENTS + 4; i++) {
        error_event(&first, 1);
    }
    pci_events_take();
    pass(MICROSECONDS(5000));
    assert_int_equal(zpci.event_count, 0);
    assert_int_equal(takes(&one, &first), 1);
}

static void test_no_report_no_request(void **state)
{
    (void)state;
    prepare();
    pci_events_take();
    assert_int_equal(zpci.issued[FAKE_STCRW], 1);
    assert_int_equal(zpci.issued[FAKE_CHSC], 0);
    error_event(&first, 1);
    fake_inject(&zpci, FAKE_CHSC, 3, 0, 1);
    pci_events_take();
    assert_int_equal(takes(&one, &first), 0);
}

/* A machine that always says "one more" does not hold the kernel for ever. */
static void test_the_number_of_reports_is_bounded(void **state)
{
    (void)state;
    prepare();
    fake_inject(&zpci, FAKE_STCRW, 0, 0, UINT32_MAX);
    pci_events_take();
    assert_true(zpci.issued[FAKE_STCRW] <= 64);
}

/* ---- interruptions ---- */

static void register_irq(const struct process *process, const struct pci *pci)
{
    assert_invoke(OK, process->t, pci->slot, PCI_IRQ_REGISTER, 4, VECTOR_PAGE, 0, 0,
                  SUMMARY_PAGE * BH_PAGE_SIZE, 0);
}

/* A message of the device until its interruption is taken: 1 if there was one. */
static uint32_t message(const struct pci *pci, uint32_t isc, uint32_t vector)
{
    fake_message(&zpci, pci->device, vector);
    if (fake_take_interruption(&zpci, (uint8_t)isc) == 0) {
        return 0;
    }
    adapter_interrupt(isc);
    leave();
    return 1;
}

static uint64_t bits(const struct process *process, uint64_t page)
{
    return hw_load(host_frame(process->page + page) * BH_PAGE_SIZE);
}

static void clear_summary(const struct process *process)
{
    hw_store(host_frame(process->page + SUMMARY_PAGE) * BH_PAGE_SIZE, 0);
}

static void test_an_interruption_signals_the_owner(void **state)
{
    (void)state;
    prepare();
    register_irq(&one, &first);
    assert_int_equal(message(&first, ISC, 2), 1);
    assert_int_equal(bits(&one, VECTOR_PAGE), UINT64_C(0x2000000000000000));
    assert_int_equal(bits(&one, SUMMARY_PAGE), UINT64_C(0x8000000000000000));
    assert_int_equal(adapter_counter[ISC], 1);
    assert_int_equal(adapter_counter[ISC + 1], 0);
    assert_int_equal(bits(&two, VECTOR_PAGE) + bits(&two, SUMMARY_PAGE), 0);
}

static void test_an_interruption_wakes_who_waits(void **state)
{
    uint32_t badged = 50, third = 51;
    struct process three;

    (void)state;
    install_devices();
    new_process(&three, 1);
    third = new_notification(three.partition);
    assert_invoke(OK, INIT, three.partition, PARTITION_CREATE_IRQ, 52, 6);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, third, EVERYTHING, 0x40);
    assert_invoke(OK, INIT, 52, IRQ_BIND, badged);
    grant(&three, third, BH_R_NOTIFICATION_WAIT, 0);
    make_call(three.t, WAIT, third, BH_NO_DEADLINE);
    adapter_interrupt(6);
    leave();
    assert_state(three.t, READY);
    assert_int_equal(result(three.t, 0), 0x40);
}

/* The device clears its own summary bit, so each message interrupts. */
static uint32_t storm(uint32_t messages)
{
    uint32_t count = 0;
    uint32_t i;

    for (i = 0; i < messages; i++) {
        clear_summary(&one);
        count += message(&first, ISC, i % 4u);
    }
    return count;
}

static void test_a_storm_of_interruptions_is_throttled(void **state)
{
    (void)state;
    prepare();
    register_irq(&one, &first);
    assert_invoke(OK, one.t, first.irq, IRQ_MODE, 0);
    assert_int_equal(storm(1000), ADAPTER_LIMIT + 1u);
    pass(MICROSECONDS(9000));
    assert_int_equal(storm(1000), 0);
    assert_invoke(OK, one.t, first.irq, IRQ_MODE, 0);
    assert_int_equal(storm(1000), 0);
    pass(MICROSECONDS(2000));
    assert_int_equal(storm(1000), ADAPTER_LIMIT + 1u);
}

/* What could not interrupt is not lost: its owner is signalled when the time is over. */
static void test_a_throttled_owner_is_signalled_in_the_end(void **state)
{
    uint32_t badged = 50, irq = 52;
    uint32_t n, i;

    (void)state;
    prepare();
    n = new_notification(one.partition);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_IRQ, irq, 6);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, n, EVERYTHING, 0x40);
    assert_invoke(OK, INIT, irq, IRQ_BIND, badged);
    for (i = 0; i < ADAPTER_LIMIT + 1u; i++) {
        adapter_interrupt(6);
    }
    notification_word[object_of(n)] = 0;
    pass(MICROSECONDS(9000));
    assert_int_equal(notification_word[object_of(n)], 0);
    pass(MICROSECONDS(2000));
    assert_int_equal(notification_word[object_of(n)], 0x40);
}

/* Slowly as many as it likes. */
static void test_interruptions_at_leisure_are_not_throttled(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    register_irq(&one, &first);
    for (i = 0; i < 3u * ADAPTER_LIMIT; i++) {
        pass(MICROSECONDS(100));
        assert_int_equal(storm(1), 1);
    }
}

/* Mode 1: one interruption, then none until the next MODE. */
static void test_suppressed_interruptions(void **state)
{
    (void)state;
    prepare();
    register_irq(&one, &first);
    assert_invoke(OK, one.t, first.irq, IRQ_MODE, 1);
    assert_int_equal(message(&first, ISC, 0), 1);
    clear_summary(&one);
    assert_int_equal(message(&first, ISC, 1), 0);
    assert_invoke(OK, one.t, first.irq, IRQ_MODE, 1);
    clear_summary(&one);
    assert_int_equal(message(&first, ISC, 1), 1);
}

/* The device may send any of 2,048 vectors, whatever was registered: all stay inside. */
static void test_every_vector_stays_in_the_bound_memory(void **state)
{
    uint64_t last = PROCESS_PAGES - 1;
    uint32_t vector;

    (void)state;
    prepare();
    assert_invoke(OK, one.t, first.slot, PCI_IRQ_REGISTER, 1, last, BH_PAGE_SIZE - 264, 63,
                  SUMMARY_PAGE * BH_PAGE_SIZE, 0);
    for (vector = 0; vector < 4096; vector++) {
        fake_message(&zpci, first.device, vector);
    }
    assert_int_equal(bits(&one, last + 1), 0);
    assert_int_equal(bits(&two, 0), 0);
}

/* After deregistration, or disabling, the device has no way to write. */
static void test_no_interruption_after_disabling(void **state)
{
    (void)state;
    prepare();
    register_irq(&one, &first);
    assert_invoke(OK, INIT, first.slot, PCI_DISABLE);
    fake_message(&zpci, first.device, 0);
    assert_int_equal(bits(&one, VECTOR_PAGE), 0);
    assert_int_equal(first.device->irq_registered, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_an_event_goes_to_the_owner_alone),
        kernel_test(test_an_event_signals_with_the_badge),
        kernel_test(test_an_event_of_nobody_is_recorded),
        kernel_test(test_an_event_without_notification_is_kept),
        kernel_test(test_events_overflow),
        kernel_test(test_all_pending_events_are_taken),
        kernel_test(test_many_events_are_taken_in_steps),
        kernel_test(test_a_function_that_was_taken_away_is_gone),
        kernel_test(test_a_function_that_was_taken_away_owes_nothing),
        kernel_test(test_a_function_that_comes_back_can_be_enabled),
        kernel_test(test_a_function_that_comes_back_is_disabled),
        kernel_test(test_another_device_in_its_place_is_refused),
        kernel_test(test_lost_reports),
        kernel_test(test_no_report_no_request),
        kernel_test(test_the_number_of_reports_is_bounded),
        kernel_test(test_an_interruption_signals_the_owner),
        kernel_test(test_an_interruption_wakes_who_waits),
        kernel_test(test_a_storm_of_interruptions_is_throttled),
        kernel_test(test_a_throttled_owner_is_signalled_in_the_end),
        kernel_test(test_interruptions_at_leisure_are_not_throttled),
        kernel_test(test_suppressed_interruptions),
        kernel_test(test_every_vector_stays_in_the_bound_memory),
        kernel_test(test_no_interruption_after_disabling),
    };

    return cmocka_run_group_tests_name("kernel PCI events", tests, NULL, NULL);
}
