/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: pools and tables used up; each holds what libs/abi/objects.def says.
 * Belongs to: test. Nothing can be created afterwards.
 */
#include "libs/rt/init.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/slots.h"

#define LIMIT 1000u /* more than any pool holds */
#define R BH_R_REGION_READ

/* Creates into SCRATCH until the answer is FULL; the number of the last object. */
static uint64_t use_up(uint64_t method, const uint64_t argument[BH_ARGUMENTS])
{
    uint64_t last = UINT64_MAX;
    uint64_t error = BH_E_OK;
    unsigned i;

    for (i = 0; i < LIMIT && error == BH_E_OK; i++) {
        drop(SCRATCH);
        error = bh_svc_invoke(BH_INIT_PARTITION, method, argument, &got);
        if (error == BH_E_OK) {
            EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_INSPECT, SCRATCH);
            last = got.gr4;
        }
    }
    drop(SCRATCH);
    expect(__FILE__, __LINE__, BH_E_FULL, BH_INIT_PARTITION, method, argument);
    return last;
}

#define USE_UP(method, ...)                                                                        \
    use_up(BH_M_PARTITION_CREATE_##method, BH_ARGUMENT_LIST(SCRATCH, __VA_ARGS__))

/* A region of one frame at a time, since regions may not overlap. */
static uint64_t use_up_regions(void)
{
    uint64_t frame = bh_init_arguments.first_frame + REGION_PAGES + GUEST_PAGES;
    uint64_t last = UINT64_MAX;
    uint64_t error = BH_E_OK;

    for (unsigned i = 0; i < LIMIT && error == BH_E_OK; i++) {
        drop(SCRATCH);
        error = bh_create_region(BH_INIT_PARTITION, SCRATCH, frame++, 1);
        if (error == BH_E_OK) {
            EXPECT(OK, BH_INIT_CAPTABLE, CAPTABLE_INSPECT, SCRATCH);
            last = got.gr4;
        }
    }
    drop(SCRATCH);
    EXPECT(FULL, BH_INIT_PARTITION, PARTITION_CREATE_REGION, SCRATCH, frame, 1);
    return last;
}

static void use_up_vcpus(void)
{
    EXPECT(FULL, BH_INIT_PARTITION, PARTITION_CREATE_VCPU, SCRATCH, 1, BH_INIT_SPACE,
           REGION_PAGE * BH_PAGE_SIZE, UINT64_MAX);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CREATE_VCPU, SCRATCH, 1, BH_INIT_SPACE,
           REGION_PAGE * BH_PAGE_SIZE, 1);
    EXPECT(BOUND, SCRATCH, VCPU_BIND_FUNCTION, PCI_1);
    SAME(USE_UP(VCPU, 1, BH_INIT_SPACE, REGION_PAGE * BH_PAGE_SIZE, 1), BH_POOL_VCPU - 1);
}

/* Process spaces, I/O spaces and vCPUs have numbers in common, so the last ones are checked by
 * their being refused. I/O spaces first: they run out of tables before numbers. */
static void use_up_spaces(void)
{
    (void)USE_UP(IOSPACE, IO_PAGE, 256);
    (void)USE_UP(SPACE, 256);
}

/* Requires: the space has no window but number 0, of the whole region. */
static void use_up_windows(uint64_t space, uint64_t method, uint64_t region)
{
    for (uint64_t window = 1; window < BH_WINDOWS; window++) {
        expect(__FILE__, __LINE__, BH_E_OK, space, method, BH_ARGUMENT_LIST(region, 0, 1, R));
        SAME(got.gr3, window);
    }
    expect(__FILE__, __LINE__, BH_E_FULL, space, method, BH_ARGUMENT_LIST(region, 0, 1, R));
}

static void use_up_bindings(void)
{
    for (uint64_t index = 0; index < 4; index++) {
        EXPECT(OK, VCPU_1, VCPU_BIND_FUNCTION, index % 2 ? PCI_2 : PCI_1);
        SAME(got.gr3, index);
    }
    EXPECT(FULL, VCPU_1, VCPU_BIND_FUNCTION, PCI_1);
}

void full_before(void)
{
    use_up_windows(SPACE, BH_M_SPACE_ADD_WINDOW, REGION);
    use_up_windows(IOSPACE_3, BH_M_IOSPACE_ADD_WINDOW, GUEST_REGION);
    use_up_windows(VCPU_2, BH_M_VCPU_ADD_WINDOW, GUEST_REGION);
    use_up_bindings();
    use_up_vcpus();
    use_up_spaces();
    SAME(use_up_regions(), BH_POOL_REGION - 1);
    SAME(USE_UP(PARTITION, 0), BH_POOL_PARTITION - 1);
    SAME(USE_UP(CAPTABLE, 0), BH_POOL_CAPTABLE - 1);
    SAME(USE_UP(THREAD, BH_INIT_CAPTABLE, BH_INIT_SPACE, 1, 0), BH_POOL_THREAD - 1);
    SAME(USE_UP(ENDPOINT, 0), BH_POOL_ENDPOINT - 1);
    SAME(USE_UP(NOTIFICATION, 0), BH_POOL_NOTIFICATION - 1);
}
