/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process: prints a line and ends. Belongs to: test. */
#include <stdio.h>

int main(void)
{
    puts("hello");
    return 0;
}
