/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: lives beside a hostile partition, with memory right before and behind the other's,
 * and at each tick of a timer looks whether its memory and registers are as it left them.
 * Belongs to: test.
 *
 * Capabilities: "console" (write), "ticks" (a notification that nobody signals, wait), "subject"
 * (the other partition, inspect). Windows: "low" and "high". Values: "ticks", how many; without it,
 * until the other partition has been stopped, and then "after" more, 50 if not given.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define TICK_US 10000u
#define TICKS_AFTER_STOP 50u
#define TICKS_MAX 6000u
#define OWN_WORDS 8192u
#define AREAS 3u

/* As registers.S has them. */
struct registers {
    uint64_t fpr[16];
    uint32_t ar[14], unused[2];
    uint64_t gr[6];
};

uint64_t bh_svc_wait_registers(uint64_t cap, uint64_t deadline, const struct registers *before,
                               struct registers *after);

struct area {
    volatile uint64_t *word;
    uint64_t words;
};

static uint64_t own[OWN_WORDS];
static struct area area[AREAS];
static struct registers before, after;
static uint64_t breaches;

static uint64_t pattern(uint64_t i)
{
    return (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

static void add_area(unsigned number, void *address, uint64_t size)
{
    area[number] = (struct area){address, size / sizeof(uint64_t)};
    for (uint64_t i = 0; i < area[number].words; i++)
        area[number].word[i] = pattern(i);
}

static void start(void)
{
    struct bh_window low = bh_need_window("low");
    struct bh_window high = bh_need_window("high");

    add_area(0, own, sizeof(own));
    add_area(1, low.address, low.size);
    add_area(2, high.address, high.size);
    for (unsigned i = 0; i < 16; i++)
        before.fpr[i] = pattern(100 + i);
    for (unsigned i = 0; i < 14; i++)
        before.ar[i] = (uint32_t)pattern(200 + i);
    for (unsigned i = 0; i < 6; i++)
        before.gr[i] = pattern(300 + i);
}

static void breach(const char *what, uint64_t where)
{
    if (breaches++ < 10)
        printf("neighbour: BREACH: %s %#lx changed\n", what, where);
}

static void check_memory(void)
{
    for (unsigned n = 0; n < AREAS; n++)
        for (uint64_t i = 0; i < area[n].words; i++)
            if (area[n].word[i] != pattern(i))
                breach("memory at", (uint64_t)&area[n].word[i]);
}

static void tick(unsigned ticks)
{
    uint64_t error;

    memset(&after, 0, sizeof(after));
    error = bh_svc_wait_registers(ticks, bh_deadline(TICK_US), &before, &after);
    if (error != BH_E_TIMEOUT)
        breach("error of a wait", error);
    if (memcmp(&before, &after, sizeof(before)) != 0)
        breach("registers, first floating-point one", after.fpr[0]);
    check_memory();
}

static bool is_stopped(unsigned subject)
{
    struct bh_results r;
    uint64_t error = bh_partition_inspect(subject, &r);

    if (error != BH_E_OK)
        bh_fatal("partition: %s", bh_error_text(error));
    return r.gr4 != 0;
}

int main(void)
{
    unsigned subject = bh_need_cap("subject");
    unsigned ticks = bh_need_cap("ticks");
    uint64_t last = TICKS_MAX, after_stop = TICKS_AFTER_STOP, number = 0;
    bool stopped = false;

    start();
    bh_value("ticks", &last);
    bh_value("after", &after_stop);
    while (number < last) {
        tick(ticks);
        number++;
        if (!stopped && is_stopped(subject)) {
            stopped = true;
            printf("neighbour: the other partition is stopped\n");
            last = number + after_stop;
        }
    }
    printf("neighbour: %lu ticks, %lu breaches, the other partition %s\n", number, breaches,
           stopped ? "stopped" : "runs");
    return 0;
}
