/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: console, schedule, audit trail, interruption subclasses, regions.
 * Belongs to: test.
 */
#include "libs/rt/init.h"
#include "libs/rt/rt.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"

#define SLICE_US 20000u
#define TOO_FAR UINT64_C(0x100000000)

void machine_before(void)
{
    EXPECT(ARG, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 99);
    EXPECT(ARG, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 1000001);
    EXPECT(ARG, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, TOO_FAR + 1000);
    EXPECT(OK, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, SLICE_US);

    EXPECT(TYPE, BH_INIT_CONSOLE, CONSOLE_BIND, ENDPOINT);
    EXPECT(OK, BH_INIT_CONSOLE, CONSOLE_BIND, NOTIFICATION);
    EXPECT(EXISTS, BH_INIT_CONSOLE, CONSOLE_BIND, NOTIFICATION);

    EXPECT(EXISTS, IRQ, IRQ_BIND, GUEST_NOTIFICATION);
    EXPECT(BOUND, OTHER_IRQ, IRQ_BIND, GUEST_NOTIFICATION);
    grant(SCRATCH, OTHER_NOTIFICATION, BH_R_NOTIFICATION_SIGNAL | BH_R_NOTIFICATION_WAIT, 0);
    EXPECT(RIGHT, OTHER_IRQ, IRQ_BIND, SCRATCH);
    drop(SCRATCH);
}

static void inspect_region(void)
{
    EXPECT(OK, GUEST, PARTITION_INSPECT);
    uint64_t owner = got.gr3;

    EXPECT(OK, GUEST_REGION, REGION_INSPECT);
    SAME(got.gr3, bh_init_arguments.first_frame + REGION_PAGES);
    SAME(got.gr4, GUEST_PAGES);
    SAME(got.gr5, owner);
}

static void inspect_interruptions(void)
{
    EXPECT(ARG, IRQ, IRQ_MODE, 2);
    EXPECT(ARG, IRQ, IRQ_MODE, TOO_FAR);
    EXPECT(OK, IRQ, IRQ_MODE, 1);
    EXPECT(OK, IRQ, IRQ_MODE, 0);
    EXPECT(OK, IRQ, IRQ_INSPECT);
    SAME(got.gr4, IRQ_BADGE);
    EXPECT(OK, OTHER, PARTITION_INSPECT);
    uint64_t owner = got.gr3;

    EXPECT(OK, OTHER_IRQ, IRQ_INSPECT);
    SAME(got.gr6, owner);
    SAME(got.gr3, 0);
    SAME(got.gr5, 0);
}

static void write_and_read(void)
{
    static const char text[] = "methods: this line is written by CONSOLE_WRITE\n";
    char *buffer = bh_message_buffer();

    EXPECT(ARG, BH_INIT_CONSOLE, CONSOLE_WRITE, 0);
    EXPECT(ARG, BH_INIT_CONSOLE, CONSOLE_WRITE, BH_CONSOLE_BYTES + 1);
    EXPECT(ARG, BH_INIT_CONSOLE, CONSOLE_WRITE, TOO_FAR + 1);
    EXPECT_BY(&worker_b, STATE, BH_INIT_CONSOLE, CONSOLE_WRITE, 1);
    for (unsigned i = 0; i < sizeof(text) - 1; i++)
        buffer[i] = text[i];
    EXPECT(OK, BH_INIT_CONSOLE, CONSOLE_WRITE, sizeof(text) - 1);
    EXPECT_BY(&worker_b, STATE, BH_INIT_CONSOLE, CONSOLE_READ);
    EXPECT(OK, BH_INIT_CONSOLE, CONSOLE_READ);
    SAME(got.gr3, 0);
}

/* What input signals, as machine_before has bound it. */
static void inspect_console(void)
{
    EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_INSPECT, NOTIFICATION);
    uint64_t notification = got.gr4;

    EXPECT(OK, BH_INIT_CONSOLE, CONSOLE_INSPECT);
    SAME(got.gr3, notification + 1);
}

/* Record 0 is of the boot. */
static void read_audit(void)
{
    EXPECT(OK, BH_INIT_AUDIT, AUDIT_READ, 0);
    SAME(got.gr3, 1);
    SAME(got.gr5 / 65536, BH_AUDIT_BOOT);
    SAME(got.gr6, bh_init_arguments.memory >> 20);
    EXPECT(STATE, BH_INIT_AUDIT, AUDIT_READ, 100000);
    EXPECT(STATE, BH_INIT_AUDIT, AUDIT_READ, UINT64_MAX);
}

void machine_both(void)
{
    inspect_region();
    inspect_interruptions();
    write_and_read();
    inspect_console();
    read_audit();
    EXPECT(OK, BH_INIT_SCHEDULE, SCHEDULE_INSPECT);
    SAME(got.gr3, SLICE_US);
}

void machine_after(void)
{
    EXPECT(SEALED, BH_INIT_SCHEDULE, SCHEDULE_SET_SLICE, 1000);
    EXPECT(SEALED, BH_INIT_CONSOLE, CONSOLE_BIND, NOTIFICATION);
    EXPECT(SEALED, OTHER_IRQ, IRQ_BIND, OTHER_NOTIFICATION);
}
