/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process: recurses until the stack reaches the unmapped page below it. Belongs to: test. */
#include <stdint.h>
#include <stdio.h>

static volatile uint64_t limit = UINT64_MAX;

static uint64_t __attribute__((noinline)) descend(uint64_t depth)
{
    volatile uint8_t frame[512];

    frame[depth % sizeof(frame)] = 1;
    return depth == limit ? depth : descend(depth + 1) + frame[0];
}

int main(void)
{
    puts("overflowing");
    printf("still alive at %lu\n", descend(0));
    return 1;
}
