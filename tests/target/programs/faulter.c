/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process: stores through a pointer that leads nowhere. Belongs to: test. */
#include <stdint.h>
#include <stdio.h>

/* Page 0 is not part of any process. */
static volatile uint64_t *volatile wild = (volatile uint64_t *)0x400;

int main(void)
{
    puts("faulting");
    *wild = 1;
    puts("still alive");
    return 1;
}
