/* SPDX-License-Identifier: BSD-2-Clause */
/* Time from the TOD clock. Belongs to: everything that runs as a process. */
#include <time.h>

#include "libs/abi/abi.h"
#include "libs/rt/rt.h"

#define US_PER_SECOND 1000000u
#define NS_PER_US 1000u
/* Microseconds from the TOD clock's epoch (1900) to that of Unix: 25,567 days. */
#define UNIX_EPOCH_US (UINT64_C(25567) * 86400 * US_PER_SECOND)

uint64_t bh_tod(void)
{
    uint64_t tod;

    __asm__ volatile("stckf %0" : "=Q"(tod) : : "cc", "memory");
    return tod;
}

uint64_t bh_deadline(uint64_t us)
{
    return bh_tod() + us * BH_TOD_PER_US;
}

/* Every clock is the TOD clock; CLOCK_REALTIME and the others differ in their epoch. */
int clock_gettime(clockid_t clock, struct timespec *time)
{
    uint64_t tod = bh_tod();
    uint64_t us = tod / BH_TOD_PER_US;
    uint64_t ns = tod % BH_TOD_PER_US * NS_PER_US / BH_TOD_PER_US;

    if (clock == CLOCK_REALTIME)
        us -= UNIX_EPOCH_US;
    time->tv_sec = (time_t)(us / US_PER_SECOND);
    time->tv_nsec = (long)(us % US_PER_SECOND * NS_PER_US + ns);
    return 0;
}
