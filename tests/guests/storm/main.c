/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest `storm`: which storm it is. Belongs to: test. */
#include "tests/guests/lib/guest.h"
#include "tests/guests/storm/storm.h"

#define COMMAND_LINE UINT64_C(0x10480)

_Noreturn void guest_main(void)
{
    const volatile char *line = (const volatile char *)COMMAND_LINE;

    SET_CONTROL(0, CR0_RESET);
    trap_start();
    print("storm: begins\n");
    switch (line[0]) {
    case 'e':
        storm_exits();
    case 'i':
        storm_interrupts();
    case 'r':
        storm_refreshes();
    default:
        storm_loop();
    }
}
