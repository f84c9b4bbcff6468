/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: PCI functions: creation, enabling, loads and stores. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/machine.h"
#include "kernel/object/iospace.h"
#include "kernel/object/pci_function.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "tests/unit/kernel/devices.h"

#define SLOT 50u
#define BAR0_SIZE (1u << DEVICE_BAR_LOG2)
#define BAR4_SIZE (1u << DEVICE_BAR4_LOG2)
#define TOO_FAR UINT64_C(0x100000000) /* turns into 0 where 32 bits are cut off */

static struct process one;
static struct pci pci;

static void prepare(void)
{
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
}

static void prepare_enabled(void)
{
    prepare();
    assert_invoke(OK, INIT, pci.slot, PCI_ENABLE);
}

/* ---- creation ---- */

static void test_create_refuses(void **state)
{
    struct process two;
    uint32_t space, foreign, irq = SLOT + 1;

    (void)state;
    prepare();
    new_process(&two, 1);
    space = new_iospace(one.partition, IO_BASE, 256);
    foreign = new_iospace(two.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, two.partition, PARTITION_CREATE_IRQ, irq, 4);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, 8);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space,
                  TOO_FAR + ISC);
    assert_invoke(ARG, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, TOO_FAR + DEVICE_FID(1),
                  space, ISC);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), foreign,
                  ISC);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, 4);
    assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, 5);
    assert_invoke(EXISTS, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(0), space,
                  ISC);
    assert_invoke(EXISTS, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1),
                  pci.iospace, ISC);
    assert_invoke(GONE, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, 0x999, space, ISC);
    assert_int_equal(pci_count, 1);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_int_equal(pci_count, 2);
}

