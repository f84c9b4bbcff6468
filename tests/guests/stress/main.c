/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: the first program of a Linux guest; powers it off at the end. Belongs to: test. */
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define IDLE_SECONDS 4u

/* The same program again, as a child that was started with execve. */
static int run_as_child(char **argument)
{
    return atoi(argument[1]) * 2;
}

/* Outside it is measured that nothing runs meanwhile. */
static void idle(void)
{
    say("idle begins");
    sleep(IDLE_SECONDS);
    say("idle ends");
}

/* In a child: the kernel reports each signal that its first program gets. */
static void run_all(void)
{
    try_processes();
    try_copies();
    try_signals();
    try_memory();
    try_threads();
    try_timers();
    try_steps();
    try_privileged();
    try_sensitive();
    idle();
    _exit(0);
}

int main(int count, char **argument)
{
    int child;

    if (count > 1)
        return run_as_child(argument);
    child = fork();
    if (child == 0)
        run_all();
    say("ended with %d", status_of(child));
    say("done");
    reboot(RB_POWER_OFF);
    return 1;
}
