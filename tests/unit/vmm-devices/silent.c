/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a terminal on which nothing is typed and nothing is read, for tests of other things. */
#include "vmm/devices/terminal.h"

void terminal_start(void) {}

void terminal_write(const uint8_t *text, uint32_t length)
{
    (void)text;
    (void)length;
}

uint32_t terminal_poll(void)
{
    return 0;
}

uint32_t terminal_read(uint8_t *to, uint32_t length)
{
    (void)to;
    (void)length;
    return 0;
}
