/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: capability tables. Belongs to: test. */
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"

#define FAR_SLOT (UINT64_C(0x100000000) + 1)

/* Slots of TABLE: the one of each phase keeps a capability until that phase. */
#define KEPT 10u
#define SIGNAL_AND_WAIT (BH_R_NOTIFICATION_SIGNAL | BH_R_NOTIFICATION_WAIT)

static void grant_it(uint64_t to)
{
    EXPECT(OK, TABLE, CAPTABLE_GRANT, to, NOTIFICATION, SIGNAL_AND_WAIT, BADGE);
}

/* Rights only shrink: a right that the source lacks does not appear. */
static void grant_from_a_weak_one(void)
{
    EXPECT(OK, TABLE, CAPTABLE_GRANT, 1, REGION_READ, UINT64_MAX, 0);
    EXPECT(OK, TABLE, CAPTABLE_INSPECT, 1);
    SAME(got.gr3, BH_REGION);
    SAME(got.gr5, BH_R_REGION_READ);
    EXPECT(OK, TABLE, CAPTABLE_GRANT, 2, WEAK + BH_PCI, UINT64_MAX, 0);
    EXPECT(OK, TABLE, CAPTABLE_INSPECT, 2);
    SAME(got.gr5, 0);
}

void captable_before(void)
{
    for (uint64_t i = 0; i < PHASES; i++)
        grant_it(KEPT + i);
    grant_from_a_weak_one();
    EXPECT(EXISTS, TABLE, CAPTABLE_GRANT, KEPT, NOTIFICATION, 1, 0);
    EXPECT(ARG, TABLE, CAPTABLE_GRANT, BH_SLOTS, NOTIFICATION, 1, 0);
    EXPECT(ARG, TABLE, CAPTABLE_GRANT, FAR_SLOT, NOTIFICATION, 1, 0);
    EXPECT(CAP, TABLE, CAPTABLE_GRANT, 3, EMPTY, 1, 0);
    EXPECT(CAP, TABLE, CAPTABLE_GRANT, 3, BH_SLOTS + NOTIFICATION, 1, 0);
}

void captable_both(void)
{
    uint64_t slot = KEPT + phase;

    EXPECT(OK, TABLE, CAPTABLE_INSPECT, slot);
    SAME(got.gr3, BH_NOTIFICATION);
    SAME(got.gr5, SIGNAL_AND_WAIT);
    SAME(got.gr6, BADGE);
    EXPECT(OK, TABLE, CAPTABLE_REDUCE, slot, BH_R_NOTIFICATION_WAIT | BH_R_NOTIFICATION_EVENT);
    EXPECT(OK, TABLE, CAPTABLE_INSPECT, slot);
    SAME(got.gr5, BH_R_NOTIFICATION_WAIT);
    EXPECT(OK, TABLE, CAPTABLE_DROP, slot);
    EXPECT(OK, TABLE, CAPTABLE_INSPECT, slot);
    SAME(got.gr3, BH_NONE);
    SAME(got.gr5, 0);
    EXPECT(OK, TABLE, CAPTABLE_OWNER);
    SAME(got.gr3, 0);
    EXPECT(ARG, TABLE, CAPTABLE_DROP, BH_SLOTS);
    EXPECT(ARG, TABLE, CAPTABLE_DROP, FAR_SLOT);
    EXPECT(ARG, TABLE, CAPTABLE_REDUCE, BH_SLOTS, 0);
    EXPECT(ARG, TABLE, CAPTABLE_REDUCE, FAR_SLOT, 0);
    EXPECT(ARG, TABLE, CAPTABLE_INSPECT, BH_SLOTS);
    EXPECT(ARG, TABLE, CAPTABLE_INSPECT, FAR_SLOT);
}

void captable_after(void)
{
    EXPECT(SEALED, TABLE, CAPTABLE_GRANT, 3, NOTIFICATION, 1, 0);
    EXPECT(OK, TABLE, CAPTABLE_INSPECT, 3);
    SAME(got.gr3, BH_NONE);
}
