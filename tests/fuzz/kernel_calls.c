/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: random system calls, faults, devices and time over a booted kernel; after each step every
 * predicate and invariant must hold (sound.h), every so often those of all leaves as well.
 * usage: kernel-calls [CALLS [SEED]]. The same seed gives the same run; a failure names its step.
 * Belongs to: test.
 */
#include <stdio.h>
#include <stdlib.h>

#include "kernel/machine.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/portal.h"
#include "kernel/object/space.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "tests/fuzz/random.h"
#include "tests/unit/kernel/devices.h"
#include "tests/unit/kernel/isolate.h"
#include "tests/unit/kernel/machine.h"
#include "tests/unit/kernel/sound.h"

#define CALLS 2000u /* of one machine, unless it comes to a standstill before */
#define STILL 300u  /* steps without a call: nothing is left that could make one */
#define PROCESSES 3u
#define OFTEN 100u /* steps between looks at all leaves */
#define FEW 1000u  /* one of so many steps does what ends a thread or a partition */

static struct process process[PROCESSES];
static struct pci pci[2];
static uint32_t wanted = 20000, seed = 1, machine;
static uint64_t *total; /* calls of all machines, shared */

/* What happened last, for a failure. */
static struct {
    uint32_t step, thread, number;
    uint64_t cap, method;
    const uint64_t *argument;
} last;

static void tell_last(void)
{
    uint32_t i;

    fprintf(stderr,
            "seed %u, machine %u, step %u: thread %u, call %u, capability %#llx, method %#llx",
            seed, machine, last.step, last.thread, last.number, (unsigned long long)last.cap,
            (unsigned long long)last.method);
    for (i = 0; last.argument != NULL && i < 6; i++) {
        fprintf(stderr, " %#llx", (unsigned long long)last.argument[i]);
    }
    fprintf(stderr, "\n");
}

/* ---- the system ---- */

static void give_to_all(uint32_t slot)
{
    uint32_t i;

    for (i = 0; i < PROCESSES; i++) {
        if (random_below(3) != 0) {
            uint32_t rights = random_below(2) != 0 ? EVERYTHING : (uint32_t)random_next();

            (void)invoke_as(INIT, process[i].captable, BH_M_CAPTABLE_GRANT,
                            ARGUMENTS(slot, slot, rights, random_below(4)));
        }
    }
}

static void build_process(uint32_t i)
{
    uint32_t endpoint, k;

    new_process(&process[i], 10 + random_below(8));
    endpoint = new_endpoint(process[i].partition);
    give_to_all(endpoint);
    give_to_all(new_notification(process[i].partition));
    for (k = 0; k < 2; k++) {
        (void)new_thread(&process[i], 10 + random_below(8));
    }
    assert_invoke(OK, INIT, process[i].thread, THREAD_PORTAL, BH_REASON_DEFAULT, endpoint,
                  1 + random_below(100000));
}

static void build_guest(const struct process *owner, const struct pci *function)
{
    uint32_t endpoint = new_endpoint(owner->partition);
    uint32_t slot = new_vcpu(owner, 12, 12);

    assert_invoke(OK, INIT, slot, VCPU_PORTAL, BH_REASON_DEFAULT, endpoint, 100000);
    assert_invoke(OK, INIT, slot, VCPU_ADD_WINDOW, owner->region, 0, PROCESS_PAGES, 7);
    assert_invoke(OK, INIT, slot, VCPU_ADD_WINDOW, owner->region, 2, 5, 1);
    assert_invoke(OK, INIT, slot, VCPU_BIND_FUNCTION, function->slot);
    assert_invoke(OK, INIT, slot, VCPU_START);
    give_to_all(slot);
    give_to_all(endpoint);
}

