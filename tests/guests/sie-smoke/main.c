/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest for SIE: the checks. Belongs to: test. */
#include "tests/guests/lib/guest.h"
#include "tests/guests/sie-smoke/probe.h"
#include "tests/guests/sie-smoke/protocol.h"

#define UNTOUCHED UINT64_C(0x100000) /* pages that nobody used before */
#define REST UINT64_C(0x3f5a5a)      /* of the register with the handle, status apart */
#define SEED UINT64_C(0x0123456789abcdef)

static uint32_t failures;
static uint64_t touched, value; /* address and result of touch() */

static void check(int good, const char *what)
{
    if (!good) {
        failures++;
        diagnose_say(what);
    }
}

/* The status byte is that of the answer with cc 1, and untouched otherwise. */
static void check_refreshes(void)
{
    static const uint32_t cc[REFRESHES] = {1, 0, 2, 3, 1};
    static const uint64_t status[REFRESHES] = {16, 0, 0, 0, 40};
    uint32_t n;

    for (n = 0; n < REFRESHES; n++) {
        uint64_t handle = (uint64_t)HANDLE << 32 | REST;
        uint32_t got = n == REFRESHES - 1 ? refresh_executed(&handle, REFRESH(n), LENGTH(n))
                                          : refresh(&handle, REFRESH(n), LENGTH(n));

        check(got == cc[n], "FAILED: condition code of an RPCIT");
        check(handle == ((uint64_t)HANDLE << 32 | REST | status[n] << 24),
              "FAILED: register with the handle");
    }
}

static void refresh_as_user(void)
{
    const uint64_t psw[2] = {PSW_64 | PSW_PROBLEM, (uint64_t)refresh_user};

    go(psw);
}

static void check_refused(void)
{
    check(attempt(refresh_odd) == PROGRAM(6), "FAILED: RPCIT with an odd register");
    check(attempt(refresh_as_user) == PROGRAM(2), "FAILED: RPCIT in problem state");
}

static void touch(void)
{
    value = *(volatile uint64_t *)touched;
}

static uint32_t touching(uint64_t address)
{
    touched = address;
    return attempt(touch);
}

static void check_memory(void)
{
    uint64_t faults;

    check(touching(0x1000) == 0, "FAILED: the prefix area");
    faults = diagnose_count(COUNT_FAULTS);
    check(touching(UNTOUCHED) == 0 && value == UNTOUCHED, "FAILED: a page was not served");
    check(diagnose_count(COUNT_FAULTS) == faults + 1, "FAILED: a page did not fault once");
    check(touching(MEMORY) == PROGRAM(5), "FAILED: memory above the window");
    check(touching(UINT64_C(0x7fff0000)) == PROGRAM(5), "FAILED: memory far above the window");
    check(touching(UINT64_C(1) << 40) == PROGRAM(5), "FAILED: memory beyond all tables");
    check(diagnose_count(COUNT_INVALID) == 1, "FAILED: prefix area without a page");
}

static void use_keys(void)
{
    uint64_t key = 0x30;

    asm volatile("sske %0,%1\n\tiske %0,%1\n\trrbe 0,%1" : "+d"(key) : "a"(UNTOUCHED) : "cc");
}

static void check_keys(void)
{
    check(attempt(use_keys) == 0, "FAILED: key instructions");
    check(diagnose_count(COUNT_KEYS) == 3, "FAILED: key instructions are not intercepted");
    check(touching(UNTOUCHED) == 0 && value == UNTOUCHED, "FAILED: a page after its key");
}

static void wait_busily(void)
{
    uint8_t before;

    asm volatile("stosm %0,1\n\tj ." : "=Q"(before) : : "memory");
}

/* The hardware interrupts the guest, without an exit. */
static void check_timer(void)
{
    uint64_t at = tod_now() + 5u * TOD_PER_MS;

    asm volatile("sckc %0" : : "Q"(at));
    SET_CONTROL(0, CR0_RESET | CR0_CLOCK_COMPARATOR);
    check(attempt(wait_busily) == TRAP(TRAP_EXTERNAL, 0x1004), "FAILED: clock comparator");
    check(tod_now() >= at, "FAILED: clock comparator came too early");
    SET_CONTROL(0, CR0_RESET);
}

/* The VMM interrupts us there several times, the first time because the flag's page is missing. */
static void check_interrupted(void)
{
    volatile uint64_t *flag = (volatile uint64_t *)(UNTOUCHED + 0x1008);
    uint64_t general[12];
    uint32_t access[14];
    uint32_t i;

    for (i = 0; i < 14; i++)
        access[i] = 0x1000 + i;
    for (i = 0; i < 12; i++)
        general[i] = SEED * (i + 1);
    diagnose_spin(flag);
    spin(flag, general, access);
    for (i = 0; i < 12; i++)
        check(general[i] == SEED * (i + 1), "FAILED: a general register");
    for (i = 0; i < 14; i++)
        check(access[i] == 0x1000 + i, "FAILED: an access register");
}

void guest_main(void)
{
    const uint64_t enabled_wait[2] = {PSW_64 | PSW_WAIT | PSW_EXTERNAL, 0};

    trap_start();
    check_refreshes();
    check_refused();
    check_memory();
    check_keys();
    check_timer();
    check_interrupted();
    diagnose_say(failures == 0 ? ALL_PASSED : "checks FAILED");
    go(enabled_wait);
}
