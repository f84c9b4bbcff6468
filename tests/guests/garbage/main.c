/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: garbage, as long as the command line says, then a proof that all still works.
 * Belongs to: test. */
#include "tests/guests/garbage/garbage.h"

#define COMMAND_LINE UINT64_C(0x10480)
#define REWRITES 8u
#define FUZZES 40u

/* A number as text, at least 1. */
static uint32_t scale(void)
{
    const volatile char *line = (const volatile char *)COMMAND_LINE;
    uint32_t value = 0;

    for (; *line >= '0' && *line <= '9'; line++)
        value = value * 10u + (uint32_t)(*line - '0');
    return value == 0 ? 1 : value;
}

static void check_all(void)
{
    function_find(0);
    disk_learn();
    map(MIB, 1, 0);
    refresh(MIB, PAGE);
    print(disk_writes(MIB, frame[1]) && disk_reads(MIB, frame[1]) ? "garbage: the disk works\n"
                                                                  : "garbage: FAILED: no disk\n");
}

_Noreturn void guest_main(void)
{
    uint32_t times = scale();

    SET_CONTROL(0, CR0_RESET);
    SET_CONTROL(6, 0);
    trap_start();
    function_find(0);
    rewrite(times * REWRITES);
    fuzz(times * FUZZES);
    check_all();
    guest_stop();
}