static void build(void)
{
    uint32_t i;

    install_devices();
    for (i = 0; i < PROCESSES; i++) {
        build_process(i);
    }
    for (i = 0; i < 2; i++) {
        new_pci(&pci[i], &process[i], i, i);
        assert_invoke(OK, INIT, pci[i].iospace, IOSPACE_ADD_WINDOW, process[i].region, 3, 4, 1);
        start_dma(&pci[i]);
    }
    build_guest(&process[0], &pci[0]);
    for (i = 0; i < PROCESSES; i++) {
        give_to_all(process[i].space);
        give_to_all(process[i].thread);
        give_to_all(process[i].captable);
        give_to_all(process[i].partition);
    }
}

/* ---- calls ---- */

static uint64_t any_value(void)
{
    switch (random_below(9)) {
    case 0:
        return random_below(8);
    case 1:
        return random_below(BH_SLOTS + 2);
    case 2:
        return random_below(300);
    case 3:
        return host_frame(random_below(ALL_PAGES + 100));
    case 4:
        return IO_BASE + random_below(IO_PAGES + 10) - 5;
    case 5:
        return (UINT64_C(1) << random_below(64)) - random_below(3);
    case 6:
        return UINT64_MAX - random_below(5000);
    case 7:
        return host.clock + random_below(3000);
    default:
        return random_next();
    }
}

/* Arguments that have a chance, for methods that need several to be right at once. */
static void likely_arguments(uint64_t method, uint64_t *a)
{
    static const struct {
        uint32_t method;
        uint32_t base[6], range[6];
    } likely[] = {
        {BH_M_SPACE_MAP, {0, 0, 0, 1, 1, 0}, {250, 2, 20, 20, 7, 1}},
        {BH_M_SPACE_UNMAP, {0, 1, 0, 0, 0, 0}, {250, 20, 1, 1, 1, 1}},
        {BH_M_IOSPACE_UPDATE, {IO_BASE, 1, 0, 0, 0, 0}, {IO_PAGES, 20, 2, 1, 1, 1}},
        {BH_M_VCPU_SPACE_RESET, {0, 0, 0, 0, 0, 0}, {3, 4, 1, 1, 1, 1}},
        {BH_M_VCPU_SPACE_MAP, {0, 0, 1, 0, 0, 0}, {3, 2000, 20, 2, 1, 1}},
        {BH_M_VCPU_SPACE_INVALIDATE, {0, 0, 1, 0, 0, 0}, {3, 2000, 20, 1, 1, 1}},
        {BH_M_PCI_LOAD, {0, 0, 1, 0, 0, 0}, {6, 16384, 8, 1, 1, 1}},
        {BH_M_PCI_STORE, {0, 0, 1, 0, 0, 0}, {6, 16384, 8, 1000, 1, 1}},
        {BH_M_PCI_CONFIG_STORE, {0, 1, 0, 0, 0, 0}, {256, 4, 65536, 1, 1, 1}},
        {BH_M_PCI_IRQ_REGISTER, {1, 0, 0, 0, 0, 0}, {128, 17, 4096, 64, 65536, 64}},
        {BH_M_PCI_MEASURE, {0, 0, 0, 0, 0, 0}, {17, 4096, 1, 1, 1, 1}},
        {BH_M_CONSOLE_WRITE, {1, 0, 0, 0, 0, 0}, {1024, 1, 1, 1, 1, 1}},
    };
    uint32_t i, k;

    for (i = 0; i < sizeof(likely) / sizeof(likely[0]); i++) {
        for (k = 0; likely[i].method == method && k < 6; k++) {
            a[k] = likely[i].base[k] + random_below(likely[i].range[k]);
        }
    }
}

static void fill_message(uint32_t t)
{
    uint32_t i;

    for (i = 0; message_of(t) != 0 && i < 20; i++) {
        put_word(t, i,
                 random_below(PROCESS_PAGES + 1) * (uint64_t)BH_PAGE_SIZE |
                     random_below(16) * 0x100u);
    }
}

