/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: computes, at the priority of the guest in the other partition, and is done at some
 * time if it gets its share of the processor. Belongs to: test.
 * Capability: "console" (write). Value: "rounds" (of a million steps).
 */
#include <stdio.h>

#include "libs/abi/abi.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"

#define STEPS 1000000u

int main(void)
{
    uint64_t start = bh_tod(), rounds = 100;
    volatile uint64_t sum = 0;

    bh_value("rounds", &rounds);
    for (uint64_t i = 0; i < rounds * STEPS; i++)
        sum = sum * 31 + i;
    printf("worker: finished after %lu ms\n", (bh_tod() - start) / BH_TOD_PER_US / 1000);
    return 0;
}
