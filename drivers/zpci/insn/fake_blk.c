/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio block device in software: configuration and registers (zPCI instruction layer, fake). */
#include "drivers/zpci/insn/fake_blk.h"

#include "drivers/zpci/insn/fake_blk_queue.h"
#include "libs/zformats/bytes.h"

#define VENDOR 0x1af4u
#define DEVICE 0x1042u
#define F_FLUSH (UINT64_C(1) << 9)
#define F_VERSION_1 (UINT64_C(1) << 32)
#define F_ACCESS_PLATFORM (UINT64_C(1) << 33)

enum { KIND_COMMON = 1, KIND_NOTIFY, KIND_ISR, KIND_DEVICE };

#define ISR 0x1000u
#define DEVICE_CONFIG 0x2000u
#define NOTIFY 0x3000u
#define REGION_SIZE 0x1000u
#define CAP_BYTES 16u
#define CAP_BYTES_NOTIFY 20u
#define NOTIFY_MULTIPLIER 4u
#define PENDING_BITS 0x800u
#define MSIX_BAR 1u
#define BAR_MEMORY_64 4u

/* Bodies begin behind the two header bytes that all capabilities share. */
static void add_region(struct fake_blk *blk, uint8_t kind, uint32_t offset, uint32_t size)
{
    uint8_t body[CAP_BYTES_NOTIFY - 2] = {0};
    uint8_t length = kind == KIND_NOTIFY ? CAP_BYTES_NOTIFY : CAP_BYTES;

    body[PCI_VIRTIO_LENGTH - 2] = length;
    body[PCI_VIRTIO_TYPE - 2] = kind;
    le32_put(body + PCI_VIRTIO_OFFSET - 2, offset);
    le32_put(body + PCI_VIRTIO_SIZE - 2, size);
    le32_put(body + PCI_VIRTIO_NOTIFY_MULTIPLIER - 2, NOTIFY_MULTIPLIER);
    fake_config_add(&blk->function, PCI_CAP_VENDOR, body, length);
}

static void add_msix(struct fake_blk *blk)
{
    uint8_t body[PCI_MSIX_LENGTH - 2] = {0};

    le16_put(body + PCI_MSIX_CONTROL - 2, FAKE_BLK_MSIX_ENTRIES - 1);
    le32_put(body + PCI_MSIX_TABLE - 2, MSIX_BAR);
    le32_put(body + PCI_MSIX_PBA - 2, PENDING_BITS | MSIX_BAR);
    blk->msix_cap = fake_config_add(&blk->function, PCI_CAP_MSIX, body, PCI_MSIX_LENGTH);
}

static void reset_registers(struct fake_blk *blk)
{
    uint8_t *common = blk->registers;

    bytes_zero(blk->registers, sizeof(blk->registers));
    le16_put(common + BLK_QUEUES, 1);
    le16_put(common + BLK_QUEUE_SIZE, FAKE_BLK_QUEUE_SIZE);
    le16_put(common + BLK_QUEUE_VECTOR, BLK_NO_VECTOR);
    le64_put(blk->registers + DEVICE_CONFIG, blk->sectors);
    blk->accepted = 0;
    blk->available = 0;
    blk->used = 0;
}

/* Reset of the function: entries of the MSI-X table are masked, too. */
static void reset_function(void *context)
{
    struct fake_blk *blk = context;

    reset_registers(blk);
    bytes_zero(blk->msix, sizeof(blk->msix));
    for (uint32_t i = 0; i < FAKE_BLK_MSIX_ENTRIES; i++)
        blk->msix[i * PCI_MSIX_ENTRY_SIZE + PCI_MSIX_ENTRY_CONTROL] = PCI_MSIX_ENTRY_MASKED;
}

static uint32_t feature_half(uint64_t features, const uint8_t *select)
{
    uint32_t half = le32_get(select);

    return half < 2 ? (uint32_t)(features >> 32 * half) : 0;
}

/* The device keeps FEATURES_OK only if the driver accepted what it cannot do without. */
static void status_stored(struct fake_blk *blk)
{
    uint8_t *status = blk->registers + BLK_STATUS;
    uint64_t needed = (F_VERSION_1 | F_ACCESS_PLATFORM) & blk->features;

    if (*status == 0)
        reset_registers(blk);
    else if ((blk->accepted & needed) != needed || (blk->accepted & ~blk->features) != 0)
        *status = (uint8_t)(*status & ~BLK_STATUS_FEATURES_OK);
}

static void driver_feature_stored(struct fake_blk *blk)
{
    uint32_t half = le32_get(blk->registers + BLK_DRIVER_FEATURE_SELECT);
    uint64_t value = le32_get(blk->registers + BLK_DRIVER_FEATURE);

    if (half < 2)
        blk->accepted |= value << 32 * half;
}

static void vector_stored(struct fake_blk *blk)
{
    uint8_t *vector = blk->registers + BLK_QUEUE_VECTOR;

    if (le16_get(vector) >= FAKE_BLK_MSIX_ENTRIES)
        le16_put(vector, BLK_NO_VECTOR);
}

/* Only queue 0 exists: another one has size 0. What the driver set for queue 0 stays. */
static void queue_selected(struct fake_blk *blk)
{
    uint8_t *common = blk->registers;

    if (le16_get(common + BLK_QUEUE_SELECT) != 0)
        le16_put(common + BLK_QUEUE_SIZE, 0);
    else if (le16_get(common + BLK_QUEUE_SIZE) == 0)
        le16_put(common + BLK_QUEUE_SIZE, FAKE_BLK_QUEUE_SIZE);
}

static void after_store(void *context, uint8_t bar, uint64_t offset, uint8_t length)
{
    struct fake_blk *blk = context;
    uint8_t *common = blk->registers;

    (void)length;
    if (bar != 0)
        return;
    if (offset >= NOTIFY)
        fake_blk_run(blk);
    else if (offset == BLK_DEVICE_FEATURE_SELECT)
        le32_put(common + BLK_DEVICE_FEATURE, feature_half(blk->features, common));
    else if (offset == BLK_DRIVER_FEATURE)
        driver_feature_stored(blk);
    else if (offset == BLK_STATUS)
        status_stored(blk);
    else if (offset == BLK_QUEUE_SELECT)
        queue_selected(blk);
    else if (offset == BLK_QUEUE_VECTOR)
        vector_stored(blk);
}

void fake_blk_init(struct fake_blk *blk, struct fake_zpci *fake, uint8_t *disk, uint64_t sectors)
{
    struct clp_function *query = &blk->function.query;

    blk->fake = fake;
    blk->disk = disk;
    blk->sectors = sectors;
    blk->features = F_FLUSH | F_VERSION_1 | F_ACCESS_PLATFORM;
    query->bar[0] = (struct clp_bar){BAR_MEMORY_64, FAKE_BLK_BAR0_LOG2};
    query->bar[1] = (struct clp_bar){0, FAKE_BLK_BAR1_LOG2};
    blk->function.bar[0] = blk->registers;
    blk->function.bar[MSIX_BAR] = blk->msix;
    blk->function.device =
        (struct fake_device){.context = blk, .after_store = after_store, .reset = reset_function};
    fake_config_init(&blk->function, VENDOR, DEVICE);
    add_region(blk, KIND_COMMON, 0, BLK_COMMON_SIZE);
    add_region(blk, KIND_ISR, ISR, REGION_SIZE);
    add_region(blk, KIND_DEVICE, DEVICE_CONFIG, REGION_SIZE);
    add_region(blk, KIND_NOTIFY, NOTIFY, REGION_SIZE);
    add_msix(blk);
}
