/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: virtio driver against devices that contradict themselves, and the software device
 * against drivers that do. */
#include "tests/unit/zpci/disk.h"

#include "libs/zformats/bytes.h"

/* The driver accepts nothing that was not offered, so a device that insists on more says no. */
static void device_has_the_last_word_on_features(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_OK);
    assert_int_equal(virtio_pci_negotiate(&disk_virtio, UINT64_MAX), ZPCI_OK);
    assert_true(disk_virtio.features == disk_device.features);
    assert_true(disk_device.accepted == disk_device.features);
    disk_device.accepted = 1;
    disk_device.registers[STATUS_REGISTER] = 3;
    assert_int_equal(disk_ops.bar_store(0, 0, STATUS_REGISTER, 1, 11), ZPCI_OK);
    assert_int_equal(disk_device.registers[STATUS_REGISTER], 3);
    disk_device.accepted = VIRTIO_F_VERSION_1;
    assert_int_equal(disk_ops.bar_store(0, 0, STATUS_REGISTER, 1, 11), ZPCI_OK);
    assert_int_equal(disk_device.registers[STATUS_REGISTER], 3);
}

static void every_failing_access_is_reported(void **state)
{
    uint32_t accesses = 0;
    enum zpci_error error;

    (void)state;
    do {
        disk_fail_after = ++accesses;
        error = disk_start();
        assert_true(error == ZPCI_OK || error == ZPCI_E_BLOCKED);
    } while (error != ZPCI_OK);
    assert_in_range(accesses, 50, 200);
    disk_fail_after = 0;
}

static void queues_that_do_not_fit_are_refused(void **state)
{
    struct virtqueue big;
    uint16_t limit;

    (void)state;
    assert_int_equal(virtio_pci_queue_limit(&disk_virtio, 1, &limit), ZPCI_OK);
    assert_int_equal(limit, 0);
    assert_int_equal(virtqueue_init(&big, 128, disk_page(4), disk_iova(4)), 0);
    assert_int_equal(virtio_pci_queue_start(&disk_virtio, 0, &big, 1), ZPCI_E_RANGE);
    assert_int_equal(virtio_pci_notify(&disk_virtio, VIRTIO_QUEUES_MAX), ZPCI_E_RANGE);
    assert_int_equal(virtqueue_init(&big, 16, disk_page(4), disk_iova(4)), 0);
    assert_int_equal(virtio_pci_queue_start(&disk_virtio, 0, &big, 2), ZPCI_E_RESOURCES);
    assert_int_equal(virtio_pci_message(&disk_virtio, 2, FAKE_MSIA, 0, 2), ZPCI_E_RANGE);
    assert_int_equal(virtio_blk_start(&disk_blk, &disk_virtio, disk_page(0) + 1, disk_iova(0), 1),
                     ZPCI_E_RANGE);
}

static void register_offsets_are_bounded(void **state)
{
    uint32_t value;

    (void)state;
    assert_int_equal(virtio_pci_device_load(&disk_virtio, 0x1000, 1, &value), ZPCI_E_RANGE);
    assert_int_equal(virtio_pci_device_load(&disk_virtio, 0xffd, 4, &value), ZPCI_E_RANGE);
    disk_virtio.notify_at[0] = UINT64_C(0x100000000);
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_E_RANGE);
    disk_virtio.region[VIRTIO_NOTIFY].length = 4;
    disk_virtio.notify_at[0] = 3;
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_E_RANGE);
    disk_virtio.notify_at[0] = 2;
    assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_OK);
    disk_virtio.region[VIRTIO_DEVICE].length = 0;
    assert_int_equal(virtio_pci_device_load(&disk_virtio, 0, 1, &value), ZPCI_E_RANGE);
}

/* Register regions as a hostile device may show them. First capability: common configuration. */
static void regions_must_lie_in_their_bars(void **state)
{
    uint8_t *config = disk_device.function.config;
    uint8_t common = config[PCICONF_CAPABILITIES], saved[PCICONF_SIZE];
    uint16_t notify = config_find(&disk_filter, PCI_CAP_VENDOR, 3);
    const struct {
        uint32_t at;
        uint32_t value;
    } damage[] = {{common + PCI_VIRTIO_BAR, 6},
                  {common + PCI_VIRTIO_BAR, 2},
                  {common + PCI_VIRTIO_OFFSET, 0x4000},
                  {common + PCI_VIRTIO_OFFSET, 0xffffffff},
                  {common + PCI_VIRTIO_SIZE, 0},
                  {common + PCI_VIRTIO_SIZE, 55},
                  {common + PCI_VIRTIO_SIZE, 0xffffffff},
                  {common, 0x010f0009u},
                  {notify, 0x02130009u},
                  {notify, 0x09140009u},
                  {disk_device.msix_cap + PCI_MSIX_TABLE, 7}};

    (void)state;
    memcpy(saved, config, sizeof(saved));
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        uint32_t next = le32_get(config + damage[i].at) & 0xff00;

        if (damage[i].at == common || damage[i].at == notify)
            le32_put(config + damage[i].at, damage[i].value | next);
        else
            le32_put(config + damage[i].at, damage[i].value);
        assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_E_MALFORMED);
        memcpy(config, saved, sizeof(saved));
    }
    le16_put(config, 0x1014);
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_E_REFUSED);
    memset(config, 0xff, 4);
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_E_GONE);
}