static void test_create_until_the_pool_is_full(void **state)
{
    uint32_t space;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    pci_count = PCI_FUNCTIONS;
    machine_check = NULL;
    assert_invoke(FULL, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
}

/* DMA addresses outside of what the machine allows the function. */
static void test_create_checks_the_range_of_dma(void **state)
{
    static const uint64_t base[] = {0, IO_BASE - 256, (DEVICE_EDMA + 1) / BH_PAGE_SIZE - 256,
                                    (DEVICE_EDMA + 1) / BH_PAGE_SIZE};
    uint32_t i, space;

    (void)state;
    prepare();
    for (i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
        space = new_iospace(one.partition, base[i], 512);
        assert_invoke(BOUND, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space,
                      ISC);
    }
}

/* A function that someone left enabled is off before it becomes an object. */
static void test_create_disables(void **state)
{
    uint32_t space;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    fake_zpci_set_state(&zpci, &device[1], FAKE_ENABLED);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_int_equal(device[1].state, FAKE_DISABLED);
    fake_zpci_set_state(&zpci, &device[2], FAKE_PERMANENT);
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(STATE, INIT, one.partition, PARTITION_CREATE_PCI, SLOT + 1, DEVICE_FID(2), space,
                  ISC);
    assert_int_equal(pci_count, 2);
}

static void test_create_asks_the_machine(void **state)
{
    uint32_t space, call;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    fake_zpci_set_state(&zpci, &device[1], FAKE_STANDBY);
    assert_invoke(GONE, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    fake_zpci_set_state(&zpci, &device[1], FAKE_DISABLED);
    for (call = 0; call < 2; call++) {
        fake_inject(&zpci, FAKE_CLP, 3, 0, call == 0);
        fake_inject_clp(&zpci, CLP_RC_AUTHORITY, call == 1);
        assert_invoke(GONE, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space,
                      ISC);
    }
    zpci.list_limit = 1;
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
}

/* ---- enable, disable ---- */

static void test_enable_and_disable(void **state)
{
    uint64_t generation;

    (void)state;
    prepare();
    generation = pci_generation[pci.f];
    assert_invoke(STATE, INIT, pci.slot, PCI_DISABLE);
    assert_invoke(OK, INIT, pci.slot, PCI_ENABLE);
    assert_int_equal(pci.device->state, FAKE_ENABLED);
    assert_int_equal(pci_handle[pci.f], pci.device->fh);
    assert_invoke(STATE, INIT, pci.slot, PCI_ENABLE);
    assert_invoke(OK, INIT, pci.slot, PCI_DISABLE);
    assert_int_equal(pci.device->state, FAKE_DISABLED);
    assert_int_equal(pci_generation[pci.f], generation + 2);
}

static void test_enable_and_disable_failures(void **state)
{
    (void)state;
    prepare();
    fake_inject_clp(&zpci, CLP_RC_BUSY, 1);
    assert_invoke(PCI, INIT, pci.slot, PCI_ENABLE);
    assert_int_equal(result(INIT, 0), CLP_RC_BUSY);
    fake_inject(&zpci, FAKE_CLP, 3, 0, 1);
    assert_invoke(GONE, INIT, pci.slot, PCI_ENABLE);
    assert_invoke(OK, INIT, pci.slot, PCI_ENABLE);
    fake_inject_clp(&zpci, CLP_RC_BUSY, 1);
    assert_invoke(PCI, INIT, pci.slot, PCI_DISABLE);
    assert_int_equal(result(INIT, 0), CLP_RC_BUSY);
    fake_inject(&zpci, FAKE_CLP, 3, 0, 1);
    assert_invoke(GONE, INIT, pci.slot, PCI_DISABLE);
    assert_int_equal(pci_enabled[pci.f], 1);
    assert_invoke(OK, INIT, pci.slot, PCI_DISABLE);
}

/* An answer that says "done" and gives no new handle is not a success. */
static void test_a_contradictory_answer_is_no_success(void **state)
{
    (void)state;
    prepare_enabled();
    fake_inject_clp(&zpci, CLP_RC_OK, 1);
    make_call(INIT, INVOKE, pci.slot, 0);
    call_as(INIT, BH_CALL_INVOKE, pci.slot, BH_M_PCI_DISABLE, ARGUMENTS(0));
    assert_int_not_equal(error_of(INIT), BH_E_OK);
    assert_int_equal(pci_enabled[pci.f], 1);
}

/* A partition is stopped for good: nobody, not even a partition that shares the function, brings
 * it back. */
static void test_no_enabling_in_a_stopped_partition(void **state)
{
    (void)state;
    prepare_enabled();
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_invoke(STATE, INIT, pci.slot, PCI_ENABLE);
    pass(MICROSECONDS(1));
    assert_int_equal(pci.device->state, FAKE_DISABLED);
    assert_invoke(STATE, INIT, pci.slot, PCI_ENABLE);
    assert_int_equal(pci.device->state, FAKE_DISABLED);
}

/* ---- loads and stores ---- */

static const struct {
    uint64_t bar, offset, length;
} bad_accesses[] = {
    {6, 0, 4},
    {14, 0, 4},
    {16, 0, 4},
    {TOO_FAR, 0, 4},
    {UINT64_MAX, 0, 4},
    {1, 0, 4},
    {5, 0, 4},
    {0, 0, 0},
    {0, 0, 9},
    {0, 0, 16},
    {0, 0, TOO_FAR + 4},
    {0, 5, 4},
    {0, 1, 8},
    {0, BAR0_SIZE, 1},
    {0, TOO_FAR * 16, 4},
    {0, UINT64_MAX - 7, 8},
    {4, BAR4_SIZE, 4},
};

/* A process sees numbers as PCI means them: the first byte is the lowest. */
static void test_loads(void **state)
{
    (void)state;
    prepare_enabled();
    le64_put(pci.device->bar[0] + 0x100, UINT64_C(0x0123456789abcdef));
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, 0, 0x100, 8);
    assert_int_equal(result(one.t, 0), UINT64_C(0x0123456789abcdef));
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, 0, 0x101, 3);
    assert_int_equal(result(one.t, 0), 0x89abcd);
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, 0, BAR0_SIZE - 1, 1);
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, 4, BAR4_SIZE - 8, 8);
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, BH_PCI_CONFIG, PCICONF_VENDOR, 4);
    assert_int_equal(result(one.t, 0), 0x10411af4);
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, BH_PCI_CONFIG, 0xffc, 4);
}

