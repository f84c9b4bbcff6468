/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: virtio block driver against the software device: through the kernel's
 * disk_filter, the fake's instructions, real I/O tables with refreshes, and adapter interruptions.
 */
#include "tests/unit/zpci/disk.h"

#include "libs/zformats/bytes.h"

static void what_was_written_is_read(void **state)
{
    (void)state;
    assert_true(disk_blk.sectors == SECTORS);
    assert_true((disk_blk.virtio->features & VIRTIO_FEATURES_NEEDED) == VIRTIO_FEATURES_NEEDED);
    for (uint32_t i = 0; i < 1024; i++)
        disk_page(DATA_PAGE)[i] = (uint8_t)(i * 3);
    assert_int_equal(disk_transfer(VIRTIO_BLK_WRITE, 5, 1024), VIRTIO_BLK_OK);
    assert_int_equal(disk_content[5 * 512 + 1000], (uint8_t)(1000 * 3));
    memset(disk_page(DATA_PAGE), 0, 1024);
    assert_int_equal(disk_transfer(VIRTIO_BLK_READ, 5, 1024), VIRTIO_BLK_OK);
    for (uint32_t i = 0; i < 1024; i++)
        assert_int_equal(disk_page(DATA_PAGE)[i], (uint8_t)(i * 3));
    assert_int_equal(disk_transfer(VIRTIO_BLK_FLUSH, 0, 0), VIRTIO_BLK_OK);
    assert_int_equal(disk_transfer(VIRTIO_BLK_READ, 0, SECTORS * 512), VIRTIO_BLK_OK);
    assert_memory_equal(disk_page(DATA_PAGE), disk_content, sizeof(disk_content));
    assert_int_equal(disk_transfer(VIRTIO_BLK_READ, SECTORS - 1, 512), VIRTIO_BLK_OK);
    assert_int_equal(machine.fake.program_checks, 0);
    assert_int_equal(disk_device.function.stray_messages, 0);
}

static void queue_and_headers_share_the_buffer(void **state)
{
    (void)state;
    assert_true(disk_blk.headers >= disk_page(QUEUE_PAGE) + virtqueue_bytes(disk_blk.queue.size));
    assert_true(disk_blk.headers + disk_blk.slots * 32u <=
                disk_page(QUEUE_PAGE) + virtio_blk_dma_bytes());
    assert_true(disk_blk.headers_iova - disk_iova(QUEUE_PAGE) ==
                (uint64_t)(disk_blk.headers - disk_page(QUEUE_PAGE)));
}

static void notification_without_work_does_nothing(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_OK);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    assert_int_equal(disk_device.registers[STATUS_REGISTER], 0xf);
}

static void completion_interrupts(void **state)
{
    struct irq_scan scan;
    uint32_t number;

    (void)state;
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    assert_true(irq_take((uint64_t *)(void *)(machine.storage + SUMMARY)) != 0);
    irq_scan_start(&scan, (uint64_t *)(void *)(machine.storage + VECTOR), 0, 2);
    assert_int_equal(irq_scan_next(&scan, &number), 1);
    assert_int_equal(number, 1);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
}

static void masked_or_suppressed_messages_are_not_sent(void **state)
{
    uint8_t *available = disk_page(QUEUE_PAGE) + 64 * 16;

    (void)state;
    disk_device.msix[16 + 12] = 1;
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    disk_device.msix[16 + 12] = 0;
    le16_put(available, 1);
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    le16_put(available, 0);
    disk_device.msix[16] = 1; /* not the group's address */
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    disk_device.msix[16] = 0;
    disk_device.function.config[disk_device.msix_cap + 3] = 0xc0;
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    disk_device.function.config[disk_device.msix_cap + 3] = 0;
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    disk_device.function.config[disk_device.msix_cap + 3] = 0x80;
    disk_transfer(VIRTIO_BLK_READ, 0, 512);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
}

static void requests_outside_the_disk_are_not_submitted(void **state)
{
    static const struct {
        enum virtio_blk_kind kind;
        uint64_t sector;
        uint32_t length;
        enum zpci_error error;
    } bad[] = {{VIRTIO_BLK_READ, SECTORS, 512, ZPCI_E_RANGE},
               {VIRTIO_BLK_READ, SECTORS - 1, 1024, ZPCI_E_RANGE},
               {VIRTIO_BLK_READ, UINT64_MAX, 512, ZPCI_E_RANGE},
               {VIRTIO_BLK_READ, 0, 0, ZPCI_E_RANGE},
               {VIRTIO_BLK_READ, 0, 513, ZPCI_E_RANGE},
               {VIRTIO_BLK_READ, 0, (SECTORS + 1) * 512, ZPCI_E_RANGE},
               {VIRTIO_BLK_FLUSH, 0, 512, ZPCI_E_RANGE}};
    uint32_t issued = machine.fake.issued[FAKE_PCISTG];
    uint16_t slot;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(
            virtio_blk_submit(&disk_blk, bad[i].kind, bad[i].sector, 0, bad[i].length, &slot),
            bad[i].error);
    disk_virtio.features &= ~VIRTIO_BLK_F_FLUSH;
    disk_virtio.features |= VIRTIO_BLK_F_RO;
    assert_int_equal(virtio_blk_submit(&disk_blk, VIRTIO_BLK_FLUSH, 0, 0, 0, &slot), ZPCI_E_STATE);
    assert_int_equal(virtio_blk_submit(&disk_blk, VIRTIO_BLK_WRITE, 0, 0, 512, &slot),
                     ZPCI_E_STATE);
    assert_int_equal(machine.fake.issued[FAKE_PCISTG], issued);
}

