/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: virtio block driver against the software device: through the kernel's filter, the fake's
 * instructions, real I/O tables with refreshes, and adapter interruptions. */
#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/insn/fake_blk.h"
#include "drivers/zpci/native/virtio_blk.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define BLK_FID 0x42u
#define SECTORS 64u
#define QUEUE_PAGE UINT64_C(0)
#define DATA_PAGE UINT64_C(2)
#define STATUS_REGISTER 20u
#define NOTIFY_CAP_OFFSET 8u

static struct fake_blk device;
static uint8_t disk[SECTORS * 512];
static uint32_t fh;
static struct config_map filter;
static uint32_t fail_after; /* accesses until one fails, 0 = none does */

static struct virtio_pci virtio;
static struct virtio_blk blk;

static int failing(void)
{
    return fail_after != 0 && --fail_after == 0;
}

static enum zpci_error config_load(void *context, uint32_t offset, uint8_t length, uint32_t *value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED : zpci_config_load(fh, offset, length, value);
}

static enum zpci_error config_store(void *context, uint32_t offset, uint8_t length, uint32_t value)
{
    enum config_verdict verdict;
    enum zpci_error error;

    (void)context;
    if (failing())
        return ZPCI_E_BLOCKED;
    error = zpci_config_store(fh, &filter, offset, length, value, &verdict);
    assert_int_equal(verdict, CONFIG_ALLOWED);
    return error;
}

static enum zpci_error bar_load(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                uint64_t *value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED
                     : zpci_bar_load(fh, bar, device.function.query.bar[bar].size_log2, offset,
                                     length, value);
}

static enum zpci_error bar_store(void *context, uint8_t bar, uint64_t offset, uint8_t length,
                                 uint64_t value)
{
    (void)context;
    return failing() ? ZPCI_E_BLOCKED
                     : zpci_bar_store(fh, bar, device.function.query.bar[bar].size_log2, offset,
                                      length, value);
}

static const struct pci_ops ops = {0, config_load, config_store, bar_load, bar_store};
static const uint8_t bars[6] = {FAKE_BLK_BAR0_LOG2, FAKE_BLK_BAR1_LOG2};

static uint8_t *page(uint64_t number)
{
    return machine.storage + BUFFERS + number * 4096;
}

static uint64_t iova(uint64_t number)
{
    return WINDOW + number * 4096;
}

/* The device is there, enabled, with translation for eight pages and interruptions registered. */
static int attached(void **state)
{
    struct irq_registration irq = {.vector = VECTOR, .summary = SUMMARY, .count = 2, .isc = 3};

    machine_setup(state);
    memset(&device, 0, sizeof(device));
    memset(disk, 0, sizeof(disk));
    fail_after = 0;
    machine_prepare_function(&device.function, BLK_FID);
    fake_blk_init(&device, &machine.fake, disk, SECTORS);
    assert_int_equal(fake_zpci_add(&machine.fake, &device.function, FAKE_DISABLED), 0);
    fh = device.function.fh;
    assert_int_equal(zpci_set_function(&machine.scratch, &fh, CLP_SET_ENABLE), ZPCI_OK);
    machine_register_ioat(fh);
    assert_int_equal(irq_fib_register(machine.scratch.fib, &irq), ZPCI_OK);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_REGISTER_INT), ZPCI_OK);
    assert_int_equal(zpci_config_map(fh, &filter), ZPCI_OK);
    for (uint64_t i = 0; i < 16; i++)
        machine_map(iova(i), (BUFFERS + i * 4096) / 4096, 0);
    assert_int_equal(zpci_refresh(fh, WINDOW, 16 * 4096), ZPCI_OK);
    return 0;
}

static enum zpci_error start(void)
{
    enum zpci_error error = virtio_pci_find(&virtio, &ops, bars);

    if (!error)
        error = virtio_pci_enable(&virtio, 1);
    if (!error)
        error = virtio_pci_message(&virtio, 1, FAKE_MSIA, 1, 2);
    if (!error)
        error = virtio_blk_start(&blk, &virtio, page(QUEUE_PAGE), iova(QUEUE_PAGE), 1);
    return error;
}

static int started(void **state)
{
    attached(state);
    return start() == ZPCI_OK ? 0 : -1;
}

static enum virtio_blk_result finish(uint16_t expected)
{
    enum virtio_blk_result result;
    uint16_t slot;

    assert_int_equal(virtio_blk_complete(&blk, &slot, &result), 1);
    assert_int_equal(slot, expected);
    return result;
}

