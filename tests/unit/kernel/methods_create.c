/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: creation of objects. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/create.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "tests/unit/kernel/devices.h"

#define ROOT BH_INIT_PARTITION
#define SLOT 20u
#define LIMIT 200u /* creations until a pool must be full */

static const uint32_t creators[] = {
    BH_M_PARTITION_CREATE_PARTITION, BH_M_PARTITION_CREATE_REGION,
    BH_M_PARTITION_CREATE_SPACE,     BH_M_PARTITION_CREATE_IOSPACE,
    BH_M_PARTITION_CREATE_CAPTABLE,  BH_M_PARTITION_CREATE_THREAD,
    BH_M_PARTITION_CREATE_ENDPOINT,  BH_M_PARTITION_CREATE_NOTIFICATION,
    BH_M_PARTITION_CREATE_PCI,       BH_M_PARTITION_CREATE_IRQ,
    BH_M_PARTITION_CREATE_VCPU,
};

#define CREATORS (sizeof(creators) / sizeof(creators[0]))

static void each_creator(uint64_t slot, uint32_t error)
{
    uint32_t i;

    for (i = 0; i < CREATORS; i++) {
        assert_errors(invoke_as(INIT, ROOT, creators[i], ARGUMENTS(slot, 256, 256)), error);
    }
}

static void test_no_creation_into_a_slot_that_does_not_exist(void **state)
{
    uint32_t before = create_objects();

    (void)state;
    each_creator(BH_SLOTS, BH_E_ARG);
    each_creator(BH_SLOTS + SLOT, BH_E_ARG);
    each_creator(UINT64_C(0x100000000) + SLOT, BH_E_ARG);
    each_creator(UINT64_MAX, BH_E_ARG);
    assert_int_equal(create_objects(), before);
}

static void test_no_creation_into_a_used_slot(void **state)
{
    uint32_t before = create_objects();

    (void)state;
    each_creator(BH_INIT_AUDIT, BH_E_EXISTS);
    assert_int_equal(create_objects(), before);
    assert_int_equal(cap_type[cap_slot(0, BH_INIT_AUDIT)], BH_AUDIT);
}

static void test_no_creation_after_seal(void **state)
{
    uint32_t before = create_objects();

    (void)state;
    seal();
    each_creator(SLOT, BH_E_SEALED);
    each_creator(BH_INIT_AUDIT, BH_E_SEALED);
    each_creator(BH_SLOTS, BH_E_SEALED);
    assert_int_equal(create_objects(), before);
}

/* The new capability has all rights of its type, no badge, and names the newest object. */
static void assert_new(uint32_t slot, uint32_t type, uint32_t count)
{
    assert_int_equal(cap_type[cap_slot(0, slot)], type);
    assert_int_equal(cap_object[cap_slot(0, slot)], count - 1);
    assert_int_equal(cap_rights[cap_slot(0, slot)], create_rights(type));
    assert_int_equal(cap_badge[cap_slot(0, slot)], 0);
}

static void test_a_new_object_has_all_rights_and_its_owner(void **state)
{
    uint32_t p = new_partition();
    uint32_t number = object_of(p);
    uint32_t slot;

    (void)state;
    assert_new(p, BH_PARTITION, partition_count);
    slot = new_region(p, 300, 2);
    assert_new(slot, BH_REGION, region_count);
    assert_int_equal(region_partition[object_of(slot)], number);
    slot = new_space(p, 256);
    assert_new(slot, BH_SPACE, space_count);
    assert_int_equal(space_partition[object_of(slot)], number);
    slot = new_iospace(p, 256, 256);
    assert_new(slot, BH_IOSPACE, space_count);
    assert_int_equal(space_partition[object_of(slot)], number);
    slot = new_endpoint(p);
    assert_new(slot, BH_ENDPOINT, endpoint_count);
    assert_int_equal(endpoint_partition[object_of(slot)], number);
    slot = new_notification(p);
    assert_new(slot, BH_NOTIFICATION, notification_count);
    assert_int_equal(notification_partition[object_of(slot)], number);
    assert_invoke(OK, INIT, p, PARTITION_CREATE_CAPTABLE, SLOT);
    assert_new(SLOT, BH_CAPTABLE, captable_count);
    assert_int_equal(captable_partition[object_of(SLOT)], number);
    assert_invoke(OK, INIT, p, PARTITION_CREATE_IRQ, SLOT + 1, 5);
    assert_new(SLOT + 1, BH_IRQ, 5 + 1);
    assert_int_equal(adapter_partition[5], number);
}