static void slots_run_out_and_come_back(void **state)
{
    uint8_t headers[VIRTIO_BLK_SLOTS_MAX * 32];
    uint16_t slot, count = 0;
    enum virtio_blk_result result;

    (void)state;
    disk_device.registers[STATUS_REGISTER] = 0; /* the device sleeps */
    while (virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, count, disk_iova(DATA_PAGE), 512, &slot) ==
           ZPCI_OK)
        count++;
    assert_int_equal(count, 64 / 3);
    memcpy(headers, disk_blk.headers, sizeof(headers));
    assert_int_equal(virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, 0, 512, &slot), ZPCI_E_BUSY);
    assert_memory_equal(headers, disk_blk.headers, sizeof(headers)); /* slot 0 is in use */
    assert_int_equal(virtio_blk_complete(&disk_blk, &slot, &result), 0);
    disk_device.registers[STATUS_REGISTER] = 0xf;
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_OK);
    for (uint16_t i = 0; i < count; i++)
        assert_int_equal(disk_finish(i), VIRTIO_BLK_OK);
    assert_int_equal(disk_transfer(VIRTIO_BLK_READ, 0, 512), VIRTIO_BLK_OK);
}

/* A data buffer that is not mapped: the device fails, the function is in error, nothing else. */
static void unmapped_buffer_is_a_fault(void **state)
{
    uint16_t slot;
    enum virtio_blk_result result;

    (void)state;
    assert_int_equal(virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(200), 512, &slot),
                     ZPCI_OK);
    assert_int_equal(virtio_blk_complete(&disk_blk, &slot, &result), 0);
    assert_int_equal(disk_device.function.state, FAKE_ERROR);
    assert_int_equal(machine_event_code(), PEC_TRANSLATION);
    assert_int_equal(disk_device.function.dma_outside, 0);
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_E_BLOCKED);
    assert_int_equal(disk_device.registers[STATUS_REGISTER] & 0x40, 0x40);
}

static void statuses_of_the_device(void **state)
{
    uint8_t *header = disk_blk.headers;
    uint16_t slot;

    (void)state;
    static const struct {
        uint8_t status;
        enum virtio_blk_result result;
    } cases[] = {{1, VIRTIO_BLK_IO_ERROR}, {2, VIRTIO_BLK_UNSUPPORTED}, {77, VIRTIO_BLK_NONSENSE}};

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(
            virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(DATA_PAGE), 512, &slot),
            ZPCI_OK);
        header[slot * 32u + 16] = cases[i].status;
        assert_int_equal(disk_finish(slot), cases[i].result);
    }
    /* Good status, but fewer bytes than asked for. */
    assert_int_equal(
        virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(DATA_PAGE), 512, &slot),
        ZPCI_OK);
    disk_blk.expected[slot] = 1025;
    assert_int_equal(disk_finish(slot), VIRTIO_BLK_NONSENSE);
}

static void broken_queue_stops_the_driver(void **state)
{
    enum virtio_blk_result result;
    uint16_t slot;

    (void)state;
    disk_blk.queue.broken = 1;
    assert_int_equal(
        virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(DATA_PAGE), 512, &slot),
        ZPCI_E_STATE);
    assert_int_equal(virtio_blk_complete(&disk_blk, &slot, &result), -1);
}

/* Without this feature a device reaches all storage past the IOMMU. */
static void device_without_access_platform_is_refused(void **state)
{
    (void)state;
    disk_device.features &= ~VIRTIO_F_ACCESS_PLATFORM;
    assert_int_equal(disk_start(), ZPCI_E_REFUSED);
    assert_int_equal(disk_device.registers[STATUS_REGISTER] & 4, 0);
    disk_device.features = VIRTIO_F_ACCESS_PLATFORM;
    assert_int_equal(disk_start(), ZPCI_E_REFUSED);
}

static void driver_works_without_interruptions(void **state)
{
    (void)state;
    disk_device.function.config[PCICONF_CAPABILITIES] = 0x40;
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_OK);
    assert_int_equal(virtio_pci_enable(&disk_virtio, 1), ZPCI_OK);
    assert_int_equal(
        virtio_blk_start(&disk_blk, &disk_virtio, disk_page(0), disk_iova(0), VIRTIO_NO_VECTOR),
        ZPCI_OK);
    assert_int_equal(disk_transfer(VIRTIO_BLK_READ, 0, 512), VIRTIO_BLK_OK);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    assert_in_range(virtio_blk_dma_bytes(), 1, 2 * 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_was_written_is_read, disk_attach_and_start),
        cmocka_unit_test_setup(queue_and_headers_share_the_buffer, disk_attach_and_start),
        cmocka_unit_test_setup(notification_without_work_does_nothing, disk_attach_and_start),
        cmocka_unit_test_setup(completion_interrupts, disk_attach_and_start),
        cmocka_unit_test_setup(masked_or_suppressed_messages_are_not_sent, disk_attach_and_start),
        cmocka_unit_test_setup(requests_outside_the_disk_are_not_submitted, disk_attach_and_start),
        cmocka_unit_test_setup(slots_run_out_and_come_back, disk_attach_and_start),
        cmocka_unit_test_setup(unmapped_buffer_is_a_fault, disk_attach_and_start),
        cmocka_unit_test_setup(statuses_of_the_device, disk_attach_and_start),
        cmocka_unit_test_setup(broken_queue_stops_the_driver, disk_attach_and_start),
        cmocka_unit_test_setup(device_without_access_platform_is_refused, disk_attach),
        cmocka_unit_test_setup(driver_works_without_interruptions, disk_attach),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