/* Whether the call ends something for good: those come seldom, else nothing is left to test. */
static uint32_t is_final(uint32_t number, uint64_t method)
{
    return number == BH_CALL_EXIT ||
           (number == BH_CALL_INVOKE &&
            (method == BH_M_PARTITION_STOP || method == BH_M_THREAD_STOP ||
             method == BH_M_CAPTABLE_DROP || method == BH_M_CAPTABLE_REDUCE ||
             method == BH_M_PARTITION_SEAL));
}

static uint64_t any_cap(uint32_t t, uint32_t *type)
{
    uint64_t index = random_below(BH_SLOTS);
    uint32_t tries;

    for (tries = 0; tries < 8; tries++, index = random_below(BH_SLOTS)) {
        *type = cap_type[cap_slot((uint32_t)thread_captable(t), index)];
        if (*type != BH_NONE) {
            break;
        }
    }
    return random_below(50) == 0 ? any_value() : index;
}

static uint64_t any_deadline(void)
{
    return random_below(10) == 0 ? any_value() : host.clock + random_below(50000);
}

static uint32_t any_number(uint32_t type)
{
    static const uint8_t of_endpoint[] = {BH_CALL_CALL, BH_CALL_RECV, BH_CALL_REPLY_RECV};
    static const uint8_t of_notification[] = {BH_CALL_SIGNAL, BH_CALL_WAIT};

    if (random_below(20) == 0) {
        return random_below(12);
    }
    if (type == BH_ENDPOINT) {
        return random_below(4) == 0 ? (uint32_t)BH_CALL_REPLY : of_endpoint[random_below(3)];
    }
    return type == BH_NOTIFICATION ? of_notification[random_below(2)] : (uint32_t)BH_CALL_INVOKE;
}

static void call(uint32_t t)
{
    static uint64_t argument[6];
    uint32_t type = BH_NONE, i;

    last.cap = any_cap(t, &type);
    last.number = any_number(type);
    last.method = random_below(30) == 0 ? any_value() : type * 256u + random_below(20);
    for (i = 0; i < 6; i++) {
        argument[i] = any_value();
    }
    if (last.number == BH_CALL_REPLY || last.number == BH_CALL_REPLY_RECV) {
        argument[0] = random_below(FEW) == 0 ? BH_STOP : BH_RESUME;
        last.method = any_deadline();
    } else if (last.number == BH_CALL_RECV || last.number == BH_CALL_WAIT) {
        argument[0] = any_deadline();
    } else if (last.number == BH_CALL_INVOKE && random_below(5) != 0) {
        likely_arguments(last.method, argument);
    }
    if ((is_final(last.number, last.method) != 0 && random_below(FEW) >= 20) ||
        (last.number == BH_CALL_CALL && t == INIT)) {
        return;
    }
    fill_message(t);
    host.console_used = 0;
    last.thread = t;
    last.argument = argument;
    if (last.number == BH_CALL_INVOKE) {
        (void)invoke_as(t, last.cap, last.method, argument);
    } else {
        call_as(t, last.number, last.cap, last.method, argument);
    }
    (*total)++;
}

/* ---- everything else ---- */

static uint32_t any_ready(void)
{
    uint32_t start = random_below(thread_count);
    uint32_t i;

    for (i = 0; i < thread_count; i++) {
        uint32_t t = (start + i) % thread_count;

        if (state_of(t) == THREAD_READY && (thread_vcpu(t) == NOBODY || random_below(10) == 0)) {
            return t;
        }
    }
    return NOBODY;
}

/* A ready thread is a process: it calls, or seldom faults; or it is a guest: it has an exit. */
static void thread_acts(void)
{
    uint32_t t = current != NOBODY && random_below(2) != 0 ? current : any_ready();

    if (t == NOBODY || state_of(t) != THREAD_READY) {
        pass(random_below(MICROSECONDS(500)));
        return;
    }
    if (thread_vcpu(t) != NOBODY) {
        run(t);
        vcpu_rpcit(t, random_below(16), random_below(8) * 2);
        leave();
    } else if (random_below(FEW) < 5 && t != INIT) {
        run(t);
        portal_send(t, BH_REASON_FAULT, 1, random_below(64), any_value(), any_value());
        leave();
    } else {
        call(t);
    }
}

