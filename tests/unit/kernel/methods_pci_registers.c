/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: PCI functions: error states, registrations, configuration stores, events, binding.
 * Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/notification.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"
#include "tests/unit/kernel/devices.h"

#define SLOT 50u
#define AT(page, byte) ((uint64_t)(page)*BH_PAGE_SIZE + (byte))
#define TOO_FAR UINT64_C(0x100000000)

static struct process one;
static struct pci pci;

static void prepare(void)
{
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
    assert_invoke(OK, INIT, pci.slot, PCI_ENABLE);
}

/* Absolute address of a byte of the bound memory. */
static uint64_t absolute(uint64_t page, uint64_t byte)
{
    return host_frame(one.page + page) * BH_PAGE_SIZE + byte;
}

/* ---- error states ---- */

static void test_leave_the_error_state(void **state)
{
    (void)state;
    prepare();
    fake_error(&zpci, pci.device, PEC_TRANSLATION, 0, 0);
    assert_invoke(PCI, one.t, pci.slot, PCI_LOAD, 0, 0, 4);
    assert_invoke(OK, one.t, pci.slot, PCI_STATE);
    assert_int_equal(result(one.t, 0), FIB_FC_ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED);
    assert_int_equal(result(one.t, 1), pci_generation[pci.f]);
    assert_invoke(OK, one.t, pci.slot, PCI_UNBLOCK);
    assert_invoke(OK, one.t, pci.slot, PCI_LOAD, 0, 0, 4);
    assert_invoke(OK, one.t, pci.slot, PCI_RESET_ERROR);
    assert_invoke(OK, one.t, pci.slot, PCI_STATE);
    assert_int_equal(result(one.t, 0), FIB_FC_ENABLED);
    assert_invoke(PCI, one.t, pci.slot, PCI_RESET_ERROR);
    assert_invoke(PCI, one.t, pci.slot, PCI_UNBLOCK);
}

static void test_every_instruction_may_fail(void **state)
{
    (void)state;
    prepare();
    each_failure(one.t, &pci, BH_M_PCI_RESET_ERROR, FAKE_MPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_UNBLOCK, FAKE_MPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_STATE, FAKE_STPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_DMA_REGISTER, FAKE_MPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_DMA_DROP, FAKE_MPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_IRQ_REGISTER, FAKE_MPCIFC,
                 ARGUMENTS(1, 1, 0, 0, AT(2, 0), 0));
    each_failure(one.t, &pci, BH_M_PCI_IRQ_DROP, FAKE_MPCIFC, ARGUMENTS(0));
    each_failure(one.t, &pci, BH_M_PCI_MEASURE, FAKE_MPCIFC, ARGUMENTS(1, 0));
    each_failure(one.t, &pci, BH_M_PCI_CONFIG_STORE, FAKE_PCILG, ARGUMENTS(PCICONF_COMMAND, 2, 0));
    each_failure(one.t, &pci, BH_M_PCI_CONFIG_STORE, FAKE_PCISTG, ARGUMENTS(PCICONF_COMMAND, 2, 0));
    assert_int_equal(pci_registered[pci.f], 0);
}

/* ---- I/O translation ---- */

static void test_dma_register_and_drop(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, pci.slot, PCI_DMA_REGISTER);
    assert_int_equal(pci.device->ioat.start, IO_BASE * BH_PAGE_SIZE);
    assert_int_equal(pci.device->ioat.end, (IO_BASE + IO_PAGES) * BH_PAGE_SIZE - 1);
    assert_invoke(PCI, one.t, pci.slot, PCI_DMA_REGISTER);
    assert_int_equal(result(one.t, 0), 256 + ZPCI_ST_SEQUENCE);
    assert_int_equal(pci_registered[pci.f], 1);
    assert_invoke(OK, one.t, pci.slot, PCI_DMA_DROP);
    assert_int_equal(pci.device->ioat_registered, 0);
    assert_invoke(PCI, one.t, pci.slot, PCI_DMA_DROP);
}

/* ---- interruptions ---- */

static void test_irq_register(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, pci.slot, PCI_IRQ_REGISTER, 128, 3, 0x100, 63, AT(4, 0x10), 62);
    assert_int_equal(pci.device->irq.vector, absolute(3, 0x100));
    assert_int_equal(pci.device->irq.summary, absolute(4, 0x10));
    assert_int_equal(pci.device->irq.count, 128);
    assert_int_equal(pci.device->irq.vector_bit, 63);
    assert_int_equal(pci.device->irq.summary_bit, 62);
    assert_int_equal(pci.device->irq.isc, ISC);
    assert_int_equal(pci.device->irq_summary, 1);
    assert_invoke(OK, one.t, pci.slot, PCI_IRQ_DROP);
    assert_int_equal(pci.device->irq_registered, 0);
}

