/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: partitions: stop, inspection, discovery, seal. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "drivers/zpci/clp.h"
#include "kernel/object/audit.h"
#include "kernel/object/captable.h"
#include "kernel/object/create.h"
#include "kernel/object/partition.h"
#include "kernel/object/region.h"
#include "libs/zformats/bytes.h"
#include "tests/unit/kernel/devices.h"

#define ROOT BH_INIT_PARTITION

static void test_region_inspect(void **state)
{
    uint32_t p = new_partition();
    uint32_t slot = new_region(p, 300, 7);

    (void)state;
    assert_invoke(OK, INIT, slot, REGION_INSPECT);
    assert_int_equal(result(INIT, 0), host_frame(300));
    assert_int_equal(result(INIT, 1), 7);
    assert_int_equal(result(INIT, 2), object_of(p));
}

static void test_stop_ends_every_thread_of_the_partition_alone(void **state)
{
    struct process one, two;
    uint32_t second;

    (void)state;
    new_process(&one, 1);
    new_process(&two, 1);
    second = new_thread(&one, 2);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_state(one.t, ENDED);
    assert_state(second, ENDED);
    assert_state(two.t, READY);
    assert_audit(PARTITION_STOP, INIT, BH_AUDIT_PARTITION_STOP, one.p);
    assert_invoke(OK, INIT, one.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 0), one.p);
    assert_int_equal(result(INIT, 1), 1);
    assert_invoke(OK, INIT, two.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 0), two.p);
    assert_int_equal(result(INIT, 1), 0);
}

static void test_a_partition_stops_once(void **state)
{
    struct process one;
    uint64_t records;

    (void)state;
    new_process(&one, 1);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    records = audit_count;
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_int_equal(audit_count, records);
    assert_invoke(STATE, INIT, one.thread, THREAD_START);
}

static void test_a_partition_may_stop_itself(void **state)
{
    struct process one;

    (void)state;
    new_process(&one, 1);
    grant(&one, one.partition, BH_R_PARTITION_CONTROL, 0);
    assert_invoke(OK, one.t, one.partition, PARTITION_STOP);
    assert_state(one.t, ENDED);
    choose();
}

static void test_the_root_partition_cannot_be_stopped(void **state)
{
    (void)state;
    assert_invoke(STATE, INIT, ROOT, PARTITION_STOP);
    assert_state(INIT, READY);
}

static uint32_t capabilities(void)
{
    uint32_t count = 0;
    uint32_t i;

    for (i = 0; i < CAP_SLOTS; i++) {
        count += cap_type[i] != BH_NONE;
    }
    return count;
}

static void test_seal_ends_creation_once(void **state)
{
    struct process one;

    (void)state;
    new_process(&one, 1);
    seal();
    assert_int_equal(partition_sealed, 1);
    assert_audit(SEAL, INIT, capabilities(), create_objects());
    assert_invoke(SEALED, INIT, ROOT, PARTITION_SEAL);
}

/* ---- discovery ---- */

static uint8_t *message(void)
{
    return host_memory + (thread_message(INIT) - host_frame(0) * BH_PAGE_SIZE);
}

static void test_discovery_lists_functions(void **state)
{
    struct clp_list list;
    struct clp_entry entry;

    (void)state;
    install_devices();
    clp_list_request(message(), 0);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(result(INIT, 0), 0);
    assert_int_equal(clp_list_parse(message(), &list), ZPCI_OK);
    assert_int_equal(list.count, DEVICES);
    clp_list_entry(message(), 1, &entry);
    assert_int_equal(entry.fid, DEVICE_FID(1));
}

static void test_a_machine_without_pci_is_not_asked(void **state)
{
    (void)state;
    install_devices();
    host.no_pci = 1;
    clp_list_request(message(), 0);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(result(INIT, 0), 3);
    assert_int_equal(zpci.issued[FAKE_CLP], 0);
}

static void test_discovery_queries_and_disables(void **state)
{
    struct clp_function function;
    struct clp_group group;
    uint32_t handle;

    (void)state;
    install_devices();
    clp_function_request(message(), device[0].fh);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(clp_function_parse(message(), &function), ZPCI_OK);
    assert_int_equal(function.fid, DEVICE_FID(0));
    clp_group_request(message(), function.group);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(clp_group_parse(message(), &group), ZPCI_OK);
    fake_zpci_set_state(&zpci, &device[0], FAKE_ENABLED);
    clp_set_request(message(), device[0].fh, CLP_SET_DISABLE);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(clp_set_parse(message(), CLP_SET_DISABLE, &handle), ZPCI_OK);
    assert_int_equal(device[0].state, FAKE_DISABLED);
}

