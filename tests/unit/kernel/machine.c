/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: booting, calling, time. Belongs to: test. */
#include "tests/unit/kernel/machine.h"

#include <stdio.h>
#include <string.h>

#include "kernel/boot/boot.h"
#include "kernel/debug/debug.h"
#include "kernel/machine.h"
#include "kernel/object/audit.h"
#include "kernel/object/call.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"
#include "libs/abi/init_image.h"
#include "tests/unit/kernel/pairs.h"
#include "tests/unit/kernel/sound.h"

#define BOOT_TIME 1000000u

const char *(*machine_check)(void);
static uint32_t forced; /* 1: a test made a thread run that the scheduler might not have chosen */

const char *error_name(uint32_t error)
{
#define ERROR(name, number, text) [number] = #name,
    static const char *const name[] = {
#include "libs/abi/errors.def"
    };
#undef ERROR

    return error < sizeof(name) / sizeof(name[0]) ? name[error] : "no such error";
}

static void report(const char *what, uint64_t value)
{
    fprintf(stderr, "host: %s: %#llx\n", what, (unsigned long long)value);
}

static uint64_t address_of(uint64_t page)
{
    return host_frame(page) * BH_PAGE_SIZE;
}

static void put_image(void)
{
    const struct bh_init_image header = {
        .magic = BH_INIT_MAGIC,
        .entry = BH_INIT_BASE + 64u,
        .text_size = 2u * BH_PAGE_SIZE,
        .rodata_size = BH_PAGE_SIZE,
        .total_size = 8u * BH_PAGE_SIZE,
        .stack_top = BH_INIT_BASE + 8u * BH_PAGE_SIZE,
        .message = INIT_MESSAGE,
    };

    memcpy(host_memory + IMAGE_PAGE * BH_PAGE_SIZE, &header, sizeof(header));
}

static void assert_sound(void)
{
    const char *wrong = sound();

    if (wrong == NULL && machine_check != NULL) {
        wrong = machine_check();
    }
    assert_int_equal(debug_broken(), 0);
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
}

void boot(void)
{
    const struct boot_image image = {
        .init = address_of(IMAGE_PAGE),
        .bundle = address_of(BUNDLE_PAGE),
        .bundle_bytes = BUNDLE_BYTES,
        .end = address_of(BOOT_PAGES),
        .memory = address_of(ALL_PAGES),
    };

    host_reset(ALL_PAGES * BH_PAGE_SIZE);
    host.violation = report;
    host.clock = BOOT_TIME;
    put_image();
    assert_int_equal(boot_objects(&image), 1);
    timer_start();
    choose();
    assert_int_equal(current, INIT);
    assert_sound();
}

void choose(void)
{
    forced = 0;
    current = ready_next();
}

void leave(void)
{
    assert_sound();
    if (ready_choice_owed() != 0) {
        choose();
        assert_sound();
    } else if (forced == 0) {
        assert_int_equal(ready_next(), current); /* what was handed over is what a choice says */
    }
}

void run(uint32_t t)
{
    assert_state(t, READY);
    if (current == t) {
        return;
    }
    if (current != NOBODY && state_of(current) == THREAD_READY) {
        ready_insert(current);
    }
    ready_remove(t);
    current = t;
    forced = 1;
}

void call_as(uint32_t t, uint32_t number, uint64_t gr2, uint64_t gr3, const uint64_t *argument)
{
    uint32_t i;

    run(t);
    set_gr(t, 2, gr2);
    set_gr(t, 3, gr3);
    for (i = 0; i < 6; i++) {
        set_gr(t, 4 + i, argument[i]);
    }
    call_serve(t, number);
    leave();
}

uint32_t invoke_as(uint32_t t, uint64_t cap, uint64_t method, const uint64_t *argument)
{
    call_as(t, BH_CALL_INVOKE, cap, method, argument);
    pairs_note(method, error_of(t));
    return error_of(t);
}

void pass(uint64_t tod_units)
{
    uint64_t end = host.clock + tod_units;

    while (host.timer <= end) {
        host.clock = host.timer > host.clock ? host.timer : host.clock;
        timer_interrupt();
        leave();
    }
    host.clock = end;
}

void assert_audit_back(uint32_t back, uint32_t code, uint32_t t, uint64_t first, uint64_t second)
{
    uint64_t who = t < THREADS ? thread_partition(t) * 256u + t : 0xffffu;

    if (t != NOBODY && t >= OF_PARTITION(0)) {
        who = (t - OF_PARTITION(0)) * 256u + 0xffu;
    }
    assert_true(audit_count > back);
    assert_invoke(OK, INIT, BH_INIT_AUDIT, AUDIT_READ, audit_count - 1u - back);
    assert_int_equal(gr(INIT, 5), code * 65536u + who);
    assert_int_equal(gr(INIT, 6), first);
    assert_int_equal(gr(INIT, 7), second);
}

void put_word(uint32_t t, uint32_t k, uint64_t word)
{
    hw_store(thread_message(t) + 8u * k, word);
}

uint64_t get_word(uint32_t t, uint32_t k)
{
    return hw_load(thread_message(t) + 8u * k);
}