/* Create into the same slot until there is an error: how many there were. */
static uint32_t fill(uint32_t method, uint64_t a1, uint64_t a2, uint64_t a3, uint32_t error)
{
    uint32_t count;

    for (count = 0; count < LIMIT; count++) {
        /* A region begins behind the one before it. */
        uint64_t first = method == BH_M_PARTITION_CREATE_REGION ? a1 + count : a1;

        if (invoke_as(INIT, ROOT, method, ARGUMENTS(SLOT, first, a2, a3)) != BH_E_OK) {
            break;
        }
        drop_slot(SLOT);
    }
    assert_errors(error_of(INIT), error);
    return count;
}

/* Init has one partition, two regions, one space, one table and one thread. */
static void test_pools_hold_as_many_as_declared(void **state)
{
    (void)state;
    assert_int_equal(fill(BH_M_PARTITION_CREATE_PARTITION, 0, 0, 0, BH_E_FULL),
                     BH_POOL_PARTITION - 1);
    assert_int_equal(fill(BH_M_PARTITION_CREATE_REGION, host_frame(300), 1, 0, BH_E_FULL),
                     BH_POOL_REGION - 2);
    assert_int_equal(fill(BH_M_PARTITION_CREATE_CAPTABLE, 0, 0, 0, BH_E_FULL),
                     BH_POOL_CAPTABLE - 1);
    assert_int_equal(
        fill(BH_M_PARTITION_CREATE_THREAD, BH_INIT_CAPTABLE, BH_INIT_SPACE, 1, BH_E_FULL),
        BH_POOL_THREAD - 1);
    assert_int_equal(fill(BH_M_PARTITION_CREATE_ENDPOINT, 0, 0, 0, BH_E_FULL), BH_POOL_ENDPOINT);
    assert_int_equal(fill(BH_M_PARTITION_CREATE_NOTIFICATION, 0, 0, 0, BH_E_FULL),
                     BH_POOL_NOTIFICATION);
}

/* Process spaces, I/O spaces and vCPUs are numbered together: the pool of each is there for it,
 * however many of the others exist. Init has one space. */
static void test_pools_of_spaces(void **state)
{
    struct process one;
    uint32_t i;

    (void)state;
    new_process(&one, 1);
    for (i = 0; i < BH_POOL_VCPU; i++) {
        drop_slot(new_vcpu(&one, 1, 1));
    }
    for (i = 0; i < BH_POOL_IOSPACE; i++) {
        drop_slot(new_iospace(one.partition, 256, 256));
    }
    for (i = 2; i < BH_POOL_SPACE; i++) {
        drop_slot(new_space(one.partition, 256));
    }
}

static void test_spaces_run_out(void **state)
{
    (void)state;
    assert_int_equal(fill(BH_M_PARTITION_CREATE_IOSPACE, 256, 256, 0, BH_E_FULL), REGION_TABLES);
    (void)fill(BH_M_PARTITION_CREATE_SPACE, 256, 0, 0, BH_E_FULL);
    assert_int_equal(space_count, SPACES);
}

static void test_page_tables_run_out(void **state)
{
    (void)state;
    assert_int_equal(fill(BH_M_PARTITION_CREATE_SPACE, 524288, 0, 0, BH_E_FULL), 2);
    assert_invoke(FULL, INIT, ROOT, PARTITION_CREATE_IOSPACE, SLOT, 0, 524288);
    assert_invoke(FULL, INIT, ROOT, PARTITION_CREATE_IOSPACE, SLOT, 0, 0x40000000);
}

