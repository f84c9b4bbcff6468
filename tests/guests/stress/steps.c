/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: a child that is stopped at each of its system calls, and whose memory and registers
 * are looked at. Single steps are not compared: the emulator itself loses condition codes there.
 * Belongs to: test.
 */
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define GR2 32u /* offset in the user area, behind the PSW, r0 and r1 */
#define STOPS_MAX 100

static long secret = 1;

static void body(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    getppid();
    getppid();
    _exit((int)secret);
}

static int same_parent(int child)
{
    return ptrace(PTRACE_PEEKUSER, child, (void *)GR2, NULL) == getpid();
}

void try_steps(void)
{
    int child = fork(), status = 0, stops = 0, results = 0;

    if (child == 0)
        body();
    waitpid(child, &status, 0);
    say("steps: stopped by %d", WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
    ptrace(PTRACE_POKEDATA, child, &secret, (void *)9L);
    while (WIFSTOPPED(status) && stops++ < STOPS_MAX) {
        results += same_parent(child);
        ptrace(PTRACE_SYSCALL, child, NULL, NULL);
        waitpid(child, &status, 0);
    }
    say("steps: %d stops, its parent seen %d times, exit %d", stops, results,
        WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}
