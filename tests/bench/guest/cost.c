/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Benchmark: what a guest's RPCITs cost, from its instruction to its next one, and its exits. One
 * instruction is 4.096 units of the TOD clock. Belongs to: test.
 *
 * One line for each measurement: "bench: NAME INSTRUCTIONS", the least of several tries, so that no
 * timer is in it.
 */
#include "tests/bench/guest/stamp.h"
#include "tests/guests/contract/contract.h"

#define TRIES 6u
#define SEGMENTS 128u
#define LIVE (SEGMENTS * 256u)
#define WINDOW (UINT64_C(2) * 1024u * 1024u * 1024u)
#define NEVER UINT64_MAX

static uint64_t tables[SEGMENTS][256] __attribute__((aligned(4096)));
static uint64_t taken[2]; /* by the last measured instruction: begin, end */

/* The two labels are where the counting of hardware instructions begins and ends. */
static __attribute__((noinline, noclone)) void timed(uint64_t start, uint64_t length)
{
    register uint64_t at asm("4") = start;
    register uint64_t bytes asm("5") = length;
    uint64_t handle = (uint64_t)fn.handle << 32;
    uint32_t ipm;

    asm volatile("\n\t.globl cost_begin, cost_end\n"
                 "cost_begin:\tstckf %0\n\t"
                 ".insn rre,0xb9d30000,%2,%3\n"
                 "cost_end:\tstckf %1\n\t"
                 "ipm %4"
                 : "=Q"(taken[0]), "=Q"(taken[1]), "+d"(handle), "+d"(at), "=d"(ipm), "+d"(bytes)
                 :
                 : "cc", "memory");
    if (ipm >> 28 != 0) {
        print("bench: failed: RPCIT\n");
        guest_stop();
    }
}

/* Two readings with nothing between. */
static uint64_t overhead(void)
{
    uint64_t first, second;

    asm volatile("stckf %0\n\tstckf %1" : "=Q"(first), "=Q"(second) : : "cc", "memory");
    return second - first;
}

static uint64_t instructions(uint64_t units)
{
    return (units * 1000u + 2048u) / 4096u;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* What one measurement is: entries from page `first` on become `entry` before each try, after they
 * were `before` and refreshed. */
static void say(const char *name, uint64_t value)
{
    print("bench: ");
    print(name);
    print(" ");
    print_decimal(value);
    print("\n");
}

static void fill(uint32_t n, uint64_t entry)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        tables[0][i] = entry;
}

/* n pages of the first segment change from one entry to another. */
static uint64_t pages(const char *name, uint32_t n, uint64_t before, uint64_t after)
{
    uint64_t best = NEVER;
    uint32_t i;

    for (i = 0; i < TRIES; i++) {
        fill(n, before);
        refresh(0, n * PAGE);
        fill(n, after);
        timed(fn.sdma, n * PAGE);
        best = least(best, taken[1] - taken[0]);
    }
    best = instructions(best - overhead());
    say(name, best);
    return best;
}

static void further(const char *name, uint64_t all, uint64_t one)
{
    say(name, (all - one) / 255u);
}

static void refreshes(void)
{
    uint64_t a = (uint64_t)frame[0], b = (uint64_t)frame[1], none = IOT_PTE_EMPTY;
    uint64_t one = pages("rpcit-1-new", 1, none, a);
    uint64_t same = pages("rpcit-1-unchanged", 1, a, a);
    uint64_t other = pages("rpcit-1-other-frame", 1, a, b);
    uint64_t gone = pages("rpcit-1-unmapped", 1, a, none);

    further("further-page-new", pages("rpcit-256-new", 256, none, a), one);
    further("further-page-unchanged", pages("rpcit-256-unchanged", 256, a, a), same);
    further("further-page-other-frame", pages("rpcit-256-other-frame", 256, a, b), other);
    further("further-page-unmapped", pages("rpcit-256-unmapped", 256, a, none), gone);
}

static void global(void)
{
    uint64_t best = NEVER;
    uint32_t i;

    for (i = 0; i < LIVE; i++)
        tables[i / 256u][i % 256u] = (uint64_t)frame[i % FRAMES];
    refresh(0, WINDOW);
    for (i = 0; i < TRIES; i++) {
        timed(fn.sdma, WINDOW);
        best = least(best, taken[1] - taken[0]);
    }
    say("rpcit-global-unchanged", instructions(best - overhead()));
}

/* An instruction that the VMM emulates with little to do, and its notes about it. */
static void exits(void)
{
    volatile uint64_t *stamp = (volatile uint64_t *)STAMP_AT;
    uint64_t begin, end, to = NEVER, back = NEVER, all = NEVER;
    uint16_t number;
    uint32_t i;

    for (i = 0; i < TRIES; i++) {
        asm volatile("stckf %0\n\tstap %2\n\tstckf %1"
                     : "=Q"(begin), "=Q"(end), "=Q"(number)
                     :
                     : "cc", "memory");
        to = least(to, stamp[STAMP_EXIT] - begin);
        back = least(back, end - stamp[STAMP_REPLY]);
        all = least(all, end - begin);
    }
    say("exit-to-vmm", instructions(to - overhead()));
    say("vmm-to-guest", instructions(back - overhead()));
    say("exit-and-back", instructions(all - overhead()));
}

static void link_tables(void)
{
    uint32_t i;

    for (i = 0; i < LIVE; i++)
        tables[i / 256u][i % 256u] = IOT_PTE_EMPTY;
    tables_clear();
    for (i = 0; i < SEGMENTS; i++)
        *segment_entry(i * MIB) = (uint64_t)tables[i];
}

_Noreturn void guest_main(void)
{
    SET_CONTROL(0, CR0_RESET);
    trap_start();
    function_find(0);
    function_enable();
    link_tables();
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + WINDOW - 1u, tables_iota());
    refreshes();
    global();
    exits();
    print("bench: done\n");
    guest_stop();
}
