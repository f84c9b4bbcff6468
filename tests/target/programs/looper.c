/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process: says so once, then never gives up the processor. Belongs to: test. */
#include <stdio.h>

int main(void)
{
    puts("looping");
    for (;;)
        __asm__ volatile("");
}
