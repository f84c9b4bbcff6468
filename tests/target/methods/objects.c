/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: the objects that the tests work on. Belongs to: test. */
#include "tests/target/methods/objects.h"

#include <string.h>

#include "libs/rt/init.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/types.h"
#include "tests/target/methods/worker.h"

#define ALL_RIGHTS UINT64_MAX
#define RW (BH_R_REGION_READ | BH_R_REGION_WRITE)
#define RX (BH_R_REGION_READ | BH_R_REGION_EXECUTE)
#define VICTIM_PRIORITY 31u
#define VICTIM_CODE_PAGE 8u  /* of REGION */
#define VICTIM_AT 0x100u     /* virtual page of it in a victim's space */
#define VICTIM_TABLE SCRATCH /* while it is being made */

/* victim.S: takes one call from capability 1 and never answers it. */
extern const char bh_svc_victim[], bh_svc_victim_end[];

void drop(uint64_t slot)
{
    EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_DROP, slot);
}

void grant(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge)
{
    drop(to);
    EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_GRANT, to, from, rights, badge);
}

/* A new capability has badge 0. */
static void set_badge(uint64_t slot, uint64_t badge)
{
    grant(SCRATCH, slot, ALL_RIGHTS, 0);
    grant(slot, SCRATCH, ALL_RIGHTS, badge);
    drop(SCRATCH);
}

void create_notification(uint64_t slot, uint64_t partition, uint64_t badge)
{
    EXPECT(OK, partition, PARTITION_CREATE_NOTIFICATION, slot);
    set_badge(slot, badge);
}

void create_endpoint(uint64_t slot, uint64_t partition, uint64_t badge)
{
    EXPECT(OK, partition, PARTITION_CREATE_ENDPOINT, slot);
    set_badge(slot, badge);
}

/* A region, all of it visible to this program at a virtual page. */
static void create_region(uint64_t slot, uint64_t partition, uint64_t frame, uint64_t pages,
                          uint64_t at)
{
    EXPECT(OK, partition, PARTITION_CREATE_REGION, slot, frame, pages);
    EXPECT(OK, BH_INIT_SPACE, SPACE_ADD_WINDOW, slot, 0, pages, RW);
    EXPECT(OK, BH_INIT_SPACE, SPACE_MAP, at, got.gr3, 0, pages, RW);
    memset((void *)(uintptr_t)(at * BH_PAGE_SIZE), 0, pages * BH_PAGE_SIZE);
}

static void create_own(void)
{
    uint64_t frame = bh_init_arguments.first_frame;

    create_region(REGION, BH_INIT_PARTITION, frame, REGION_PAGES, REGION_PAGE);
    grant(REGION_READ, REGION, BH_R_REGION_READ, 0);
    create_endpoint(ENDPOINT, BH_INIT_PARTITION, BADGE);
    create_notification(NOTIFICATION, BH_INIT_PARTITION, BITS);
    create_notification(BOUND_B, BH_INIT_PARTITION, BITS);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_SPACE, SPACE, 512);
    EXPECT(OK, SPACE, SPACE_ADD_WINDOW, REGION, 0, REGION_PAGES, RW);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_CAPTABLE, TABLE);
}

static void create_other(void)
{
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_PARTITION, OTHER);
    EXPECT(OK, OTHER, PARTITION_CREATE_CAPTABLE, OTHER_TABLE);
    EXPECT(OK, OTHER, PARTITION_CREATE_SPACE, OTHER_SPACE, 512);
    create_endpoint(OTHER_ENDPOINT, OTHER, BADGE);
    create_notification(OTHER_NOTIFICATION, OTHER, BITS);
    EXPECT(OK, OTHER, PARTITION_CREATE_IOSPACE, OTHER_IOSPACE, IO_PAGE, 256);
    EXPECT(OK, OTHER, PARTITION_CREATE_IRQ, OTHER_IRQ, OTHER_ISC);
}

static void create_iospace(uint64_t slot, uint64_t pages)
{
    EXPECT(OK, GUEST, PARTITION_CREATE_IOSPACE, slot, IO_PAGE, pages);
    EXPECT(OK, slot, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, GUEST_PAGES, RW);
}