static void test_loads_refused(void **state)
{
    static const uint64_t config[][2] = {{0x1000, 4}, {2, 4}, {1, 2},           {0, 3},
                                         {0, 8},      {0, 0}, {0, TOO_FAR + 4}, {TOO_FAR, 4}};
    uint32_t i;

    (void)state;
    prepare_enabled();
    for (i = 0; i < sizeof(bad_accesses) / sizeof(bad_accesses[0]); i++) {
        assert_invoke(ARG, one.t, pci.slot, PCI_LOAD, bad_accesses[i].bar, bad_accesses[i].offset,
                      bad_accesses[i].length);
    }
    for (i = 0; i < sizeof(config) / sizeof(config[0]); i++) {
        assert_invoke(ARG, one.t, pci.slot, PCI_LOAD, BH_PCI_CONFIG, config[i][0], config[i][1]);
    }
    assert_int_equal(zpci.issued[FAKE_PCILG], 0);
    each_failure(one.t, &pci, BH_M_PCI_LOAD, FAKE_PCILG, ARGUMENTS(0, 0, 8));
    assert_invoke(OK, INIT, pci.slot, PCI_DISABLE);
    assert_invoke(GONE, one.t, pci.slot, PCI_LOAD, 0, 0, 8);
}

static void test_stores(void **state)
{
    (void)state;
    prepare_enabled();
    assert_invoke(OK, one.t, pci.slot, PCI_STORE, 0, 0x100, 8, UINT64_C(0x0123456789abcdef));
    assert_int_equal(le64_get(pci.device->bar[0] + 0x100), UINT64_C(0x0123456789abcdef));
    assert_invoke(OK, one.t, pci.slot, PCI_STORE, 0, 0x102, 2, 0xffffaaaa);
    assert_int_equal(le64_get(pci.device->bar[0] + 0x100), UINT64_C(0x01234567aaaacdef));
}

static void test_stores_refused(void **state)
{
    uint32_t i;

    (void)state;
    prepare_enabled();
    for (i = 0; i < sizeof(bad_accesses) / sizeof(bad_accesses[0]); i++) {
        assert_invoke(ARG, one.t, pci.slot, PCI_STORE, bad_accesses[i].bar, bad_accesses[i].offset,
                      bad_accesses[i].length, 0);
    }
    assert_invoke(ARG, one.t, pci.slot, PCI_STORE, BH_PCI_CONFIG, PCICONF_COMMAND, 2, 0);
    assert_int_equal(zpci.issued[FAKE_PCISTG], 0);
    each_failure(one.t, &pci, BH_M_PCI_STORE, FAKE_PCISTG, ARGUMENTS(0, 0, 8, 0));
}

static void test_store_block(void **state)
{
    uint32_t i;

    (void)state;
    prepare_enabled();
    for (i = 0; i < 16; i++) {
        hw_store(host_frame(one.page + 2) * BH_PAGE_SIZE + 0xf80 + 8 * i, i + 1);
    }
    assert_invoke(OK, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0x80, 2, 0xf80, 128);
    for (i = 0; i < 16; i++) {
        assert_int_equal(be64_get(pci.device->bar[0] + 0x80 + 8 * i), i + 1);
    }
    assert_invoke(OK, one.t, pci.slot, PCI_STORE_BLOCK, 0, BAR0_SIZE - 16, PROCESS_PAGES - 1, 0xff0,
                  16);
}

