/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: MVCOS and the pages for it. Belongs to: test. */
#include "tests/guests/hello/mvcos.h"

struct move op;
static uint8_t pages[4][4096] __attribute__((aligned(4096)));

__attribute__((noinline)) void move(void)
{
    register uint64_t control asm("0") = op.control;
    uint32_t ipm;

    asm volatile(".globl move_at\n"
                 "move_at:\t.insn ssf,0xc80000000000,0(%1),0(%2),%3\n\tipm %0"
                 : "=d"(ipm)
                 : "a"(op.to), "a"(op.from), "d"(op.length), "d"(control)
                 : "cc", "memory");
    op.cc = ipm >> 28 & 3u;
}

uint32_t move_these(uint64_t to, uint64_t from, uint64_t length, uint64_t control)
{
    op = (struct move){to, from, length, control, 9};
    return attempt(move);
}

uint8_t *to_byte(uint32_t offset)
{
    return &pages[1u - offset / 4096u][offset % 4096u];
}

uint8_t *from_byte(uint32_t offset)
{
    return &pages[3u - offset / 4096u][offset % 4096u];
}

uint8_t pattern(uint32_t offset)
{
    return (uint8_t)(offset * 7u % 221u);
}

static void map(uint32_t space)
{
    uint32_t i;

    for (i = 0; i < 2u; i++) {
        *space_entry(space, TO_NUMBER + i) = (uint64_t)to_byte(i * 4096u);
        *space_entry(space, FROM_NUMBER + i) = (uint64_t)from_byte(i * 4096u);
    }
}

void pages_start(void)
{
    map(SPACE_HOME);
    map(SPACE_SECONDARY);
}

void pages_fill(void)
{
    uint32_t i;

    for (i = 0; i < BYTES; i++) {
        *to_byte(i) = FILLER;
        *from_byte(i) = pattern(i);
    }
}

uint32_t pages_moved(uint32_t to, uint32_t from, uint32_t n)
{
    uint32_t i, good = 0;

    for (i = 0; i < BYTES; i++)
        good += *to_byte(i) == (i - to < n ? pattern(from + i - to) : FILLER);
    return good == BYTES;
}

uint32_t moves(uint32_t to, uint32_t from, uint64_t length, uint64_t control)
{
    uint32_t n = length < 4096u ? (uint32_t)length : 4096u;

    pages_fill();
    return move_these(TO + to, FROM + from, length, control) == 0 &&
           op.cc == (length > n ? 3u : 0) && pages_moved(to, from, n);
}

void page_flags(uint32_t number, uint64_t set, uint64_t clear)
{
    uint64_t *home = space_entry(SPACE_HOME, number);
    uint64_t *secondary = space_entry(SPACE_SECONDARY, number);

    *home = (*home & ~clear) | set;
    *secondary = (*secondary & ~clear) | set;
    asm volatile("ptlb" : : : "memory");
}
