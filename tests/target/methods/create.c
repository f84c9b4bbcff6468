/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: creation. Belongs to: test. */
#include "libs/rt/init.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"

#define TOO_FAR UINT64_C(0x100000000) /* becomes 0 where 32 bits are cut off */

/* Arguments that are good but for the slot, for each method that creates. */
static const struct {
    uint64_t method;
    uint64_t argument[BH_ARGUMENTS];
} creation[] = {
    {BH_M_PARTITION_CREATE_PARTITION, {0}},
    {BH_M_PARTITION_CREATE_REGION, {0, 0x10000, 1}},
    {BH_M_PARTITION_CREATE_SPACE, {0, 256}},
    {BH_M_PARTITION_CREATE_IOSPACE, {0, IO_PAGE, 256}},
    {BH_M_PARTITION_CREATE_CAPTABLE, {0}},
    {BH_M_PARTITION_CREATE_THREAD, {0, BH_INIT_CAPTABLE, BH_INIT_SPACE, 1, 0}},
    {BH_M_PARTITION_CREATE_ENDPOINT, {0}},
    {BH_M_PARTITION_CREATE_NOTIFICATION, {0}},
    {BH_M_PARTITION_CREATE_PCI, {0, FID_1, IOSPACE_3, ISC}},
    {BH_M_PARTITION_CREATE_IRQ, {0, ISC + 2}},
    {BH_M_PARTITION_CREATE_VCPU, {0, 1, BH_INIT_SPACE, REGION_PAGE *BH_PAGE_SIZE, 1}},
};
#define CREATIONS (sizeof(creation) / sizeof(creation[0]))

static void create_in(uint64_t slot, uint64_t error, const char *file, int line)
{
    for (unsigned i = 0; i < CREATIONS; i++) {
        uint64_t argument[BH_ARGUMENTS];

        for (unsigned k = 0; k < BH_ARGUMENTS; k++)
            argument[k] = creation[i].argument[k];
        argument[0] = slot;
        expect(file, line, error, BH_INIT_PARTITION, creation[i].method, argument);
    }
}

static void refuse_slots(void)
{
    create_in(SPACE, BH_E_EXISTS, __FILE__, __LINE__);
    create_in(BH_SLOTS, BH_E_ARG, __FILE__, __LINE__);
    create_in(TOO_FAR + SCRATCH, BH_E_ARG, __FILE__, __LINE__);
    create_in(UINT64_MAX, BH_E_ARG, __FILE__, __LINE__);
}

static void refuse_regions(void)
{
    uint64_t first = bh_init_arguments.first_frame;
    uint64_t limit = bh_init_arguments.memory / BH_PAGE_SIZE;

    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, first + 1024, 0);
    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, 0, 1);
    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, first - 1, 1);
    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, limit, 1);
    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, limit - 1, 2);
    EXPECT(RANGE, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, limit - 1, UINT64_MAX);
    EXPECT(BOUND, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, first, 1);
    EXPECT(BOUND, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, first + REGION_PAGES - 1, 1);
}

static void refuse_spaces(void)
{
    static const uint64_t pages[] = {0, 100, 524544, TOO_FAR + 256};

    for (unsigned i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_SPACE, SCRATCH, pages[i]);
        EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_IOSPACE, SCRATCH,
               IO_PAGE + (i == 2 ? 1 : 0), pages[i]);
    }
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_IOSPACE, SCRATCH, 0x40000000, 256);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_IOSPACE, SCRATCH, 0x3fffff00, 512);
}

static void refuse_threads(void)
{
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, BH_INIT_CAPTABLE,
           BH_INIT_SPACE, 32, 0);
    EXPECT(ARG, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, BH_INIT_CAPTABLE,
           BH_INIT_SPACE, 1, 2);
    EXPECT(BOUND, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, OTHER_TABLE, BH_INIT_SPACE,
           1, 0);
    EXPECT(BOUND, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, BH_INIT_CAPTABLE,
           OTHER_SPACE, 1, 0);
    EXPECT(CAP, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, EMPTY, BH_INIT_SPACE, 1, 0);
    EXPECT(TYPE, BH_INIT_PARTITION, PARTITION_CREATE_THREAD, SCRATCH, BH_INIT_CAPTABLE, REGION, 1,
           0);
}

static void refuse_interruptions(void)
{
    EXPECT(ARG, GUEST, PARTITION_CREATE_IRQ, SCRATCH, 8);
    EXPECT(ARG, GUEST, PARTITION_CREATE_IRQ, SCRATCH, TOO_FAR);
    EXPECT(EXISTS, GUEST, PARTITION_CREATE_IRQ, SCRATCH, ISC);
    EXPECT(EXISTS, GUEST, PARTITION_CREATE_IRQ, SCRATCH, OTHER_ISC);
}

static void refuse_functions(void)
{
    EXPECT(ARG, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, IOSPACE_3, 8);
    EXPECT(ARG, GUEST, PARTITION_CREATE_PCI, SCRATCH, TOO_FAR + FID_1, IOSPACE_3, ISC);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, OTHER_IOSPACE, ISC);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, IOSPACE_3, OTHER_ISC);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, IOSPACE_3, 0);
    EXPECT(EXISTS, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, IOSPACE_1, ISC);
    EXPECT(EXISTS, GUEST, PARTITION_CREATE_PCI, SCRATCH, FID_2, IOSPACE_3, ISC);
    EXPECT(GONE, GUEST, PARTITION_CREATE_PCI, SCRATCH, 99, IOSPACE_3, ISC);
}

static void refuse_vcpus(void)
{
    uint64_t page = (VMM_PAGE + STATE_PAGE) * BH_PAGE_SIZE;

    EXPECT(ARG, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 32, GUEST_SPACE, page, 1);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 1, OTHER_SPACE, page, 1);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 1, BH_INIT_SPACE,
           REGION_PAGE * BH_PAGE_SIZE, 1);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 1, GUEST_SPACE, 0, 1);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 1, GUEST_SPACE, page + 8, 1);
    EXPECT(BOUND, GUEST, PARTITION_CREATE_VCPU, SCRATCH, 1, GUEST_SPACE, UINT64_MAX, 1);
}

void create_before(void)
{
    refuse_slots();
    refuse_regions();
    refuse_spaces();
    refuse_threads();
    refuse_interruptions();
    refuse_functions();
    refuse_vcpus();
}

void create_after(void)
{
    create_in(SCRATCH, BH_E_SEALED, __FILE__, __LINE__);
}