static enum virtio_blk_result transfer(enum virtio_blk_kind kind, uint64_t sector, uint32_t length)
{
    uint16_t slot;

    assert_int_equal(virtio_blk_submit(&blk, kind, sector, iova(DATA_PAGE), length, &slot),
                     ZPCI_OK);
    return finish(slot);
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    assert_true(blk.sectors == SECTORS);
    assert_true((blk.virtio->features & VIRTIO_FEATURES_NEEDED) == VIRTIO_FEATURES_NEEDED);
    for (uint32_t i = 0; i < 1024; i++)
        page(DATA_PAGE)[i] = (uint8_t)(i * 3);
    assert_int_equal(transfer(VIRTIO_BLK_WRITE, 5, 1024), VIRTIO_BLK_OK);
    assert_int_equal(disk[5 * 512 + 1000], (uint8_t)(1000 * 3));
    memset(page(DATA_PAGE), 0, 1024);
    assert_int_equal(transfer(VIRTIO_BLK_READ, 5, 1024), VIRTIO_BLK_OK);
    for (uint32_t i = 0; i < 1024; i++)
        assert_int_equal(page(DATA_PAGE)[i], (uint8_t)(i * 3));
    assert_int_equal(transfer(VIRTIO_BLK_FLUSH, 0, 0), VIRTIO_BLK_OK);
    assert_int_equal(transfer(VIRTIO_BLK_READ, 0, SECTORS * 512), VIRTIO_BLK_OK);
    assert_memory_equal(page(DATA_PAGE), disk, sizeof(disk));
    assert_int_equal(transfer(VIRTIO_BLK_READ, SECTORS - 1, 512), VIRTIO_BLK_OK);
    assert_int_equal(machine.fake.program_checks, 0);
    assert_int_equal(device.function.stray_messages, 0);
}

static void queue_and_headers_share_the_buffer(void **state)
{
    (void)state;
    assert_true(blk.headers >= page(QUEUE_PAGE) + virtqueue_bytes(blk.queue.size));
    assert_true(blk.headers + blk.slots * 32u <= page(QUEUE_PAGE) + virtio_blk_dma_bytes());
    assert_true(blk.headers_iova - iova(QUEUE_PAGE) == (uint64_t)(blk.headers - page(QUEUE_PAGE)));
}

static void notification_without_work_does_nothing(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_OK);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    assert_int_equal(device.registers[STATUS_REGISTER], 0xf);
}

static void completion_interrupts(void **state)
{
    struct irq_scan scan;
    uint32_t number;

    (void)state;
    transfer(VIRTIO_BLK_READ, 0, 512);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    assert_true(irq_take((uint64_t *)(void *)(machine.storage + SUMMARY)) != 0);
    irq_scan_start(&scan, (uint64_t *)(void *)(machine.storage + VECTOR), 0, 2);
    assert_int_equal(irq_scan_next(&scan, &number), 1);
    assert_int_equal(number, 1);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
}

static void masked_or_suppressed_messages_are_not_sent(void **state)
{
    uint8_t *available = page(QUEUE_PAGE) + 64 * 16;

    (void)state;
    device.msix[16 + 12] = 1;
    transfer(VIRTIO_BLK_READ, 0, 512);
    device.msix[16 + 12] = 0;
    le16_put(available, 1);
    transfer(VIRTIO_BLK_READ, 0, 512);
    le16_put(available, 0);
    device.msix[16] = 1; /* not the group's address */
    transfer(VIRTIO_BLK_READ, 0, 512);
    device.msix[16] = 0;
    device.function.config[device.msix_cap + 3] = 0xc0;
    transfer(VIRTIO_BLK_READ, 0, 512);
    device.function.config[device.msix_cap + 3] = 0;
    transfer(VIRTIO_BLK_READ, 0, 512);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    device.function.config[device.msix_cap + 3] = 0x80;
    transfer(VIRTIO_BLK_READ, 0, 512);
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
            virtio_blk_submit(&blk, bad[i].kind, bad[i].sector, 0, bad[i].length, &slot),
            bad[i].error);
    virtio.features &= ~VIRTIO_BLK_F_FLUSH;
    virtio.features |= VIRTIO_BLK_F_RO;
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_FLUSH, 0, 0, 0, &slot), ZPCI_E_STATE);
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_WRITE, 0, 0, 512, &slot), ZPCI_E_STATE);
    assert_int_equal(machine.fake.issued[FAKE_PCISTG], issued);
}

