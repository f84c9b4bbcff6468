/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio over PCI, version 1 interface only (native driver).
 * Source: OASIS VIRTIO 1.1, sections 3.1 and 4.1.
 *
 * A device that does not offer VIRTIO_F_ACCESS_PLATFORM bypasses the IOMMU, so it is refused. The
 * device is not trusted: offsets and lengths that it shows are checked against its BARs, waiting
 * for it is bounded. Results are enum zpci_error; ZPCI_E_MALFORMED: capabilities contradict the
 * BARs or are missing, ZPCI_E_REFUSED: features, ZPCI_E_BUSY: the device does not finish its reset.
 */
#ifndef BULKHEAD_ZPCI_NATIVE_VIRTIO_PCI_H
#define BULKHEAD_ZPCI_NATIVE_VIRTIO_PCI_H

#include <stdint.h>

#include "drivers/zpci/config.h"
#include "drivers/zpci/msix.h"
#include "drivers/zpci/native/pci_ops.h"
#include "drivers/zpci/native/virtqueue.h"

#define VIRTIO_VENDOR 0x1af4u
#define VIRTIO_DEVICE_FIRST 0x1040u /* plus the device type */

#define VIRTIO_F_VERSION_1 (UINT64_C(1) << 32)
#define VIRTIO_F_ACCESS_PLATFORM (UINT64_C(1) << 33)
#define VIRTIO_FEATURES_NEEDED (VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM)
#define VIRTIO_NO_VECTOR 0xffffu
#define VIRTIO_QUEUES_MAX 8u

/* Kinds of register regions, as the capability numbers them */
enum virtio_kind { VIRTIO_COMMON = 1, VIRTIO_NOTIFY, VIRTIO_ISR, VIRTIO_DEVICE, VIRTIO_KINDS };

struct virtio_region {
    uint32_t offset, length; /* bytes; length 0 = absent */
    uint8_t bar;
};

struct virtio_pci {
    const struct pci_ops *ops;
    uint8_t bar_log2[6];
    struct config_map map;
    struct virtio_region region[VIRTIO_KINDS];
    uint32_t notify_multiplier;
    uint64_t notify_at[VIRTIO_QUEUES_MAX]; /* offset in the notify region, of a started queue */
    struct msix_table msix;                /* no entries = none */
    uint64_t features;                     /* negotiated */
};

/* Find the register regions. bar_log2: binary logarithms of the BARs' sizes, 0 = none. */
enum zpci_error virtio_pci_find(struct virtio_pci *virtio, const struct pci_ops *ops,
                                const uint8_t bar_log2[6]);

/* Memory space on; bus master as said. Bus master only after the I/O space is registered. */
enum zpci_error virtio_pci_enable(struct virtio_pci *virtio, int bus_master);

enum zpci_error virtio_pci_reset(struct virtio_pci *virtio);

/* Reset, then negotiate VIRTIO_FEATURES_NEEDED and those of wanted that the device offers. */
enum zpci_error virtio_pci_negotiate(struct virtio_pci *virtio, uint64_t wanted);

/* Largest size of a queue, 0 = no such queue. */
enum zpci_error virtio_pci_queue_limit(struct virtio_pci *virtio, uint16_t index, uint16_t *limit);

/* Tell the device about a queue (index below VIRTIO_QUEUES_MAX). entry: of the MSI-X table, or
 * VIRTIO_NO_VECTOR; ZPCI_E_RESOURCES: the device cannot use that entry. */
enum zpci_error virtio_pci_queue_start(struct virtio_pci *virtio, uint16_t index,
                                       const struct virtqueue *queue, uint16_t entry);

/* All queues are set up: the device may work. */
enum zpci_error virtio_pci_start(struct virtio_pci *virtio);

/* Tell the device that a started queue has new buffers. */
enum zpci_error virtio_pci_notify(struct virtio_pci *virtio, uint16_t index);

/* Device-specific configuration. length 1, 2 or 4. */
enum zpci_error virtio_pci_device_load(struct virtio_pci *virtio, uint32_t offset, uint8_t length,
                                       uint32_t *value);

/* MSI-X entry sends vector to the group's MSI address; MSI-X is switched on. */
enum zpci_error virtio_pci_message(struct virtio_pci *virtio, uint16_t entry, uint64_t msia,
                                   uint16_t vector, uint16_t interrupts);

#endif
