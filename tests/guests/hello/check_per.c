/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: program-event recording, of instructions that run natively (branches alone: see
 * docs/caveats.md) and of those that do not. Belongs to: test. */
#include "tests/guests/hello/guest.h"

#define BRANCHING UINT64_C(0x80000000)
#define FETCHING UINT64_C(0x40000000)
#define PROGRAM_EVENT PROGRAM(0x80)

extern const char per_native[], per_trapped[], per_call[];

static void run(void)
{
    asm volatile("stosm 0x308,0x40\n"
                 "per_native: j per_trapped\n"
                 "per_trapped: stpt 0x310\n"
                 "per_call: svc 3"
                 :
                 :
                 : "memory");
}

/* Events at this address alone; of a branch, wherever it leads. */
static uint32_t record(uint64_t events, const char *address)
{
    SET_CONTROL(9, events);
    SET_CONTROL(10, (uint64_t)address);
    SET_CONTROL(11, (uint64_t)address);
    return attempt(run);
}

void check_per(void)
{
    check_equal("event of a native branch", record(BRANCHING, per_native), PROGRAM_EVENT);
    check_equal("where", trap.per_address, (uint64_t)per_native);
    check_equal("event of a trapped instruction", record(FETCHING, per_trapped), PROGRAM_EVENT);
    check_equal("where", trap.per_address, (uint64_t)per_trapped);
    check_equal("event of a supervisor call", record(FETCHING, per_call), PROGRAM_EVENT);
    check_equal("where", trap.per_address, (uint64_t)per_call);
    check_equal("no event elsewhere", record(FETCHING, per_call + 2), TRAP(TRAP_SUPERVISOR, 3));
    SET_CONTROL(9, 0);
}
