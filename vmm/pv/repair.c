/* SPDX-License-Identifier: BSD-2-Clause */
/* Repair of PSWs that a guest built from EXTRACT PSW. Belongs to: VMM, back end pv. */
#include "vmm/pv/repair.h"

#include "libs/zformats/psw.h"

#define PSW_MARK (psw_key(8) | PSW_PROBLEM)
#define PSW_MARK_FIELD (PSW_KEY_MASK | PSW_PROBLEM)

static int enabled = 1;

void repair_enable(int on)
{
    enabled = on;
}

/* Key, problem state, address space and DAT as the guest's own. */
static uint64_t repair(uint64_t current, uint64_t mask)
{
    mask = (mask & ~PSW_MARK_FIELD) | (current & PSW_KEY_MASK);
    if ((mask & PSW_AS_MASK) == PSW_AS_HOME)
        return mask;
    mask = (mask & ~PSW_AS_MASK) | (current & PSW_AS_MASK);
    return (current & PSW_DAT) != 0 ? mask : mask & ~PSW_DAT;
}

uint64_t repair_loaded(uint64_t current, uint64_t mask)
{
    uint64_t chosen = (mask & PSW_WAIT) != 0 ? PSW_EXTERNAL : 0;

    if (!enabled || (mask & PSW_MARK_FIELD) != PSW_MARK)
        return mask;
    mask &= current | chosen | ~(PSW_IO | PSW_EXTERNAL);
    return repair(current, mask);
}

uint64_t repair_new(uint64_t current, uint64_t mask)
{
    if (!enabled || (mask & PSW_MARK_FIELD) != PSW_MARK)
        return mask;
    return repair(current, mask & ~(PSW_IO | PSW_EXTERNAL));
}