static void slots_run_out_and_come_back(void **state)
{
    uint8_t headers[VIRTIO_BLK_SLOTS_MAX * 32];
    uint16_t slot, count = 0;
    enum virtio_blk_result result;

    (void)state;
    device.registers[STATUS_REGISTER] = 0; /* the device sleeps */
    while (virtio_blk_submit(&blk, VIRTIO_BLK_READ, count, iova(DATA_PAGE), 512, &slot) == ZPCI_OK)
        count++;
    assert_int_equal(count, 64 / 3);
    memcpy(headers, blk.headers, sizeof(headers));
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, 0, 512, &slot), ZPCI_E_BUSY);
    assert_memory_equal(headers, blk.headers, sizeof(headers)); /* slot 0 is in use */
    assert_int_equal(virtio_blk_complete(&blk, &slot, &result), 0);
    device.registers[STATUS_REGISTER] = 0xf;
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_OK);
    for (uint16_t i = 0; i < count; i++)
        assert_int_equal(finish(i), VIRTIO_BLK_OK);
    assert_int_equal(transfer(VIRTIO_BLK_READ, 0, 512), VIRTIO_BLK_OK);
}

/* A data buffer that is not mapped: the device fails, the function is in error, nothing else. */
static void unmapped_buffer_is_a_fault(void **state)
{
    uint16_t slot;
    enum virtio_blk_result result;

    (void)state;
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(200), 512, &slot), ZPCI_OK);
    assert_int_equal(virtio_blk_complete(&blk, &slot, &result), 0);
    assert_int_equal(device.function.state, FAKE_ERROR);
    assert_int_equal(machine_event_code(), PEC_TRANSLATION);
    assert_int_equal(device.function.dma_outside, 0);
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_E_BLOCKED);
    assert_int_equal(device.registers[STATUS_REGISTER] & 0x40, 0x40);
}

static void statuses_of_the_device(void **state)
{
    uint8_t *header = blk.headers;
    uint16_t slot;

    (void)state;
    static const struct {
        uint8_t status;
        enum virtio_blk_result result;
    } cases[] = {{1, VIRTIO_BLK_IO_ERROR}, {2, VIRTIO_BLK_UNSUPPORTED}, {77, VIRTIO_BLK_NONSENSE}};

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(DATA_PAGE), 512, &slot),
                         ZPCI_OK);
        header[slot * 32u + 16] = cases[i].status;
        assert_int_equal(finish(slot), cases[i].result);
    }
    /* Good status, but fewer bytes than asked for. */
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(DATA_PAGE), 512, &slot),
                     ZPCI_OK);
    blk.expected[slot] = 1025;
    assert_int_equal(finish(slot), VIRTIO_BLK_NONSENSE);
}

static void broken_queue_stops_the_driver(void **state)
{
    enum virtio_blk_result result;
    uint16_t slot;

    (void)state;
    blk.queue.broken = 1;
    assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(DATA_PAGE), 512, &slot),
                     ZPCI_E_STATE);
    assert_int_equal(virtio_blk_complete(&blk, &slot, &result), -1);
}

/* Without this feature a device reaches all storage past the IOMMU. */
static void device_without_access_platform_is_refused(void **state)
{
    (void)state;
    device.features &= ~VIRTIO_F_ACCESS_PLATFORM;
    assert_int_equal(start(), ZPCI_E_REFUSED);
    assert_int_equal(device.registers[STATUS_REGISTER] & 4, 0);
    device.features = VIRTIO_F_ACCESS_PLATFORM;
    assert_int_equal(start(), ZPCI_E_REFUSED);
}

/* The driver accepts nothing that was not offered, so a device that insists on more says no. */
static void device_has_the_last_word_on_features(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_OK);
    assert_int_equal(virtio_pci_negotiate(&virtio, UINT64_MAX), ZPCI_OK);
    assert_true(virtio.features == device.features);
    assert_true(device.accepted == device.features);
    device.accepted = 1;
    device.registers[STATUS_REGISTER] = 3;
    assert_int_equal(bar_store(0, 0, STATUS_REGISTER, 1, 11), ZPCI_OK);
    assert_int_equal(device.registers[STATUS_REGISTER], 3);
    device.accepted = VIRTIO_F_VERSION_1;
    assert_int_equal(bar_store(0, 0, STATUS_REGISTER, 1, 11), ZPCI_OK);
    assert_int_equal(device.registers[STATUS_REGISTER], 3);
}

