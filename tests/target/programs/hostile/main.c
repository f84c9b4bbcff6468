/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: a driver gone bad. It tries everything that its capabilities, its instructions and
 * its device could reach, and says whether all of it was refused. Belongs to: test.
 *
 * Window "shared": with `guardian`, which serves this process's portal (reason fault).
 * For the attempts on a function: everything that drivers/zpci/native/main.c needs, under the same
 * names. The I/O space may have a read-only window 1; a capability "space" (map, inspect) names the
 * process's own space.
 */
#include "libs/rt/info.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/report.h"

int main(void)
{
    struct hostile_shared *shared = bh_need_window("shared").address;

    hostile_sweep();
    hostile_spaces();
    hostile_instructions(shared);
    hostile_memory(shared);
    if (bh_cap("disk") >= 0) {
        hostile_functions();
        hostile_device();
    }
    return report();
}
