/* SPDX-License-Identifier: BSD-2-Clause */
/* The least urgent process of the benchmark: writes down the time as long as nobody else runs, so
 * that who interrupts it knows when. Belongs to: test. */
#include "libs/rt/info.h"
#include "tests/bench/programs/clock.h"

int main(void)
{
    struct clock_page *page = bh_need_window("clock").address;

    for (;;) {
        page->ticker = clock_now();
    }
}