/* The machine may write 264 bytes of vector and 8 of summary: all of them inside. */
static void test_irq_register_checks_what_hardware_may_touch(void **state)
{
    uint64_t last = PROCESS_PAGES - 1;

    (void)state;
    prepare();
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last, 4096 - 256, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last, 4096 - 8, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last, 4096, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last + 1, 0, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last + 1, 8, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, UINT64_MAX, 0, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, TOO_FAR, 0, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, UINT64_MAX - 7, 0, AT(1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(last + 1, 0), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(last + 1, 8), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(last, 4092), 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, UINT64_MAX, 0);
    assert_int_equal(zpci.issued[FAKE_MPCIFC], 0);
    assert_invoke(OK, one.t, pci.slot, PCI_IRQ_REGISTER, 1, last, 4096 - 264, 0, AT(last, 4088), 0);
}

static void test_irq_register_refuses(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 0, 1, 0, 0, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 129, 1, 0, 0, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 0x10001, 1, 0, 0, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 4, 0, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 64, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 256, AT(2, 0), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(2, 4), 0);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(2, 0), 64);
    assert_invoke(ARG, one.t, pci.slot, PCI_IRQ_REGISTER, 1, 1, 0, 0, AT(2, 0), UINT64_MAX);
    assert_int_equal(zpci.issued[FAKE_MPCIFC], 0);
}

/* ---- measurement ---- */

static void test_measure(void **state)
{
    uint64_t last = PROCESS_PAGES - 1;

    (void)state;
    prepare();
    assert_invoke(OK, one.t, pci.slot, PCI_MEASURE, 1, 16);
    assert_int_equal(pci.device->measurement, absolute(1, 16));
    assert_invoke(OK, one.t, pci.slot, PCI_MEASURE, UINT64_MAX, 0);
    assert_int_equal(pci.device->measurement, 0);
    assert_invoke(OK, one.t, pci.slot, PCI_MEASURE, last, 4096 - 64);
    assert_invoke(ARG, one.t, pci.slot, PCI_MEASURE, 1, 8);
    assert_invoke(BOUND, one.t, pci.slot, PCI_MEASURE, last, 4096 - 48);
    assert_invoke(BOUND, one.t, pci.slot, PCI_MEASURE, last + 1, 0);
    assert_invoke(BOUND, one.t, pci.slot, PCI_MEASURE, last + 1, 16);
    assert_invoke(BOUND, one.t, pci.slot, PCI_MEASURE, 1, 4096);
    assert_invoke(BOUND, one.t, pci.slot, PCI_MEASURE, UINT64_MAX - 1, 0);
}

/* ---- configuration space ---- */

static void test_config_stores_that_are_allowed(void **state)
{
    const uint8_t *config;

    (void)state;
    prepare();
    config = pci.device->config;
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 0xffff);
    assert_int_equal(le16_get(config + PCICONF_COMMAND),
                     PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER | PCI_COMMAND_INTX_DISABLE);
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 0);
    assert_int_equal(le16_get(config + PCICONF_COMMAND), 0);
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, DEVICE_MSIX + PCI_MSIX_CONTROL, 2, 0xffff);
    assert_int_equal(le16_get(config + DEVICE_MSIX + PCI_MSIX_CONTROL),
                     PCI_MSIX_ENABLE | PCI_MSIX_FUNCTION_MASK);
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, PCICONF_INT_LINE, 1, 7);
    assert_int_equal(config[PCICONF_INT_LINE], 7);
}

static void test_config_stores_that_are_refused(void **state)
{
    static const uint64_t refused[][2] = {
        {PCICONF_VENDOR, 4},
        {PCICONF_BAR, 4},
        {PCICONF_BAR + 20, 4},
        {PCICONF_ROM, 4},
        {DEVICE_VENDOR + 4, 4},
        {DEVICE_SRIOV + 8, 2},
        {PCICONF_CAPABILITIES, 1},
        {0xffc, 4},
        {DEVICE_MSIX + PCI_MSIX_TABLE, 4},
    };
    static const uint64_t bad[][2] = {
        {0x1000, 4}, {1, 2},           {2, 4},           {4, 3},     {4, 8},
        {4, 0},      {TOO_FAR + 4, 2}, {4, TOO_FAR + 2}, {4, 0x102},
    };
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_invoke(ARG, one.t, pci.slot, PCI_CONFIG_STORE, bad[i][0], bad[i][1], 0);
    }
    assert_int_equal(zpci.issued[FAKE_PCILG], 0);
    for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_invoke(REFUSED, one.t, pci.slot, PCI_CONFIG_STORE, refused[i][0], refused[i][1],
                      UINT32_MAX);
    }
    assert_int_equal(pci.device->config_stores, 0);
}

/* The map is made once: a device that moves its capabilities later moves no store. */
static void test_config_map_is_made_once(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 4);
    pci.device->config[DEVICE_VENDOR] = PCI_CAP_MSIX;
    pci.device->config[DEVICE_MSIX] = PCI_CAP_VENDOR;
    assert_invoke(REFUSED, one.t, pci.slot, PCI_CONFIG_STORE, DEVICE_VENDOR + PCI_MSIX_CONTROL, 2,
                  0xffff);
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, DEVICE_MSIX + PCI_MSIX_CONTROL, 2, 0);
}

