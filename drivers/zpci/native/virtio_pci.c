/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio over PCI: common configuration, features, queues, notification (native driver). */
#include "drivers/zpci/native/virtio_pci.h"

#define DEVICE_FEATURE_SELECT 0u
#define DEVICE_FEATURE 4u
#define DRIVER_FEATURE_SELECT 8u
#define DRIVER_FEATURE 12u
#define STATUS 20u
#define QUEUE_SELECT 22u
#define QUEUE_SIZE 24u
#define QUEUE_VECTOR 26u
#define QUEUE_ENABLE 28u
#define QUEUE_NOTIFY 30u
#define QUEUE_DESCRIPTORS 32u
#define QUEUE_DRIVER 40u
#define QUEUE_DEVICE 48u

#define STATUS_ACKNOWLEDGE 1u
#define STATUS_DRIVER 2u
#define STATUS_DRIVER_OK 4u
#define STATUS_FEATURES_OK 8u

#define RESET_POLLS 10000u

static enum zpci_error region_load(struct virtio_pci *virtio, enum virtio_kind kind,
                                   uint32_t offset, uint8_t length, uint32_t *value)
{
    const struct virtio_region *region = &virtio->region[kind];
    enum zpci_error error;
    uint64_t wide = 0;

    if (length > region->length || offset > region->length - length)
        return ZPCI_E_RANGE;
    error = virtio->ops->bar_load(virtio->ops->context, region->bar,
                                  (uint64_t)region->offset + offset, length, &wide);
    *value = (uint32_t)wide;
    return error;
}

static enum zpci_error region_store(struct virtio_pci *virtio, enum virtio_kind kind,
                                    uint64_t offset, uint8_t length, uint32_t value)
{
    const struct virtio_region *region = &virtio->region[kind];

    if (length > region->length || offset > region->length - length)
        return ZPCI_E_RANGE;
    return virtio->ops->bar_store(virtio->ops->context, region->bar, region->offset + offset,
                                  length, value);
}

static enum zpci_error common_load(struct virtio_pci *virtio, uint32_t offset, uint8_t length,
                                   uint32_t *value)
{
    return region_load(virtio, VIRTIO_COMMON, offset, length, value);
}

static enum zpci_error common_store(struct virtio_pci *virtio, uint32_t offset, uint8_t length,
                                    uint32_t value)
{
    return region_store(virtio, VIRTIO_COMMON, offset, length, value);
}

enum zpci_error virtio_pci_enable(struct virtio_pci *virtio, int bus_master)
{
    uint32_t command = PCI_COMMAND_MEMORY | PCI_COMMAND_INTX_DISABLE;

    if (bus_master)
        command |= PCI_COMMAND_MASTER;
    return virtio->ops->config_store(virtio->ops->context, PCICONF_COMMAND, 2, command);
}

enum zpci_error virtio_pci_reset(struct virtio_pci *virtio)
{
    enum zpci_error error = common_store(virtio, STATUS, 1, 0);
    uint32_t status;

    for (uint32_t i = 0; i < RESET_POLLS && !error; i++) {
        error = common_load(virtio, STATUS, 1, &status);
        if (!error && status == 0)
            return ZPCI_OK;
    }
    return error ? error : ZPCI_E_BUSY;
}

static enum zpci_error status_add(struct virtio_pci *virtio, uint32_t bits)
{
    uint32_t status;
    enum zpci_error error = common_load(virtio, STATUS, 1, &status);

    return error ? error : common_store(virtio, STATUS, 1, status | bits);
}

static enum zpci_error features_load(struct virtio_pci *virtio, uint64_t *features)
{
    enum zpci_error error = ZPCI_OK;

    *features = 0;
    for (uint32_t half = 0; half < 2 && !error; half++) {
        uint32_t value = 0;

        error = common_store(virtio, DEVICE_FEATURE_SELECT, 4, half);
        if (!error)
            error = common_load(virtio, DEVICE_FEATURE, 4, &value);
        *features |= (uint64_t)value << 32 * half;
    }
    return error;
}

static enum zpci_error features_store(struct virtio_pci *virtio, uint64_t features)
{
    enum zpci_error error = ZPCI_OK;

    for (uint32_t half = 0; half < 2 && !error; half++) {
        error = common_store(virtio, DRIVER_FEATURE_SELECT, 4, half);
        if (!error)
            error = common_store(virtio, DRIVER_FEATURE, 4, (uint32_t)(features >> 32 * half));
    }
    return error;
}

/* The device has the last word: it may drop FEATURES_OK. */
static enum zpci_error features_confirm(struct virtio_pci *virtio)
{
    uint32_t status;
    enum zpci_error error = status_add(virtio, STATUS_FEATURES_OK);

    if (!error)
        error = common_load(virtio, STATUS, 1, &status);
    if (error)
        return error;
    return status & STATUS_FEATURES_OK ? ZPCI_OK : ZPCI_E_REFUSED;
}

