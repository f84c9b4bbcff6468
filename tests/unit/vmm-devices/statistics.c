/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: no statistics, for tests of other things. */
#include "vmm/devices/statistics.h"

void statistics_start(const struct bh_vcpu *page)
{
    (void)page;
}

void statistics_print(void) {}
