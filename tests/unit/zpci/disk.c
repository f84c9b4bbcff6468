/* SPDX-License-Identifier: BSD-2-Clause */
/* Test support: the software block device, attached to the fake machine, and its driver. */
#include "tests/unit/zpci/disk.h"

#include "libs/zformats/fib.h"

#define BLK_FID 0x42u

struct fake_blk disk_device;
uint8_t disk_content[SECTORS * 512];
static uint32_t disk_fh;
struct config_map disk_filter;
uint32_t disk_fail_after; /* accesses until one fails, 0 = none does */

struct virtio_pci disk_virtio;
struct virtio_blk disk_blk;

static int failing(void)
{
    return disk_fail_after != 0 && --disk_fail_after == 0;
}

static enum zpci_error config_load(void *context, uint32_t offset, uint8_t length, uint32_t *value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED : zpci_config_load(disk_fh, offset, length, value);
}

static enum zpci_error config_store(void *context, uint32_t offset, uint8_t length, uint32_t value)
{
    enum config_verdict verdict;
    enum zpci_error error;

    (void)context;
    if (failing())
        return ZPCI_E_BLOCKED;
    error = zpci_config_store(disk_fh, &disk_filter, offset, length, value, &verdict);
    assert_int_equal(verdict, CONFIG_ALLOWED);
    return error;
}

static enum zpci_error bar_load(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                uint64_t *value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED
                     : zpci_bar_load(disk_fh, bar, disk_device.function.query.bar[bar].size_log2,
                                     offset, length, value);
}

static enum zpci_error bar_store(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                 uint64_t value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED
                     : zpci_bar_store(disk_fh, bar, disk_device.function.query.bar[bar].size_log2,
                                      offset, length, value);
}

const struct pci_ops disk_ops = {0, config_load, config_store, bar_load, bar_store};
const uint8_t disk_bars[6] = {FAKE_BLK_BAR0_LOG2, FAKE_BLK_BAR1_LOG2};

uint8_t *disk_page(uint64_t number)
{
    return machine.storage + BUFFERS + number * 4096;
}

uint64_t disk_iova(uint64_t number)
{
    return WINDOW + number * 4096;
}

/* The device is there, enabled, with translation for 16 pages and interruptions registered. */
int disk_attach(void **state)
{
    struct irq_registration irq = {.vector = VECTOR, .summary = SUMMARY, .count = 2, .isc = 3};

    machine_setup(state);
    memset(&disk_device, 0, sizeof(disk_device));
    memset(disk_content, 0, sizeof(disk_content));
    disk_fail_after = 0;
    machine_prepare_function(&disk_device.function, BLK_FID);
    fake_blk_init(&disk_device, &machine.fake, disk_content, SECTORS);
    assert_int_equal(fake_zpci_add(&machine.fake, &disk_device.function, FAKE_DISABLED), 0);
    disk_fh = disk_device.function.fh;
    assert_int_equal(zpci_set_function(&machine.scratch, &disk_fh, CLP_SET_ENABLE), ZPCI_OK);
    machine_register_ioat(disk_fh);
    assert_int_equal(irq_fib_register(machine.scratch.fib, &irq), ZPCI_OK);
    assert_int_equal(zpci_modify(&machine.scratch, disk_fh, MPCIFC_REGISTER_INT), ZPCI_OK);
    assert_int_equal(zpci_config_map(disk_fh, &disk_filter), ZPCI_OK);
    for (uint64_t i = 0; i < 16; i++)
        machine_map(disk_iova(i), (BUFFERS + i * 4096) / 4096, 0);
    assert_int_equal(zpci_refresh(disk_fh, WINDOW, 16 * 4096), ZPCI_OK);
    return 0;
}

enum zpci_error disk_start(void)
{
    enum zpci_error error = virtio_pci_find(&disk_virtio, &disk_ops, disk_bars);

    if (!error)
        error = virtio_pci_enable(&disk_virtio, 1);
    if (!error)
        error = virtio_pci_message(&disk_virtio, 1, FAKE_MSIA, 1, 2);
    if (!error)
        error = virtio_blk_start(&disk_blk, &disk_virtio, disk_page(QUEUE_PAGE),
                                 disk_iova(QUEUE_PAGE), 1);
    return error;
}

int disk_attach_and_start(void **state)
{
    disk_attach(state);
    return disk_start() == ZPCI_OK ? 0 : -1;
}

enum virtio_blk_result disk_finish(uint16_t expected)
{
    enum virtio_blk_result result;
    uint16_t slot;

    assert_int_equal(virtio_blk_complete(&disk_blk, &slot, &result), 1);
    assert_int_equal(slot, expected);
    return result;
}

enum virtio_blk_result disk_transfer(enum virtio_blk_kind kind, uint64_t sector, uint32_t length)
{
    uint16_t slot;

    assert_int_equal(
        virtio_blk_submit(&disk_blk, kind, sector, disk_iova(DATA_PAGE), length, &slot), ZPCI_OK);
    return disk_finish(slot);
}