enum zpci_error virtio_pci_negotiate(struct virtio_pci *virtio, uint64_t wanted)
{
    uint64_t offered;
    enum zpci_error error = virtio_pci_reset(virtio);

    if (!error)
        error = status_add(virtio, STATUS_ACKNOWLEDGE);
    if (!error)
        error = status_add(virtio, STATUS_DRIVER);
    if (!error)
        error = features_load(virtio, &offered);
    if (error)
        return error;
    if ((offered & VIRTIO_FEATURES_NEEDED) != VIRTIO_FEATURES_NEEDED)
        return ZPCI_E_REFUSED;
    virtio->features = offered & (wanted | VIRTIO_FEATURES_NEEDED);
    error = features_store(virtio, virtio->features);
    return error ? error : features_confirm(virtio);
}

enum zpci_error virtio_pci_queue_limit(struct virtio_pci *virtio, uint16_t index, uint16_t *limit)
{
    uint32_t value = 0;
    enum zpci_error error = common_store(virtio, QUEUE_SELECT, 2, index);

    if (!error)
        error = common_load(virtio, QUEUE_SIZE, 2, &value);
    *limit = (uint16_t)value;
    return error;
}

/* 64-bit fields are stored in halves, which every device must understand. */
static enum zpci_error address_store(struct virtio_pci *virtio, uint32_t offset, uint64_t iova)
{
    enum zpci_error error = common_store(virtio, offset, 4, (uint32_t)iova);

    return error ? error : common_store(virtio, offset + 4, 4, (uint32_t)(iova >> 32));
}

static enum zpci_error addresses_store(struct virtio_pci *virtio, const struct virtqueue *queue)
{
    enum zpci_error error = address_store(virtio, QUEUE_DESCRIPTORS, virtqueue_descriptors(queue));

    if (!error)
        error = address_store(virtio, QUEUE_DRIVER, virtqueue_driver_area(queue));
    if (!error)
        error = address_store(virtio, QUEUE_DEVICE, virtqueue_device_area(queue));
    return error;
}

/* A device that cannot use the vector answers with no vector. */
static enum zpci_error vector_store(struct virtio_pci *virtio, uint16_t entry)
{
    uint32_t value;
    enum zpci_error error = common_store(virtio, QUEUE_VECTOR, 2, entry);

    if (!error)
        error = common_load(virtio, QUEUE_VECTOR, 2, &value);
    if (error)
        return error;
    return value == entry ? ZPCI_OK : ZPCI_E_RESOURCES;
}

static enum zpci_error notify_load(struct virtio_pci *virtio, uint16_t index)
{
    uint32_t number;
    enum zpci_error error = common_load(virtio, QUEUE_NOTIFY, 2, &number);

    if (!error)
        virtio->notify_at[index] = (uint64_t)number * virtio->notify_multiplier;
    return error;
}

enum zpci_error virtio_pci_queue_start(struct virtio_pci *virtio, uint16_t index,
                                       const struct virtqueue *queue, uint16_t entry)
{
    uint16_t limit;
    enum zpci_error error = virtio_pci_queue_limit(virtio, index, &limit);

    if (!error && (queue->size > limit || index >= VIRTIO_QUEUES_MAX))
        error = ZPCI_E_RANGE;
    if (!error)
        error = common_store(virtio, QUEUE_SIZE, 2, queue->size);
    if (!error)
        error = addresses_store(virtio, queue);
    if (!error)
        error = vector_store(virtio, entry);
    if (!error)
        error = notify_load(virtio, index);
    if (!error)
        error = common_store(virtio, QUEUE_ENABLE, 2, 1);
    return error;
}

enum zpci_error virtio_pci_start(struct virtio_pci *virtio)
{
    return status_add(virtio, STATUS_DRIVER_OK);
}

enum zpci_error virtio_pci_notify(struct virtio_pci *virtio, uint16_t index)
{
    if (index >= VIRTIO_QUEUES_MAX)
        return ZPCI_E_RANGE;
    return region_store(virtio, VIRTIO_NOTIFY, virtio->notify_at[index], 2, index);
}

enum zpci_error virtio_pci_device_load(struct virtio_pci *virtio, uint32_t offset, uint8_t length,
                                       uint32_t *value)
{
    return region_load(virtio, VIRTIO_DEVICE, offset, length, value);
}

enum zpci_error virtio_pci_message(struct virtio_pci *virtio, uint16_t entry, uint64_t msia,
                                   uint16_t vector, uint16_t interrupts)
{
    const struct pci_ops *ops = virtio->ops;
    struct msix_store stores[MSIX_STORES];
    enum zpci_error error = msix_message(&virtio->msix, entry, msia, vector, interrupts, stores);

    for (uint32_t i = 0; i < MSIX_STORES && !error; i++)
        error =
            ops->bar_store(ops->context, virtio->msix.bar, stores[i].offset, 4, stores[i].value);
    if (error)
        return error;
    return ops->config_store(ops->context, virtio->map.msix + PCI_MSIX_CONTROL, 2, PCI_MSIX_ENABLE);
}
