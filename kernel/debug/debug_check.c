/* SPDX-License-Identifier: BSD-2-Clause */
/* Self-check on the machine. Belongs to: kernel, debug builds. */
#include "kernel/debug/debug.h"
#include "kernel/object/space.h"
#include "kernel/trap/trap.h"

static uint32_t turn; /* the space whose leaves are looked at this time */

void debug_check(void)
{
    uint32_t broken = debug_broken();

    if (broken != 0) {
        panic("an object's predicate does not hold", broken);
    }
    turn = turn + 1u < space_count ? turn + 1u : 0;
    if (space_count != 0 && space_pages[turn] <= 16384u && space_ok(turn) == 0) {
        panic("a leaf lies outside its windows", turn);
    }
}