static void every_failing_access_is_reported(void **state)
{
    uint32_t accesses = 0;
    enum zpci_error error;

    (void)state;
    do {
        fail_after = ++accesses;
        error = start();
        assert_true(error == ZPCI_OK || error == ZPCI_E_BLOCKED);
    } while (error != ZPCI_OK);
    assert_in_range(accesses, 50, 200);
    fail_after = 0;
}

static void queues_that_do_not_fit_are_refused(void **state)
{
    struct virtqueue big;
    uint16_t limit;

    (void)state;
    assert_int_equal(virtio_pci_queue_limit(&virtio, 1, &limit), ZPCI_OK);
    assert_int_equal(limit, 0);
    assert_int_equal(virtqueue_init(&big, 128, page(4), iova(4)), 0);
    assert_int_equal(virtio_pci_queue_start(&virtio, 0, &big, 1), ZPCI_E_RANGE);
    assert_int_equal(virtio_pci_notify(&virtio, VIRTIO_QUEUES_MAX), ZPCI_E_RANGE);
    assert_int_equal(virtqueue_init(&big, 16, page(4), iova(4)), 0);
    assert_int_equal(virtio_pci_queue_start(&virtio, 0, &big, 2), ZPCI_E_RESOURCES);
    assert_int_equal(virtio_pci_message(&virtio, 2, FAKE_MSIA, 0, 2), ZPCI_E_RANGE);
    assert_int_equal(virtio_blk_start(&blk, &virtio, page(0) + 1, iova(0), 1), ZPCI_E_RANGE);
}

static void register_offsets_are_bounded(void **state)
{
    uint32_t value;

    (void)state;
    assert_int_equal(virtio_pci_device_load(&virtio, 0x1000, 1, &value), ZPCI_E_RANGE);
    assert_int_equal(virtio_pci_device_load(&virtio, 0xffd, 4, &value), ZPCI_E_RANGE);
    virtio.notify_at[0] = UINT64_C(0x100000000);
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_E_RANGE);
    virtio.region[VIRTIO_NOTIFY].length = 4;
    virtio.notify_at[0] = 3;
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_E_RANGE);
    virtio.notify_at[0] = 2;
    assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_OK);
    virtio.region[VIRTIO_DEVICE].length = 0;
    assert_int_equal(virtio_pci_device_load(&virtio, 0, 1, &value), ZPCI_E_RANGE);
}

/* Register regions as a hostile device may show them. First capability: common configuration. */
static void regions_must_lie_in_their_bars(void **state)
{
    uint8_t *config = device.function.config;
    uint8_t common = config[PCICONF_CAPABILITIES], saved[PCICONF_SIZE];
    uint16_t notify = config_find(&filter, PCI_CAP_VENDOR, 3);
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
                  {device.msix_cap + PCI_MSIX_TABLE, 7}};

    (void)state;
    memcpy(saved, config, sizeof(saved));
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        uint32_t next = le32_get(config + damage[i].at) & 0xff00;

        if (damage[i].at == common || damage[i].at == notify)
            le32_put(config + damage[i].at, damage[i].value | next);
        else
            le32_put(config + damage[i].at, damage[i].value);
        assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_E_MALFORMED);
        memcpy(config, saved, sizeof(saved));
    }
    le16_put(config, 0x1014);
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_E_REFUSED);
    memset(config, 0xff, 4);
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_E_GONE);
}

/* Kinds that a later version may bring, and a second region of a known kind. */
static void other_regions_are_ignored(void **state)
{
    static const uint8_t kinds[] = {0, 5, 9, 255, VIRTIO_COMMON};
    uint16_t isr = config_find(&filter, PCI_CAP_VENDOR, 1);

    (void)state;
    for (size_t i = 0; i < sizeof(kinds); i++) {
        device.function.config[isr + PCI_VIRTIO_TYPE] = kinds[i];
        assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_OK);
        assert_int_equal(virtio.region[VIRTIO_ISR].length, 0);
        assert_int_equal(virtio.region[VIRTIO_COMMON].offset, 0);
        assert_int_equal(virtio.region[VIRTIO_COMMON].length, 56);
    }
}

static void capability_at_the_end_of_the_space(void **state)
{
    uint8_t *config = device.function.config;

    (void)state;
    config[PCICONF_CAPABILITIES] = 0xf4;
    le32_put(config + 0xf4, 0x01100009);
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_E_MALFORMED);
}

