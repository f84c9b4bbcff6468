/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: clock comparator and CPU timer. Belongs to: test. */
#include "tests/guests/hello/guest.h"

#define MICROSECOND 4096u
#define FOREVER (UINT64_MAX >> 1)

static uint64_t now(void)
{
    uint64_t tod;

    asm volatile("stckf %0" : "=Q"(tod) : : "cc", "memory");
    return tod;
}

static void set_comparator(uint64_t at)
{
    asm volatile("sckc %0" : : "Q"(at) : "memory");
}

static void set_timer(uint64_t value)
{
    asm volatile("spt %0" : : "Q"(value) : "memory");
}

static uint64_t timer(void)
{
    uint64_t value;

    asm volatile("stpt %0" : "=Q"(value) : : "memory");
    return value;
}

/* Enabled and computing: the interruption comes to a CPU that does not wait. */
static void compute(void)
{
    uint64_t i;

    asm volatile("stosm 0x308,0x01" : : : "memory");
    for (i = 0; i < UINT64_C(100000000000); i++)
        asm volatile("" : : : "memory");
}

static void check_comparator(void)
{
    uint64_t at = now() + 2000u * MICROSECOND, end, stored;
    uint32_t code, taken;

    set_comparator(at);
    asm volatile("stckc %0" : "=Q"(stored) : : "memory");
    check_equal("STCKC", stored, at);
    SET_CONTROL(0, CR0_RESET | CR0_CLOCK_COMPARATOR);
    code = wait_external();
    end = now();
    set_comparator(now() + 2000u * MICROSECOND);
    taken = attempt(compute);
    set_comparator(UINT64_MAX);
    SET_CONTROL(0, CR0_RESET);
    check_equal("clock comparator ends a wait", code, 0x1004);
    check("not before its time", end >= at);
    check_equal("clock comparator ends a loop", taken, TRAP(TRAP_EXTERNAL, 0x1004));
}

static void check_timer(void)
{
    uint64_t first, second;
    uint32_t taken;

    set_timer(FOREVER);
    first = timer();
    second = timer();
    check("CPU timer counts down", first <= FOREVER && second < first);
    SET_CONTROL(0, CR0_RESET | CR0_CPU_TIMER);
    set_timer(2000u * MICROSECOND);
    taken = attempt(compute);
    set_timer(FOREVER);
    SET_CONTROL(0, CR0_RESET);
    check_equal("CPU timer", taken, TRAP(TRAP_EXTERNAL, 0x1005));
}

void check_clock(void)
{
    check_comparator();
    check_timer();
}
