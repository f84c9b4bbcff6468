/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: vCPUs. Their guest spaces: methods_guestspace.c; their exits: test_vcpu.c. Belongs to:
 * test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/vcpu.h"
#include "tests/unit/kernel/devices.h"
#include "tests/unit/kernel/one_vcpu.h"

#define SLOT 50u

static void test_create(void **state)
{
    struct process two;

    (void)state;
    prepare();
    new_process(&two, 1);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 32, one.space,
                  PROCESS_BASE, 1);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, TOO_FAR, one.space,
                  PROCESS_BASE, 1);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, two.space,
                  PROCESS_BASE, 1);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                  PROCESS_BASE - 4096, 1);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                  PROCESS_BASE + 8, 1);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space, UINT64_MAX,
                  1);
    assert_invoke(OK, INIT, one.space, SPACE_MAP, 0x80, 0, 2, 1, R);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space, 0x80000,
                  1);
    assert_int_equal(vcpu_count, 1);
    assert_int_equal(vcpu_page[v], PAGE(frame(VCPU_PAGE)));
}

static void test_create_until_a_pool_is_full(void **state)
{
    uint32_t count;

    (void)state;
    prepare();
    assert_invoke(FULL, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                  PROCESS_BASE, GUEST_BLOCKS - BLOCKS + 1);
    assert_invoke(FULL, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                  PROCESS_BASE, UINT64_MAX);
    for (count = 1; count < VCPUS; count++) {
        assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                      PROCESS_BASE, 1);
        drop_slot(SLOT);
    }
    assert_int_equal(VCPUS, BH_POOL_VCPU);
    assert_invoke(FULL, INIT, one.partition, PARTITION_CREATE_VCPU, SLOT, 1, one.space,
                  PROCESS_BASE, 1);
}

static void test_inspect(void **state)
{
    struct pci pci;

    (void)state;
    prepare();
    install_devices();
    new_pci(&pci, &one, 0, ISC);
    assert_invoke(OK, INIT, vcpu, VCPU_BIND_FUNCTION, pci.slot);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT);
    assert_int_equal(result(INIT, 0), vcpu_thread[v]);
    assert_int_equal(result(INIT, 1), one.p);
    assert_int_equal(result(INIT, 2), object_of(one.space));
    assert_int_equal(result(INIT, 3), 1);
    assert_int_equal(result(INIT, 4), thread_priority(vcpu_thread[v]));
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, 1);
    assert_int_equal(result(INIT, 0), host_frame(one.page) + VCPU_PAGE);
    assert_int_equal(result(INIT, 1), BLOCKS);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, 2);
    assert_int_equal(result(INIT, 0), pci.f + 1u);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, 3);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(ARG, INIT, vcpu, VCPU_INSPECT, 2u + BH_VCPU_FUNCTIONS + BH_WINDOWS);
    assert_invoke(ARG, INIT, vcpu, VCPU_INSPECT, UINT64_MAX);
}

static void test_inspect_tells_its_memory(void **state)
{
    const uint32_t first = 2u + BH_VCPU_FUNCTIONS; /* part of window 0 */

    (void)state;
    prepare();
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, first);
    assert_int_equal(result(INIT, 0), object_of(one.region));
    assert_int_equal(result(INIT, 1), host_frame(one.page));
    assert_int_equal(result(INIT, 2), PROCESS_PAGES);
    assert_int_equal(result(INIT, 3), R | W | X);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, first + 1u);
    assert_int_equal(result(INIT, 2), 0);
    assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 1, 2, R);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, first + 1u);
    assert_int_equal(result(INIT, 1), host_frame(one.page) + 1u);
    assert_int_equal(result(INIT, 2), 2);
    assert_int_equal(result(INIT, 3), R);
}

