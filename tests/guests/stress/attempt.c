/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: output, and functions that a signal may end. Belongs to: test. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "tests/guests/stress/stress.h"

void *attempt_address;

static sigjmp_buf ended;
static volatile uint32_t taken;

void say(const char *format, ...)
{
    va_list arguments;

    printf("stress: ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
}

static void end(int number, siginfo_t *info, void *context)
{
    (void)context;
    taken = (uint32_t)number * 256u + (uint32_t)info->si_code;
    attempt_address = info->si_addr;
    siglongjmp(ended, 1);
}

uint32_t attempt(void (*what)(void))
{
    static const int numbers[] = {SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP};
    struct sigaction action = {.sa_sigaction = end, .sa_flags = SA_SIGINFO};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        sigaction(numbers[i], &action, NULL);
    taken = 0;
    attempt_address = NULL;
    if (sigsetjmp(ended, 1) == 0)
        what();
    return taken;
}

uint8_t *fresh(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        say("no memory");
        abort();
    }
    return memory;
}

int status_of(int child)
{
    int status = 0;

    if (waitpid(child, &status, 0) != child)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}