static void test_store_block_refused(void **state)
{
    static const uint64_t bad[][5] = {
        {0, 0, 0, 0, 8},
        {0, 0, 0, 0, 0},
        {0, 0, 0, 0, 20},
        {0, 0, 0, 0, 136},
        {0, 4, 0, 0, 16},
        {0, 0, 0, 4, 16},
        {0, 0xff8, 0, 0, 16},
        {1, 0, 0, 0, 16},
        {6, 0, 0, 0, 16},
        {15, 0, 0, 0, 16},
        {0, BAR0_SIZE, 0, 0, 16},
        {TOO_FAR, 0, 0, 0, 16},
        {0, TOO_FAR, 0, 0, 16},
        {0, 0, 0, 0, TOO_FAR + 16},
        {0, UINT64_MAX - 15, 0, 0, 16},
        {0, 0, 0, 0, UINT64_MAX - 7},
    };
    uint32_t i;

    (void)state;
    prepare_enabled();
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_errors(invoke_as(one.t, pci.slot, BH_M_PCI_STORE_BLOCK,
                                ARGUMENTS(bad[i][0], bad[i][1], bad[i][2], bad[i][3], bad[i][4])),
                      BH_E_ARG);
    }
    assert_invoke(BOUND, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0, PROCESS_PAGES, 0, 16);
    assert_invoke(BOUND, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0, 0, 0xff8, 16);
    assert_invoke(BOUND, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0, 0, 4096, 16);
    assert_invoke(BOUND, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0, UINT64_MAX, 0, 16);
    assert_invoke(BOUND, one.t, pci.slot, PCI_STORE_BLOCK, 0, 0, 0, UINT64_MAX - 7, 16);
    assert_int_equal(zpci.issued[FAKE_PCISTB], 0);
    each_failure(one.t, &pci, BH_M_PCI_STORE_BLOCK, FAKE_PCISTB, ARGUMENTS(0, 0, 0, 0, 16));
}

/* Without bound memory there is no source. */
static void test_store_block_without_memory(void **state)
{
    uint32_t space;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_invoke(BOUND, INIT, SLOT, PCI_STORE_BLOCK, 0, 0, 0, 0, 16);
}

/* ---- query ---- */

static void test_query(void **state)
{
    static const struct {
        uint64_t field, value;
    } fields[] = {
        {0, DEVICE_FID(0)},
        {1, 128},
        {2, 128},
        {3, FAKE_MSIA},
        {4, 1},
        {5, IO_BASE},
        {6, IO_PAGES},
        {8, DEVICE_BAR_LOG2},
        {9, 0},
        {10, 0},
        {11, 0},
        {12, DEVICE_BAR4_LOG2},
        {13, 0},
        {14, 0x1af41041},
        {16, 0},
        {20, PCI_BAR_TYPE_64},
        {21, 0},
    };
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        assert_invoke(OK, one.t, pci.slot, PCI_QUERY, fields[i].field);
        assert_int_equal(result(one.t, 0), fields[i].value);
    }
    assert_invoke(ARG, one.t, pci.slot, PCI_QUERY, 7);
    assert_invoke(ARG, one.t, pci.slot, PCI_QUERY, 15);
    assert_invoke(ARG, one.t, pci.slot, PCI_QUERY, 22);
    assert_invoke(ARG, one.t, pci.slot, PCI_QUERY, TOO_FAR);
}

const struct CMUnitTest methods_pci[] = {
    kernel_test(test_create_refuses),
    kernel_test(test_create_until_the_pool_is_full),
    kernel_test(test_create_checks_the_range_of_dma),
    kernel_test(test_create_disables),
    kernel_test(test_create_asks_the_machine),
    kernel_test(test_enable_and_disable),
    kernel_test(test_enable_and_disable_failures),
    kernel_test(test_a_contradictory_answer_is_no_success),
    kernel_test(test_no_enabling_in_a_stopped_partition),
    kernel_test(test_loads),
    kernel_test(test_loads_refused),
    kernel_test(test_stores),
    kernel_test(test_stores_refused),
    kernel_test(test_store_block),
    kernel_test(test_store_block_refused),
    kernel_test(test_store_block_without_memory),
    kernel_test(test_query),
    kernel_tests_end,
};
