/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: address spaces, page faults, purges. Belongs to: test. */
#include "libs/zformats/dat.h"
#include "tests/guests/hello/guest.h"

#define SECOND (WINDOW + 0x1000u)
#define LOST (WINDOW + 0x2000u)
#define TEID_STORE 0x400u
#define TEID_FETCH 0x800u
#define TEID_ACCESS 0xc00u
#define AS_HOME 3u

static uint64_t seen;

static uint64_t load(uint64_t at)
{
    return *(volatile uint64_t *)at;
}

static void load_lost(void)
{
    seen = load(LOST + 8u);
}

static void store_second(void)
{
    *(volatile uint64_t *)SECOND = 5;
}

/* To primary space by a PSW, and back. */
static void load_in_primary(void)
{
    static uint64_t psw[2];

    psw[0] = kernel_mask & ~PSW_AS_MASK;
    asm volatile("larl %%r1,0f\n\t"
                 "stg %%r1,8+%0\n\t"
                 "lpswe %0\n"
                 "0:\tlg %1,0(%2)\n\t"
                 "sacf 768"
                 : "+Q"(psw), "=&d"(seen)
                 : "a"(WINDOW)
                 : "1", "memory");
}

static void check_spaces(void)
{
    check_equal("home space", load(WINDOW), SPACE_HOME);
    asm volatile("sacf 256\n\tlg %0,0(%1)\n\tsacf 768" : "=d"(seen) : "a"(WINDOW) : "memory");
    check_equal("secondary space", seen, SPACE_SECONDARY);
    check_equal("home space again", load(WINDOW), SPACE_HOME);
    load_in_primary();
    check_equal("primary space", seen, SPACE_PRIMARY);
}

static void check_faults(void)
{
    check_equal("page fault", attempt(load_lost), PROGRAM(0x11));
    check_equal("where", trap.teid & ~UINT64_C(0xfff), LOST);
    check_equal("in which space", trap.teid & 3u, AS_HOME);
    check_equal("by a fetch", trap.teid & TEID_ACCESS, TEID_FETCH);
    *space_entry(SPACE_HOME, 1) = (uint64_t)frames[SPACE_COUNT] | DAT_PROTECTED;
    check_equal("fetch from a protected page", load(SECOND), SPACE_COUNT);
    check_equal("store into it", attempt(store_second), PROGRAM(4));
    check_equal("where", trap.teid & ~UINT64_C(0xfff), SECOND);
    *space_entry(SPACE_HOME, 1) = (uint64_t)frames[SPACE_COUNT];
    asm volatile("ptlb" : : : "memory");
    check_equal("store once it is not protected", attempt(store_second), 0);
    check_equal("what was stored", frames[SPACE_COUNT][0], 5);
}

/* Each time the page gets another frame, and one of the purges must make that be seen. */
static void check_purges(void)
{
    uint64_t *entry = space_entry(SPACE_HOME, 1);
    uint64_t table = (uint64_t)space_entry(SPACE_HOME, 0);
    uint64_t first = (uint64_t)frames[SPACE_PRIMARY], second = (uint64_t)frames[SPACE_SECONDARY];

    asm volatile("ipte %0,%1" : : "a"(table), "a"(SECOND) : "memory");
    check_equal("IPTE invalidates", *entry & DAT_PTE_INVALID, DAT_PTE_INVALID);
    *entry = first;
    check_equal("page after IPTE", load(SECOND), SPACE_PRIMARY);
    *entry = second;
    asm volatile(".insn rrf,0xb98e0000,0,%1,%0,0"
                 :
                 : "a"(space_asce(SPACE_HOME)), "a"(UINT64_C(0x800))
                 : "memory");
    check_equal("page after IDTE", load(SECOND), SPACE_SECONDARY);
    asm volatile("lgr 2,%0\n\tlgr 3,%1\n\tlgr 4,%2\n\t.insn rre,0xb98a0000,2,4"
                 :
                 : "d"(second), "d"(first), "d"((uint64_t)entry | 1u)
                 : "2", "3", "4", "cc", "memory");
    check_equal("page after CSPG", load(SECOND), SPACE_PRIMARY);
    *entry = second;
    asm volatile("ptlb" : : : "memory");
    check_equal("page after PTLB", load(SECOND), SPACE_SECONDARY);
}

static void check_real_addresses(void)
{
    uint64_t real, cc;

    asm volatile("lrag %0,8(%2)\n\tipm %1" : "=d"(real), "=d"(cc) : "a"(WINDOW) : "cc");
    check_equal("LRAG", real, (uint64_t)frames[SPACE_HOME] + 8u);
    asm volatile("lra %0,0(%2)\n\tipm %1" : "=d"(real), "=d"(cc) : "a"(LOST) : "cc");
    check("LRA of a missing page", (cc >> 28 & 3u) != 0);
}

static void check_move(void)
{
    register uint64_t control asm("0") = UINT64_C(0x01); /* source in primary space */
    uint64_t length = 8;

    asm volatile(".insn ssf,0xc80000000000,0(%0),0(%1),%2"
                 :
                 : "a"(&seen), "a"(WINDOW), "d"(length), "d"(control)
                 : "cc", "memory");
    check_equal("MVCOS from primary space", seen, SPACE_PRIMARY);
}

void check_dat(void)
{
    spaces_start();
    check_spaces();
    check_faults();
    check_purges();
    check_real_addresses();
    check_move();
    spaces_stop();
}
