/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: its own problem state, which must not get out of it. Belongs to: test. */
#include "tests/guests/hello/guest.h"

#define USER (PSW_64 | PSW_DAT | PSW_PROBLEM)
#define LOST (WINDOW + 0x5000u)

static uint64_t seen;
static void (*user_code)(void);

static void enter(void)
{
    uint64_t psw[2] = {USER, (uint64_t)user_code};

    go(psw);
}

/* Runs in problem state until its first interruption. */
static uint32_t run_user(void (*code)(void))
{
    user_code = code;
    return attempt(enter);
}

static void user_call(void)
{
    seen = *(volatile uint64_t *)WINDOW;
    asm volatile("svc 9");
}

static void user_mask(void)
{
    asm volatile("stosm 0x308,0x03" : : : "memory");
}

static void user_control(void)
{
    asm volatile("lctlg 1,1,0x308" : : : "memory");
}

static void user_home(void)
{
    asm volatile("sacf 768\n\tsvc 9");
}

static void user_move(void)
{
    register uint64_t control asm("0") = UINT64_C(0xc1); /* source in home space */

    asm volatile(".insn ssf,0xc80000000000,0(%0),0(%1),%2\n\tsvc 9"
                 :
                 : "a"(&seen), "a"(WINDOW), "d"(UINT64_C(8)), "d"(control)
                 : "cc", "memory");
}

static void user_refresh(void)
{
    asm volatile(".insn rre,0xb9d30000,2,4\n\tsvc 9" : : : "cc", "memory");
}

static void user_fault(void)
{
    seen = *(volatile uint64_t *)LOST;
}

static void user_extract(void)
{
    uint32_t high, low;

    asm volatile("epsw %0,%1" : "=d"(high), "=d"(low));
    seen = high;
    asm volatile("svc 9");
}

static void user_key(void)
{
    asm volatile("spka 0x80\n\tsvc 9");
}

void check_user(void)
{
    spaces_start();
    check_equal("supervisor call of a user", run_user(user_call), TRAP(TRAP_SUPERVISOR, 9));
    check_equal("old PSW", trap.mask & (PSW_PROBLEM | PSW_AS_MASK), PSW_PROBLEM);
    check_equal("primary space of a user", seen, SPACE_PRIMARY);
    check_equal("STOSM of a user", run_user(user_mask), PROGRAM(2));
    check_equal("LCTLG of a user", run_user(user_control), PROGRAM(2));
    check_equal("home space for a user", run_user(user_home), PROGRAM(2));
    seen = 99;
    check("MVCOS from home space for a user",
          run_user(user_move) != TRAP(TRAP_SUPERVISOR, 9) && seen == 99);
    check("RPCIT of a user", run_user(user_refresh) >> 16 == TRAP_PROGRAM);
    check_equal("page fault of a user", run_user(user_fault), PROGRAM(0x11));
    check_equal("where, and in primary space", trap.teid & ~UINT64_C(0xffc), LOST);
    check_equal("EPSW of a user", run_user(user_extract), TRAP(TRAP_SUPERVISOR, 9));
    check_equal("shows problem state and its key", seen & 0x00f10000u, 0x00010000u);
    check_equal("SPKA of a user", run_user(user_key), PROGRAM(2));
    spaces_stop();
}