/* Nothing but what finds out and switches off, and no length that would interrupt the kernel. */
static void test_discovery_refuses_other_commands(void **state)
{
    static const struct {
        uint32_t offset;
        uint16_t value;
    } bad[] = {
        {CLP_COMMAND, CLP_SLPC},
        {CLP_COMMAND, 0},
        {CLP_COMMAND, 0x0f},
        {CLP_LENGTH, 0},
        {CLP_LENGTH, 16},
        {CLP_LENGTH, 40},
        {CLP_REQUEST_LENGTH + CLP_LENGTH, 0},
        {CLP_REQUEST_LENGTH + CLP_LENGTH, 8},
        {CLP_REQUEST_LENGTH + CLP_LENGTH, 60},
        {CLP_REQUEST_LENGTH + CLP_LENGTH, BH_PAGE_SIZE - CLP_REQUEST_LENGTH + 8},
        {CLP_REQUEST_LENGTH + CLP_LENGTH, 0xfff8},
    };
    uint32_t i;

    (void)state;
    install_devices();
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        clp_list_request(message(), 0);
        be16_put(message() + bad[i].offset, bad[i].value);
        assert_invoke(ARG, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    }
    clp_set_request(message(), device[0].fh, CLP_SET_ENABLE);
    assert_invoke(ARG, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(zpci.issued[FAKE_CLP], 0);
}

static void test_discovery_checks_the_length(void **state)
{
    static const uint64_t bad[] = {0, 8, 56, 68, 4104, UINT64_C(0x100000000) + 4096, UINT64_MAX};
    uint32_t i;

    (void)state;
    install_devices();
    clp_list_request(message(), 0);
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_invoke(ARG, INIT, ROOT, PARTITION_CLP, bad[i]);
    }
    be16_put(message() + CLP_REQUEST_LENGTH + CLP_LENGTH, 48);
    assert_invoke(ARG, INIT, ROOT, PARTITION_CLP, 72);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, 80);
}

/* A shorter block leaves the rest of the buffer alone, and shows nothing of the kernel's own. */
static void test_discovery_writes_only_the_length_given(void **state)
{
    uint32_t i;

    (void)state;
    install_devices();
    clp_list_request(message(), 0);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    for (i = 0; i < BH_PAGE_SIZE; i++) {
        message()[i] = 0xa5;
    }
    clp_group_request(message(), zpci.group_id);
    for (i = 96; i < BH_PAGE_SIZE; i++) {
        message()[i] = 0xa5;
    }
    be16_put(message() + CLP_REQUEST_LENGTH + CLP_LENGTH, 64);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, 96);
    for (i = 96; i < BH_PAGE_SIZE; i++) {
        assert_int_equal(message()[i], 0xa5);
    }
}

static void test_discovery_ends_with_seal(void **state)
{
    (void)state;
    install_devices();
    clp_list_request(message(), 0);
    seal();
    assert_invoke(SEALED, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(zpci.issued[FAKE_CLP], 0);
}

static void test_discovery_needs_a_message_buffer(void **state)
{
    struct process one;

    (void)state;
    install_devices();
    new_process(&one, 1);
    grant(&one, ROOT, EVERYTHING, 0);
    thread_message(one.t) = 0;
    assert_invoke(STATE, one.t, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
}

static void test_discovery_reports_a_condition_code(void **state)
{
    (void)state;
    install_devices();
    clp_list_request(message(), 0);
    fake_inject(&zpci, FAKE_CLP, 3, 0, 1);
    assert_invoke(OK, INIT, ROOT, PARTITION_CLP, BH_PAGE_SIZE);
    assert_int_equal(result(INIT, 0), 3);
}

const struct CMUnitTest methods_partition[] = {
    kernel_test(test_region_inspect),
    kernel_test(test_stop_ends_every_thread_of_the_partition_alone),
    kernel_test(test_a_partition_stops_once),
    kernel_test(test_a_partition_may_stop_itself),
    kernel_test(test_the_root_partition_cannot_be_stopped),
    kernel_test(test_seal_ends_creation_once),
    kernel_test(test_discovery_lists_functions),
    kernel_test(test_a_machine_without_pci_is_not_asked),
    kernel_test(test_discovery_queries_and_disables),
    kernel_test(test_discovery_refuses_other_commands),
    kernel_test(test_discovery_checks_the_length),
    kernel_test(test_discovery_writes_only_the_length_given),
    kernel_test(test_discovery_ends_with_seal),
    kernel_test(test_discovery_needs_a_message_buffer),
    kernel_test(test_discovery_reports_a_condition_code),
    kernel_tests_end,
};