/* A capability list that goes in circles ends the walk, not the kernel. */
static void test_config_list_in_circles(void **state)
{
    (void)state;
    prepare();
    pci.device->config[DEVICE_VENDOR + 1] = DEVICE_MSIX;
    assert_invoke(OK, one.t, pci.slot, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 4);
}

/* ---- events ---- */

static void test_event(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, one.t, pci.slot, PCI_EVENT);
    assert_int_equal(result(one.t, 0), 0);
    fake_error(&zpci, pci.device, PEC_TRANSLATION, 0x123456000, 1);
    fake_zpci_set_state(&zpci, pci.device, FAKE_STANDBY);
    pci_events_take();
    assert_invoke(OK, one.t, pci.slot, PCI_EVENT);
    assert_int_equal(result(one.t, 0), 1);
    assert_int_equal(result(one.t, 1), PEC_TRANSLATION);
    assert_int_equal(result(one.t, 2), 0x123456000);
    assert_int_equal(result(one.t, 3), 1);
    assert_invoke(OK, one.t, pci.slot, PCI_EVENT);
    assert_int_equal(result(one.t, 0), 2);
    assert_int_equal(result(one.t, 1), PEC_SURPRISE_REMOVAL);
    assert_invoke(OK, one.t, pci.slot, PCI_EVENT);
    assert_int_equal(result(one.t, 0), 0);
}

/* ---- binding ---- */

static void test_bind_memory(void **state)
{
    uint32_t space, read_only = SLOT + 1;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, read_only, one.region,
                  BH_R_REGION_READ, 0);
    assert_invoke(CAP, INIT, SLOT, PCI_BIND_MEMORY, SLOT + 2, 0, 1);
    assert_invoke(TYPE, INIT, SLOT, PCI_BIND_MEMORY, space, 0, 1);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, read_only, 0, 1);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, one.region, 0, 0);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, one.region, 0, PROCESS_PAGES + 1);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, one.region, PROCESS_PAGES, 1);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, one.region, UINT64_MAX, 2);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, one.region, 1, UINT64_MAX);
    assert_invoke(OK, INIT, SLOT, PCI_BIND_MEMORY, one.region, 1, PROCESS_PAGES - 1);
    assert_invoke(EXISTS, INIT, SLOT, PCI_BIND_MEMORY, one.region, 1, 1);
    assert_invoke(EXISTS, INIT, pci.slot, PCI_BIND_EVENT, pci.notification);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_EVENT, new_notification(BH_INIT_PARTITION));
    seal();
    assert_invoke(SEALED, INIT, SLOT, PCI_BIND_MEMORY, one.region, 1, 1);
    assert_invoke(SEALED, INIT, SLOT, PCI_BIND_EVENT, pci.notification);
}

/* Hardware writes to bound memory without a translation: it is the function's own partition's. */
static void test_bind_memory_of_the_own_partition_alone(void **state)
{
    struct process two;
    uint32_t space;

    (void)state;
    prepare();
    new_process(&two, 1);
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_invoke(BOUND, INIT, SLOT, PCI_BIND_MEMORY, two.region, 0, 1);
}

static void assert_part(uint32_t slot, uint64_t part, uint64_t first, uint64_t second)
{
    assert_invoke(OK, INIT, slot, PCI_INSPECT, part);
    assert_int_equal(result(INIT, 0), first);
    assert_int_equal(result(INIT, 1), second);
}

static void test_inspect_tells_what_is_bound(void **state)
{
    uint32_t space;

    (void)state;
    prepare();
    space = new_iospace(one.partition, IO_BASE, 256);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, SLOT, DEVICE_FID(1), space, ISC);
    assert_part(SLOT, 0, one.p, object_of(space));
    assert_int_equal(result(INIT, 2), ISC);
    assert_part(SLOT, 1, 0, 0);
    assert_part(SLOT, 2, 0, 0);
    assert_invoke(OK, INIT, SLOT, PCI_BIND_MEMORY, one.region, 3, 2);
    assert_part(SLOT, 1, host_frame(one.page) + 3u, 2);
    assert_part(pci.slot, 2, object_of(pci.notification) + 1u, pci_event_badge[pci.f]);
    assert_invoke(ARG, INIT, SLOT, PCI_INSPECT, 3);
    assert_invoke(ARG, INIT, SLOT, PCI_INSPECT, UINT64_C(0x100000000));
}

const struct CMUnitTest methods_pci_registers[] = {
    kernel_test(test_leave_the_error_state),
    kernel_test(test_every_instruction_may_fail),
    kernel_test(test_dma_register_and_drop),
    kernel_test(test_irq_register),
    kernel_test(test_irq_register_checks_what_hardware_may_touch),
    kernel_test(test_irq_register_refuses),
    kernel_test(test_measure),
    kernel_test(test_config_stores_that_are_allowed),
    kernel_test(test_config_stores_that_are_refused),
    kernel_test(test_config_map_is_made_once),
    kernel_test(test_config_list_in_circles),
    kernel_test(test_event),
    kernel_test(test_bind_memory),
    kernel_test(test_bind_memory_of_the_own_partition_alone),
    kernel_test(test_inspect_tells_what_is_bound),
    kernel_tests_end,
};