static void create_devices(void)
{
    create_iospace(IOSPACE_1, IO_PAGES);
    create_iospace(IOSPACE_2, 256);
    create_iospace(IOSPACE_3, 256);
    EXPECT(OK, GUEST, PARTITION_CREATE_IRQ, IRQ, ISC);
    EXPECT(OK, IRQ, IRQ_BIND, GUEST_NOTIFICATION);
    EXPECT(OK, GUEST, PARTITION_CREATE_PCI, PCI_1, FID_1, IOSPACE_1, ISC);
    EXPECT(OK, GUEST, PARTITION_CREATE_PCI, PCI_2, FID_2, IOSPACE_2, ISC);
}

static void create_vcpus(void)
{
    for (uint64_t i = 0; i < PHASES; i++) {
        EXPECT(OK, GUEST, PARTITION_CREATE_VCPU, VCPU_1 + i, VCPU_PRIORITY, GUEST_SPACE,
               (VMM_PAGE + STATE_PAGE + i) * BH_PAGE_SIZE, TABLE_BLOCKS);
        EXPECT(OK, VCPU_1 + i, VCPU_ADD_WINDOW, GUEST_REGION, 0, GUEST_PAGES, RW | RX);
        EXPECT(OK, VCPU_1 + i, VCPU_PORTAL, BH_REASON_DEFAULT, GUEST_ENDPOINT, 10000000);
    }
}

static void create_guest(void)
{
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_PARTITION, GUEST);
    create_region(GUEST_REGION, GUEST, bh_init_arguments.first_frame + REGION_PAGES, GUEST_PAGES,
                  GUEST_PAGE);
    EXPECT(OK, GUEST, PARTITION_CREATE_SPACE, GUEST_SPACE, 1024);
    EXPECT(OK, GUEST_SPACE, SPACE_ADD_WINDOW, GUEST_REGION, 0, GUEST_PAGES, RW);
    EXPECT(OK, GUEST_SPACE, SPACE_MAP, VMM_PAGE, 0, 0, GUEST_PAGES, RW);
    create_endpoint(GUEST_ENDPOINT, GUEST, VCPU_BADGE);
    create_notification(GUEST_NOTIFICATION, GUEST, IRQ_BADGE);
    create_devices();
    create_vcpus();
}

/* Its table has the endpoint in slot 1 and a notification that nobody signals in slot 2. */
static void create_victim(uint64_t i)
{
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_PARTITION, VICTIM + i);
    create_endpoint(VICTIM_ENDPOINT + i, VICTIM + i, BADGE);
    EXPECT(OK, VICTIM + i, PARTITION_CREATE_CAPTABLE, VICTIM_TABLE);
    EXPECT(OK, VICTIM_TABLE, CAPTABLE_GRANT, 1, VICTIM_ENDPOINT + i, BH_R_ENDPOINT_RECV, 0);
    EXPECT(OK, VICTIM + i, PARTITION_CREATE_NOTIFICATION, IDLE_THREAD + i);
    EXPECT(OK, VICTIM_TABLE, CAPTABLE_GRANT, 2, IDLE_THREAD + i, BH_R_NOTIFICATION_WAIT, 0);
    drop(IDLE_THREAD + i);
    EXPECT(OK, VICTIM + i, PARTITION_CREATE_SPACE, IDLE_THREAD + i, 512);
    EXPECT(OK, IDLE_THREAD + i, SPACE_ADD_WINDOW, REGION, VICTIM_CODE_PAGE, 1, RX);
    EXPECT(OK, IDLE_THREAD + i, SPACE_MAP, VICTIM_AT, 0, 0, 1, RX);
    EXPECT(OK, VICTIM + i, PARTITION_CREATE_THREAD, VICTIM_THREAD + i, VICTIM_TABLE,
           IDLE_THREAD + i, VICTIM_PRIORITY, BH_THREAD_FP);
    EXPECT(OK, VICTIM_THREAD + i, THREAD_CONFIGURE, VICTIM_AT * BH_PAGE_SIZE, 0, 0, UINT64_MAX);
    drop(IDLE_THREAD + i);
    drop(VICTIM_TABLE);
}

static void create_weak(void)
{
    for (uint32_t type = BH_PARTITION; type <= BH_AUDIT; type++)
        if (sample_of(type) != EMPTY)
            EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_GRANT, WEAK + type, sample_of(type), 0, BITS);
}

void objects_create(void)
{
    create_own();
    workers_create();
    create_other();
    create_guest();
    memcpy(REGION_ADDRESS(VICTIM_CODE_PAGE), bh_svc_victim,
           (size_t)(bh_svc_victim_end - bh_svc_victim));
    for (uint64_t i = 0; i < PHASES; i++)
        create_victim(i);
    create_weak();
}
