/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio block device in software, as a function of the zPCI software fake: version 1 interface,
 * one queue, MSI-X (zPCI instruction layer, fake). For tests of drivers and for guests on machines
 * without zPCI. Source: OASIS VIRTIO 1.1, sections 2.6, 4.1 and 5.2. */
#ifndef BULKHEAD_ZPCI_FAKE_BLK_H
#define BULKHEAD_ZPCI_FAKE_BLK_H

#include "drivers/zpci/insn/fake.h"

#define FAKE_BLK_QUEUE_SIZE 64u
#define FAKE_BLK_MSIX_ENTRIES 2u
#define FAKE_BLK_BAR0_LOG2 14u
#define FAKE_BLK_BAR1_LOG2 12u

struct fake_blk {
    struct fake_zpci *fake;
    struct fake_function function;
    uint8_t registers[1u << FAKE_BLK_BAR0_LOG2] __attribute__((aligned(8)));
    uint8_t msix[1u << FAKE_BLK_BAR1_LOG2] __attribute__((aligned(8)));
    uint8_t *disk; /* the content */
    uint64_t sectors;
    uint64_t features; /* offered; may be changed before a driver looks */
    uint64_t accepted;
    uint16_t available, used; /* indices of the two rings */
    uint16_t msix_cap;        /* offset in configuration space */
};

/* Fill in everything but fid, cache and aperture of blk->function, which the caller sets before;
 * then add the function with fake_zpci_add. disk: 512 bytes for each sector. */
void fake_blk_init(struct fake_blk *blk, struct fake_zpci *fake, uint8_t *disk, uint64_t sectors);

#endif