static void test_create_region_refuses(void **state)
{
    uint64_t lowest = host_frame(BOOT_PAGES);
    uint64_t end = host_frame(ALL_PAGES);

    (void)state;
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, lowest, 0);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, 0, 1);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, lowest - 1, 1);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, lowest - 1, 2);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, end, 1);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, end - 1, 2);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, lowest, UINT64_MAX);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, UINT64_MAX, 2);
    assert_invoke(RANGE, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, lowest, -lowest + 1);
    assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, end - 1, 1);
    assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_REGION, SLOT + 1, lowest, 1);
}

static void test_regions_never_overlap(void **state)
{
    (void)state;
    new_region(ROOT, 1000, 10);
    assert_invoke(BOUND, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, host_frame(1000), 10);
    assert_invoke(BOUND, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, host_frame(1009), 1);
    assert_invoke(BOUND, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, host_frame(999), 2);
    assert_invoke(BOUND, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, host_frame(1003), 3);
    assert_invoke(BOUND, INIT, ROOT, PARTITION_CREATE_REGION, SLOT, host_frame(900), 1000);
    new_region(ROOT, 999, 1);
    new_region(ROOT, 1010, 1);
}

static void test_create_space_refuses_sizes(void **state)
{
    static const uint64_t bad[] = {
        0, 1, 255, 257, 524288 + 1, 524288 + 256, 1 << 30, UINT64_MAX, UINT64_C(0x100000000) + 256};
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_invoke(ARG, INIT, ROOT, PARTITION_CREATE_SPACE, SLOT, bad[i]);
    }
    assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_SPACE, SLOT, 524288);
}

static void test_create_iospace_refuses_places(void **state)
{
    static const uint64_t bad[][2] = {
        {0, 0},
        {0, 255},
        {1, 256},
        {255, 256},
        {0x40000000, 256},
        {0x40000000 - 256, 512},
        {0, 0x40000100},
        {256, UINT64_MAX - 255},
        {UINT64_MAX - 255, 512},
    };
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_invoke(ARG, INIT, ROOT, PARTITION_CREATE_IOSPACE, SLOT, bad[i][0], bad[i][1]);
    }
    assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_IOSPACE, SLOT, 0x40000000 - 256, 256);
    assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_IOSPACE, SLOT + 1, 524288 - 256, 512);
}

static void test_create_thread_refuses(void **state)
{
    struct process one, two;

    (void)state;
    new_process(&one, 1);
    new_process(&two, 1);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, one.captable,
                  one.space, 32, 0);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, one.captable,
                  one.space, UINT64_C(0x100000001), 0);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, one.captable,
                  one.space, 1, 2);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, two.captable,
                  one.space, 1, 0);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, one.captable,
                  two.space, 1, 0);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT + 9, one.captable,
                  one.space, 31, 1);
}

static void test_an_interruption_subclass_has_one_owner(void **state)
{
    uint32_t isc;

    (void)state;
    for (isc = 0; isc < ADAPTER_INTERRUPTS; isc++) {
        assert_invoke(OK, INIT, ROOT, PARTITION_CREATE_IRQ, SLOT, isc);
        drop_slot(SLOT);
        assert_invoke(EXISTS, INIT, ROOT, PARTITION_CREATE_IRQ, SLOT, isc);
    }
    assert_invoke(ARG, INIT, ROOT, PARTITION_CREATE_IRQ, SLOT, ADAPTER_INTERRUPTS);
    assert_invoke(ARG, INIT, ROOT, PARTITION_CREATE_IRQ, SLOT, UINT64_C(0x100000000));
}

const struct CMUnitTest methods_create[] = {
    kernel_test(test_no_creation_into_a_slot_that_does_not_exist),
    kernel_test(test_no_creation_into_a_used_slot),
    kernel_test(test_no_creation_after_seal),
    kernel_test(test_a_new_object_has_all_rights_and_its_owner),
    kernel_test(test_pools_hold_as_many_as_declared),
    kernel_test(test_pools_of_spaces),
    kernel_test(test_spaces_run_out),
    kernel_test(test_page_tables_run_out),
    kernel_test(test_create_region_refuses),
    kernel_test(test_regions_never_overlap),
    kernel_test(test_create_space_refuses_sizes),
    kernel_test(test_create_iospace_refuses_places),
    kernel_test(test_create_thread_refuses),
    kernel_test(test_an_interruption_subclass_has_one_owner),
    kernel_tests_end,
};