static void driver_works_without_interruptions(void **state)
{
    (void)state;
    device.function.config[PCICONF_CAPABILITIES] = 0x40;
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_OK);
    assert_int_equal(virtio_pci_enable(&virtio, 1), ZPCI_OK);
    assert_int_equal(virtio_blk_start(&blk, &virtio, page(0), iova(0), VIRTIO_NO_VECTOR), ZPCI_OK);
    assert_int_equal(transfer(VIRTIO_BLK_READ, 0, 512), VIRTIO_BLK_OK);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    assert_in_range(virtio_blk_dma_bytes(), 1, 2 * 4096);
}

/* Chains that no driver makes: the device asks for a reset and touches nothing. */
static void device_refuses_nonsense(void **state)
{
    uint8_t *descriptors = page(QUEUE_PAGE);
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
        assert_int_equal(start(), ZPCI_OK);
        device.registers[STATUS_REGISTER] = 0;
        assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(DATA_PAGE), 512, &slot),
                         ZPCI_OK);
        device.registers[STATUS_REGISTER] = 0xf;
        le16_put(descriptors + damage[i].at, damage[i].value);
        assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_OK);
        assert_int_equal(device.registers[STATUS_REGISTER] & 0x40, 0x40);
    }
    assert_int_equal(device.function.state, FAKE_ENABLED);
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
        device.registers[STATUS_REGISTER] = 0;
        assert_int_equal(virtio_blk_submit(&blk, VIRTIO_BLK_READ, 0, iova(DATA_PAGE), 512, &slot),
                         ZPCI_OK);
        device.registers[STATUS_REGISTER] = 0xf;
        le32_put(blk.headers + slot * 32u, cases[i].kind);
        le64_put(blk.headers + slot * 32u + 8, cases[i].sector);
        assert_int_equal(virtio_pci_notify(&virtio, 0), ZPCI_OK);
        assert_int_equal(finish(slot), cases[i].result);
    }
}

static void never_ready(void *context, uint8_t bar, uint64_t offset, uint8_t length)
{
    (void)context;
    (void)bar;
    (void)offset;
    (void)length;
    device.registers[STATUS_REGISTER] = 1;
}

static void reset_that_never_ends_is_given_up(void **state)
{
    (void)state;
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_OK);
    device.function.device.after_store = never_ready;
    assert_int_equal(virtio_pci_reset(&virtio), ZPCI_E_BUSY);
    assert_int_equal(start(), ZPCI_E_BUSY);
}

/* Registers that are plain storage: every feature is offered, the queue has two descriptors. */
static void tiny_queue_is_refused(void **state)
{
    (void)state;
    device.function.device.after_store = NULL;
    le16_put(device.registers + 24, 2);
    memset(device.registers + 4, 0xff, 4);
    assert_int_equal(virtio_pci_find(&virtio, &ops, bars), ZPCI_OK);
    assert_int_equal(virtio_blk_start(&blk, &virtio, page(0), iova(0), 1), ZPCI_E_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_was_written_is_read, started),
        cmocka_unit_test_setup(queue_and_headers_share_the_buffer, started),
        cmocka_unit_test_setup(notification_without_work_does_nothing, started),
        cmocka_unit_test_setup(completion_interrupts, started),
        cmocka_unit_test_setup(masked_or_suppressed_messages_are_not_sent, started),
        cmocka_unit_test_setup(requests_outside_the_disk_are_not_submitted, started),
        cmocka_unit_test_setup(slots_run_out_and_come_back, started),
        cmocka_unit_test_setup(unmapped_buffer_is_a_fault, started),
        cmocka_unit_test_setup(statuses_of_the_device, started),
        cmocka_unit_test_setup(broken_queue_stops_the_driver, started),
        cmocka_unit_test_setup(device_without_access_platform_is_refused, attached),
        cmocka_unit_test_setup(device_has_the_last_word_on_features, attached),
        cmocka_unit_test_setup(every_failing_access_is_reported, attached),
        cmocka_unit_test_setup(queues_that_do_not_fit_are_refused, started),
        cmocka_unit_test_setup(register_offsets_are_bounded, started),
        cmocka_unit_test_setup(regions_must_lie_in_their_bars, attached),
        cmocka_unit_test_setup(other_regions_are_ignored, attached),
        cmocka_unit_test_setup(capability_at_the_end_of_the_space, attached),
        cmocka_unit_test_setup(driver_works_without_interruptions, attached),
        cmocka_unit_test_setup(device_refuses_nonsense, started),
        cmocka_unit_test_setup(device_checks_requests, started),
        cmocka_unit_test_setup(reset_that_never_ends_is_given_up, attached),
        cmocka_unit_test_setup(tiny_queue_is_refused, attached),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