/* Kinds that a later version may bring, and a second region of a known kind. */
static void other_regions_are_ignored(void **state)
{
    static const uint8_t kinds[] = {0, 5, 9, 255, VIRTIO_COMMON};
    uint16_t isr = config_find(&disk_filter, PCI_CAP_VENDOR, 1);

    (void)state;
    for (size_t i = 0; i < sizeof(kinds); i++) {
        disk_device.function.config[isr + PCI_VIRTIO_TYPE] = kinds[i];
        assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_OK);
        assert_int_equal(disk_virtio.region[VIRTIO_ISR].length, 0);
        assert_int_equal(disk_virtio.region[VIRTIO_COMMON].offset, 0);
        assert_int_equal(disk_virtio.region[VIRTIO_COMMON].length, 56);
    }
}

static void capability_at_the_end_of_the_space(void **state)
{
    uint8_t *config = disk_device.function.config;

    (void)state;
    config[PCICONF_CAPABILITIES] = 0xf4;
    le32_put(config + 0xf4, 0x01100009);
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_E_MALFORMED);
}

/* Chains that no driver makes: the device asks for a reset and touches nothing. */
static void device_refuses_nonsense(void **state)
{
    uint8_t *descriptors = disk_page(QUEUE_PAGE);
    uint16_t slot;
    const struct {
        uint32_t at;
        uint16_t value;
    } damage[] = {{12, 0},       /* header is the only buffer */
                  {12, 3},       /* header is writable */
                  {8, 8},        /* header too short */
                  {14, 64},      /* next outside the queue */
                  {16 + 14, 1},  /* next is itself: no end */
                  {32 + 12, 3}}; /* status has a successor */

    (void)state;
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        assert_int_equal(disk_start(), ZPCI_OK);
        disk_device.registers[STATUS_REGISTER] = 0;
        assert_int_equal(
            virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(DATA_PAGE), 512, &slot),
            ZPCI_OK);
        disk_device.registers[STATUS_REGISTER] = 0xf;
        le16_put(descriptors + damage[i].at, damage[i].value);
        assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_OK);
        assert_int_equal(disk_device.registers[STATUS_REGISTER] & 0x40, 0x40);
    }
    assert_int_equal(disk_device.function.state, FAKE_ENABLED);
}

static void device_checks_requests(void **state)
{
    static const struct {
        uint32_t kind;
        uint64_t sector;
        enum virtio_blk_result result;
    } cases[] = {{9, 0, VIRTIO_BLK_UNSUPPORTED},
                 {0, SECTORS, VIRTIO_BLK_IO_ERROR},
                 {0, UINT64_MAX, VIRTIO_BLK_IO_ERROR}};
    uint16_t slot;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        disk_device.registers[STATUS_REGISTER] = 0;
        assert_int_equal(
            virtio_blk_submit(&disk_blk, VIRTIO_BLK_READ, 0, disk_iova(DATA_PAGE), 512, &slot),
            ZPCI_OK);
        disk_device.registers[STATUS_REGISTER] = 0xf;
        le32_put(disk_blk.headers + slot * 32u, cases[i].kind);
        le64_put(disk_blk.headers + slot * 32u + 8, cases[i].sector);
        assert_int_equal(virtio_pci_notify(&disk_virtio, 0), ZPCI_OK);
        assert_int_equal(disk_finish(slot), cases[i].result);
    }
}

static void never_ready(void *context, uint8_t bar, uint64_t offset, uint8_t length)
{
    (void)context;
    (void)bar;
    (void)offset;
    (void)length;
    disk_device.registers[STATUS_REGISTER] = 1;
}

static void reset_that_never_ends_is_given_up(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_OK);
    disk_device.function.device.after_store = never_ready;
    assert_int_equal(virtio_pci_reset(&disk_virtio), ZPCI_E_BUSY);
    assert_int_equal(disk_start(), ZPCI_E_BUSY);
}

/* Registers that are plain storage: every feature is offered, the queue has two descriptors. */
static void tiny_queue_is_refused(void **state)
{
    (void)state;
    disk_device.function.device.after_store = NULL;
    le16_put(disk_device.registers + 24, 2);
    memset(disk_device.registers + 4, 0xff, 4);
    assert_int_equal(virtio_pci_find(&disk_virtio, &disk_ops, disk_bars), ZPCI_OK);
    assert_int_equal(virtio_blk_start(&disk_blk, &disk_virtio, disk_page(0), disk_iova(0), 1),
                     ZPCI_E_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(device_has_the_last_word_on_features, disk_attach),
        cmocka_unit_test_setup(every_failing_access_is_reported, disk_attach),
        cmocka_unit_test_setup(queues_that_do_not_fit_are_refused, disk_attach_and_start),
        cmocka_unit_test_setup(register_offsets_are_bounded, disk_attach_and_start),
        cmocka_unit_test_setup(regions_must_lie_in_their_bars, disk_attach),
        cmocka_unit_test_setup(other_regions_are_ignored, disk_attach),
        cmocka_unit_test_setup(capability_at_the_end_of_the_space, disk_attach),
        cmocka_unit_test_setup(device_refuses_nonsense, disk_attach_and_start),
        cmocka_unit_test_setup(device_checks_requests, disk_attach_and_start),
        cmocka_unit_test_setup(reset_that_never_ends_is_given_up, disk_attach),
        cmocka_unit_test_setup(tiny_queue_is_refused, disk_attach),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