static void processor_translates(void)
{
    uint64_t address = random_below(256) * (uint64_t)BH_PAGE_SIZE;
    uint32_t i = random_below(PROCESSES);

    (void)host_access(object_of(process[i].space), address, (enum host_how)random_below(3));
    (void)host_guest_access(0, random_below(3), address, (enum host_how)random_below(3));
}

static void device_acts(void)
{
    static const enum fake_instruction instruction[] = {FAKE_RPCIT, FAKE_MPCIFC, FAKE_CLP,
                                                        FAKE_PCILG, FAKE_CHSC};
    const struct pci *function = &pci[random_below(2)];
    uint64_t value;

    switch (random_below(12)) {
    case 0:
        fake_message(&zpci, function->device, random_below(4096));
        break;
    case 1:
        fake_inject(&zpci, instruction[random_below(5)], (uint8_t)(1 + random_below(3)), 8, 1);
        break;
    case 2:
        fake_error(&zpci, function->device, (uint16_t)random_below(64), any_value(), 0);
        break;
    case 3:
        pci_events_take();
        break;
    case 4:
        adapter_interrupt(random_below(ADAPTER_INTERRUPTS));
        break;
    default:
        (void)dma_reads(function, random_below(IO_PAGES), &value);
        break;
    }
    leave();
}

/* Now and then somebody resets what the devices' errors have left. */
static void recover(void)
{
    const struct pci *function = &pci[random_below(2)];

    if (state_of(INIT) == THREAD_READY && cap_type[cap_slot(0, function->slot)] == BH_PCI) {
        (void)invoke_as(INIT, function->slot, BH_M_PCI_RESET_ERROR, ARGUMENTS(0));
        (void)invoke_as(INIT, function->slot, BH_M_PCI_ENABLE, ARGUMENTS(0));
        (void)invoke_as(INIT, function->slot, BH_M_PCI_DMA_REGISTER, ARGUMENTS(0));
    }
}

static void step(void)
{
    switch (random_below(16)) {
    case 0:
        pass(random_below(MICROSECONDS(200)));
        break;
    case 1:
    case 2:
        device_acts();
        break;
    case 3:
        processor_translates();
        break;
    case 4:
        recover();
        break;
    default:
        thread_acts();
        break;
    }
}

static void look_at_all(void)
{
    uint32_t s;

    assert_null(sound_leaves());
    for (s = 0; s < space_count; s++) {
        assert_int_equal(space_ok(s), 1);
    }
}

static void one_machine(void **state)
{
    uint64_t before = *total;
    uint32_t sealed = 0, still = 0;

    (void)state;
    atexit(tell_last);
    random_seed(seed * UINT64_C(1000003) + machine);
    build();
    for (last.step = 0; *total < before + CALLS && still < STILL; last.step++) {
        uint64_t calls = *total;

        step();
        still = *total == calls ? still + 1 : 0;
        if (partition_sealed != sealed) {
            sealed = partition_sealed;
            sound_seal();
        }
        if (last.step % OFTEN == 0) {
            look_at_all();
        }
    }
    look_at_all();
}

/* One machine after another, each in a process of its own, until there were enough calls. */
static void test_random_calls(void **state)
{
    void *body = (void *)(uintptr_t)one_machine;

    (void)state;
    while (*total < wanted) {
        machine++;
        isolate_run(&body);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_calls)};
    int failures;

    if (argc > 1) {
        wanted = (uint32_t)strtoul(argv[1], NULL, 0);
    }
    if (argc > 2) {
        seed = (uint32_t)strtoul(argv[2], NULL, 0);
    }
    total = isolate_shared(sizeof(*total));
    failures = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%llu calls on %u machines, seed %u\n", (unsigned long long)*total, machine, seed);
    return failures;
}
