/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: the PSW and its parts. Belongs to: test. */
#include "tests/guests/hello/guest.h"

static uint8_t byte, second;

/* Nothing is printed while external interruptions are enabled: the console's would be lost. */
static void check_system_mask(void)
{
    asm volatile("stosm %0,0x01\n\tstnsm %1,0xfe" : "=Q"(byte), "=Q"(second) : : "memory");
    check_equal("STOSM stores the mask of before", byte, 0);
    check_equal("STNSM stores what STOSM set", second, 1);
    byte = 2;
    asm volatile("ssm %1\n\tstnsm %0,0xfc" : "=Q"(second) : "Q"(byte) : "memory");
    check_equal("SSM sets the mask", second, 2);
}

static void check_execute(void)
{
    asm volatile("lhi %%r1,2\n\t"
                 "larl %%r2,0f\n\t"
                 "ex %%r1,0(%%r2)\n\t"
                 "exrl %%r1,1f\n\t"
                 "j 2f\n"
                 "0:\tstosm %0,0x01\n"
                 "1:\tstnsm %0,0xfc\n"
                 "2:\tstnsm %1,0xfc"
                 : "=Q"(byte), "=Q"(second)
                 :
                 : "1", "2", "memory");
    check_equal("EX of an instruction that traps", byte, 3);
    check_equal("EXRL of one", second, 2);
}

static void operation(void)
{
    asm volatile(".long 0");
}

static void odd_operand(void)
{
    asm volatile("lpswe 0x304");
}

static void beyond_memory(void)
{
    *(volatile uint8_t *)UINT64_C(0x4000000000) = 1;
}

static void call_supervisor(void)
{
    asm volatile("svc 77");
}

static void short_psw(void)
{
    static uint64_t psw __attribute__((aligned(8)));

    asm volatile("larl %%r1,0f\n\t"
                 "oihh %%r1,0x0008\n\t"
                 "oilh %%r1,0x8000\n\t"
                 "stg %%r1,%0\n\t"
                 "lpsw %0\n"
                 "0:\tsvc 5"
                 : "+Q"(psw)
                 :
                 : "1", "memory");
}

static void check_exceptions(void)
{
    check_equal("operation exception", attempt(operation), PROGRAM(1));
    check_equal("specification exception", attempt(odd_operand), PROGRAM(6));
    check_equal("its instruction length", trap.length, 4);
    check_equal("addressing exception", attempt(beyond_memory), PROGRAM(5));
    check_equal("supervisor call", attempt(call_supervisor), TRAP(TRAP_SUPERVISOR, 77));
    check_equal("its instruction length", trap.length, 2);
    check_equal("LPSW", attempt(short_psw), TRAP(TRAP_SUPERVISOR, 5));
    check_equal("not in 64-bit mode behind it", trap.mask & PSW_EA, 0);
}

/* As Linux enables machine checks: EXTRACT PSW, one bit more, LOAD PSW EXTENDED. */
static void check_extracted(void)
{
    static uint64_t psw[2];

    asm volatile("epsw %%r0,%%r1\n\t"
                 "oilh %%r0,0x0004\n\t"
                 "st %%r0,%0\n\t"
                 "st %%r1,4+%0\n\t"
                 "larl %%r1,0f\n\t"
                 "stg %%r1,8+%0\n\t"
                 "lpswe %0\n"
                 "0:\tstnsm %1,0xff"
                 : "+Q"(psw), "=Q"(byte)
                 :
                 : "0", "1", "memory");
    check_equal("PSW made from EPSW stays in supervisor state", byte, 0);
    check_equal("and it can be left by an interruption", attempt(call_supervisor),
                TRAP(TRAP_SUPERVISOR, 77));
    check_equal("whose old PSW is the guest's own",
                trap.mask & (PSW_PROBLEM | PSW_DAT | PSW_KEY_MASK), 0);
}

void check_psw(void)
{
    check_system_mask();
    check_execute();
    check_exceptions();
    check_extracted();
}
