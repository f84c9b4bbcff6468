/* SPDX-License-Identifier: BSD-2-Clause */
/* The most urgent process of the benchmark: notes when a signal woke it. Belongs to: test. */
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"
#include "tests/bench/programs/clock.h"

int main(void)
{
    struct clock_page *page = bh_need_window("clock").address;
    unsigned wakeup = bh_need_cap("wakeup");
    uint64_t bits;

    for (;;) {
        if (bh_svc_wait(wakeup, BH_NO_DEADLINE, &bits) == BH_E_OK) {
            page->waiter = clock_now();
            page->wakeups = page->wakeups + 1u;
        }
    }
}
