/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: sleep and timers. Belongs to: test. */
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define MS 1000000
#define ALARMS 20
#define READINGS 20000

static volatile sig_atomic_t alarms;

static void alarm_rings(int number)
{
    (void)number;
    alarms++;
}

static int64_t now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void sleeps(void)
{
    struct timespec length = {.tv_nsec = 30 * MS};
    int64_t start = now(CLOCK_MONOTONIC);
    int64_t used = now(CLOCK_PROCESS_CPUTIME_ID);
    int early, busy;

    for (int i = 0; i < 5; i++)
        nanosleep(&length, NULL);
    early = now(CLOCK_MONOTONIC) - start < INT64_C(150) * MS;
    busy = now(CLOCK_PROCESS_CPUTIME_ID) - used > INT64_C(100) * MS;
    say("timers: sleep ended %s and %s", early ? "early" : "in time", busy ? "was busy" : "waited");
    start = now(CLOCK_MONOTONIC);
    poll(NULL, 0, 50);
    say("timers: poll ended %s", now(CLOCK_MONOTONIC) - start < 50 * MS ? "early" : "in time");
}

static void rings(int which, int number)
{
    struct sigaction action = {.sa_handler = alarm_rings};
    struct itimerval every = {{0, 10000}, {0, 10000}}, never = {{0, 0}, {0, 0}};

    sigaction(number, &action, NULL);
    alarms = 0;
    setitimer(which, &every, NULL);
    while (alarms < ALARMS)
        if (which == ITIMER_REAL)
            pause();
    setitimer(which, &never, NULL);
    say("timers: timer %d has rung %s", which, alarms >= ALARMS ? "often enough" : "too rarely");
}

static void clocks(void)
{
    int64_t last = 0, time;
    uint64_t last_tod = 0, tod;
    int back = 0;

    for (int i = 0; i < READINGS; i++) {
        time = now(CLOCK_MONOTONIC);
        asm volatile("stckf %0" : "=Q"(tod) : : "cc");
        back += time < last || tod < last_tod;
        last = time;
        last_tod = tod;
    }
    say("timers: clocks went back %d times", back);
}

void try_timers(void)
{
    sleeps();
    rings(ITIMER_REAL, SIGALRM);
    rings(ITIMER_VIRTUAL, SIGVTALRM);
    rings(ITIMER_PROF, SIGPROF);
    clocks();
}