static void test_portal_inspect(void **state)
{
    uint32_t endpoint;

    (void)state;
    prepare();
    endpoint = new_endpoint(one.partition);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL_INSPECT, BH_REASON_RPCIT);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL, BH_REASON_RPCIT, endpoint, 500);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL_INSPECT, BH_REASON_RPCIT);
    assert_int_equal(result(INIT, 0), object_of(endpoint) + 1u);
    assert_int_equal(result(INIT, 2), 500);
    assert_invoke(ARG, INIT, vcpu, VCPU_PORTAL_INSPECT, BH_REASONS);
}

static void test_bind_function(void **state)
{
    struct process two;
    struct pci mine, foreign;
    uint32_t i;

    (void)state;
    prepare();
    install_devices();
    new_process(&two, 1);
    new_pci(&mine, &one, 0, ISC);
    new_pci(&foreign, &two, 1, ISC + 1);
    assert_invoke(BOUND, INIT, vcpu, VCPU_BIND_FUNCTION, foreign.slot);
    for (i = 0; i < BH_VCPU_FUNCTIONS; i++) {
        assert_invoke(OK, INIT, vcpu, VCPU_BIND_FUNCTION, mine.slot);
        assert_int_equal(result(INIT, 0), i);
    }
    assert_invoke(FULL, INIT, vcpu, VCPU_BIND_FUNCTION, mine.slot);
    assert_int_equal(vcpu_find_function(v, 0x80000003), mine.f);
    assert_int_equal(vcpu_find_function(v, 0x80000004), NOBODY);
    seal();
    assert_invoke(SEALED, INIT, vcpu, VCPU_BIND_FUNCTION, mine.slot);
}

static void test_portal(void **state)
{
    struct process two;
    uint32_t mine, foreign;

    (void)state;
    prepare();
    new_process(&two, 1);
    mine = new_endpoint(one.partition);
    foreign = new_endpoint(two.partition);
    assert_invoke(ARG, INIT, vcpu, VCPU_PORTAL, BH_REASONS, mine, 1);
    assert_invoke(ARG, INIT, vcpu, VCPU_PORTAL, 1, mine, 10000001);
    assert_invoke(BOUND, INIT, vcpu, VCPU_PORTAL, 1, foreign, 1);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL, 1, mine, 1);
    assert_invoke(EXISTS, INIT, vcpu, VCPU_PORTAL, 1, mine, 1);
    seal();
    assert_invoke(SEALED, INIT, vcpu, VCPU_PORTAL, 2, mine, 1);
}

static void test_add_window(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    assert_invoke(ARG, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, 1, 0);
    assert_invoke(BOUND, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, PROCESS_PAGES + 1, R);
    for (i = 1; i < BH_WINDOWS; i++) {
        assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, i, 1, R);
        assert_int_equal(result(INIT, 0), i);
    }
    assert_invoke(FULL, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, 1, R);
    seal();
    assert_invoke(SEALED, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, 1, R);
}

static void test_start(void **state)
{
    (void)state;
    prepare();
    seal();
    assert_invoke(OK, INIT, vcpu, VCPU_START);
    assert_state(vcpu_thread[v], READY);
    assert_invoke(STATE, INIT, vcpu, VCPU_START);
}

static void test_no_start_in_a_stopped_partition(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_invoke(STATE, INIT, vcpu, VCPU_START);
}

static void test_kick_of_a_vcpu_that_does_not_run(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_KICK);
    assert_int_equal(result(one.t, 0), 0);
    assert_state(vcpu_thread[v], SET);
}

const struct CMUnitTest methods_vcpu[] = {
    kernel_test(test_create),
    kernel_test(test_create_until_a_pool_is_full),
    kernel_test(test_inspect),
    kernel_test(test_inspect_tells_its_memory),
    kernel_test(test_portal_inspect),
    kernel_test(test_bind_function),
    kernel_test(test_portal),
    kernel_test(test_add_window),
    kernel_test(test_start),
    kernel_test(test_no_start_in_a_stopped_partition),
    kernel_test(test_kick_of_a_vcpu_that_does_not_run),
    kernel_tests_end,
};
