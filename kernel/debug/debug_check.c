/* SPDX-License-Identifier: BSD-2-Clause */
/* Self-check on the machine. Belongs to: kernel, debug builds. */
#include "kernel/arch/s390x/control.h"
#include "kernel/debug/debug.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/space.h"
#include "kernel/object/vcpu.h"
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

/* Only its VMM may find a guest's space where SET ADDRESS SPACE CONTROL leads. */
static uint32_t may_find(uint64_t space, uint64_t asce)
{
    uint32_t g;

    for (g = 0; g < GUEST_SPACES; g++) {
        if (guest_asce[g] == asce && vcpu_vmm[g / BH_VCPU_SPACES] == space) {
            return 1;
        }
    }
    return asce == control_empty_space() ? 1u : 0u;
}

void debug_leave_for(uint64_t space)
{
    uint64_t primary, secondary;

    control_get_guest(&primary, &secondary);
    if (may_find(space, primary) == 0 || may_find(space, secondary) == 0) {
        panic("a guest's space is left to another process", space);
    }
}
