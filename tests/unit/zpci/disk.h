/* SPDX-License-Identifier: BSD-2-Clause */
/* Test support: the software block device, attached to the fake machine, and its driver. */
#ifndef BULKHEAD_TESTS_ZPCI_DISK_H
#define BULKHEAD_TESTS_ZPCI_DISK_H

#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/insn/fake_blk.h"
#include "drivers/zpci/native/virtio_blk.h"

#define SECTORS 64u
#define QUEUE_PAGE UINT64_C(0)
#define DATA_PAGE UINT64_C(2)
#define STATUS_REGISTER 20u /* of the device, in BAR 0 */

extern struct fake_blk disk_device;
extern uint8_t disk_content[SECTORS * 512];
extern struct config_map disk_filter; /* the kernel's map of the function */
extern uint32_t disk_fail_after;      /* accesses until one fails, 0 = none does */

extern struct virtio_pci disk_virtio;
extern struct virtio_blk disk_blk;
extern const struct pci_ops disk_ops;
extern const uint8_t disk_bars[6];

/* Pages of the DMA buffer: in storage, and as the device sees them. */
uint8_t *disk_page(uint64_t number);
uint64_t disk_iova(uint64_t number);

/* The device is there, enabled, with 16 pages of translation and interruptions registered. */
int disk_attach(void **state);

/* Find and start the device: with MSI-X entry 1 for vector 1. */
enum zpci_error disk_start(void);
int disk_attach_and_start(void **state);

/* Take one completion, of this slot. */
enum virtio_blk_result disk_finish(uint16_t expected);

/* One request between DATA_PAGE and the disk. */
enum virtio_blk_result disk_transfer(enum virtio_blk_kind kind, uint64_t sector, uint32_t length);

#endif
