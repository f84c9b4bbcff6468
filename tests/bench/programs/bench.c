/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The benchmark of the kernel's own paths, in executed instructions: each is run until it is hot,
 * and the least of many measurements counts. The cost of reading the clock is measured first and
 * taken off. One line each: "bench: NAME INSTRUCTIONS". Belongs to: test.
 */
#include <stdio.h>

#include "drivers/zpci/irq.h"
#include "drivers/zpci/native/disk.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/bench/programs/clock.h"

#define ROUNDS 200u
#define SPARE_PAGE 256u /* of the I/O window: nothing of the disk driver lies there */

static uint64_t clock_cost;
static struct clock_page *page;
static struct disk disk;
static struct native_device device;

/* The least time of ROUNDS runs, without the clock's own. */
static uint64_t least(uint64_t (*run)(void))
{
    uint64_t best = UINT64_MAX;
    uint64_t taken;
    unsigned i;

    for (i = 0; i < ROUNDS; i++) {
        taken = run();
        best = taken < best ? taken : best;
    }
    return best;
}

static void report(const char *name, uint64_t (*run)(void))
{
    uint64_t units = least(run);

    printf("bench: %s %llu\n", name, (unsigned long long)clock_instructions(units - clock_cost));
}

static uint64_t run_clock(void)
{
    uint64_t start = clock_now();

    return clock_now() - start;
}

static uint64_t run_null(void)
{
    uint64_t start = clock_now();

    (void)bh_svc_null();
    return clock_now() - start;
}

static uint64_t run_call(void)
{
    static unsigned cap;
    uint64_t words[BH_MESSAGE_WORDS] = {1, 2, 3, 4};
    uint64_t start;

    cap = bh_need_cap("calls");
    start = clock_now();
    (void)bh_svc_call(cap, words);
    return clock_now() - start;
}

/* The waiter is more urgent: it has run when the signal returns. */
static uint64_t run_signal(void)
{
    unsigned cap = bh_need_cap("wakeup");
    uint64_t start = clock_now();

    (void)bh_svc_signal(cap);
    return page->waiter - start;
}

/* While this process waits, the ticker runs; the device's interruption ends that. A device that was
 * done before anybody waited, so that the ticker never ran, measures nothing. */
static uint64_t run_interruption(void)
{
    uint64_t woken;

    page->ticker = 0;
    disk_submit(&disk, VIRTIO_BLK_READ, 0, 512, 0);
    (void)bh_svc_wait(device.events, BH_NO_DEADLINE, &woken);
    woken = clock_now();
    (void)irq_take(device.summary); /* what native_wait does, so that the next one is presented */
    (void)irq_take(device.vector);
    disk_wait(&disk, 0);
    return page->ticker != 0 ? woken - page->ticker : UINT64_MAX;
}

static uint64_t update(uint64_t pages)
{
    static unsigned cap;
    static uint64_t first;
    uint64_t stored;
    uint64_t start;

    cap = device.iospace;
    first = SPARE_PAGE + device.iova / BH_PAGE_SIZE;
    start = clock_now();
    (void)bh_iospace_update(cap, first, pages, 0, &stored);
    return clock_now() - start;
}

static uint64_t run_update_one(void)
{
    return update(1);
}

static uint64_t run_update_table(void)
{
    return update(256);
}

static void fill_words(void)
{
    uint64_t *word = bh_message_buffer();
    unsigned i;

    for (i = 0; i < 256; i++) {
        word[i] = (uint64_t)(i % 16u) * BH_PAGE_SIZE;
    }
}

int main(void)
{
    page = bh_need_window("clock").address;
    clock_cost = least(run_clock);
    report("null-call", run_null);
    report("call-reply", run_call);
    report("signal-to-waiter", run_signal);
    native_device_find(&device);
    disk_start(&disk, &device);
    report("interruption-to-handler", run_interruption);
    fill_words();
    report("update-1", run_update_one);
    fill_words();
    report("update-256", run_update_table);
    printf("bench: done\n");
    return 0;
}
