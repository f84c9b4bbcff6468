/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: signals. Belongs to: test. */
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define REPEATS 500

static volatile sig_atomic_t count, depth, deepest;

static void add(int number)
{
    (void)number;
    count++;
}

static void nest(int number)
{
    depth++;
    if (depth > deepest)
        deepest = depth;
    if (depth < 10)
        raise(number);
    depth--;
}

static void on_other_stack(int number)
{
    char here;
    stack_t stack;

    (void)number;
    sigaltstack(NULL, &stack);
    count =
        (char *)&here > (char *)stack.ss_sp && (char *)&here < (char *)stack.ss_sp + stack.ss_size;
}

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    sigaction(number, &action, NULL);
}

static void repeated(void)
{
    handle(SIGUSR1, add, 0);
    count = 0;
    for (int i = 0; i < REPEATS; i++)
        raise(SIGUSR1);
    say("signals: %d taken", count);
    handle(SIGUSR1, nest, SA_NODEFER);
    raise(SIGUSR1);
    say("signals: nested %d deep", deepest);
}

static void blocked(void)
{
    sigset_t set, pending;

    handle(SIGUSR2, add, 0);
    count = 0;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR2);
    raise(SIGUSR2);
    sigpending(&pending);
    say("signals: blocked, pending %d, taken %d", sigismember(&pending, SIGUSR2), count);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    say("signals: unblocked, taken %d", count);
}

static void other_stack(void)
{
    stack_t stack = {.ss_sp = fresh(65536), .ss_size = 65536};

    sigaltstack(&stack, NULL);
    handle(SIGUSR1, on_other_stack, SA_ONSTACK);
    count = 0;
    raise(SIGUSR1);
    say("signals: on the other stack %d", count);
}

/* A handler that changes floating-point, access and general registers; all come back. */
static void spoil(int number)
{
    (void)number;
    asm volatile("lzdr %%f4\n\tlhi %%r0,5\n\tsar %%a7,%%r0\n\tlghi %%r0,0" : : : "0");
}

static void registers(void)
{
    uint64_t floating = UINT64_C(0x4045000000000000), seen;
    uint32_t access = 0x1234567, access_seen;

    handle(SIGUSR1, spoil, 0);
    asm volatile("ldgr %%f4,%2\n\t"
                 "sar %%a7,%3\n\t"
                 "lgr %%r2,%4\n\t"
                 "lghi %%r3,%5\n\t"
                 "svc 37\n\t" /* kill */
                 "lgdr %0,%%f4\n\t"
                 "ear %1,%%a7"
                 : "=&d"(seen), "=&d"(access_seen)
                 : "d"(floating), "d"(access), "d"((uint64_t)getpid()), "i"(SIGUSR1)
                 : "2", "3", "memory");
    say("signals: registers behind a handler %016lx %08x", seen, access_seen);
}

static void divide(void)
{
    static volatile int zero;

    zero = 100 / zero;
}

static void null_load(void)
{
    static volatile uintptr_t address = 0x123;

    (void)*(volatile uint8_t *)address;
}

/* Below 512, where low-address protection covers what the kernel has there. */
static void null_store(void)
{
    static volatile uintptr_t address = 0x10;

    *(volatile uint8_t *)address = 1;
}

static void trapped(void)
{
    say("signals: division by zero %04x", attempt(divide));
    say("signals: load from page 0 %04x", attempt(null_load));
    say("signals: store into page 0 %04x", attempt(null_store));
}

void try_signals(void)
{
    repeated();
    blocked();
    other_stack();
    registers();
    trapped();
}
