/* SPDX-License-Identifier: BSD-2-Clause */
/* What registers and queue of the software block device share (zPCI instruction layer, fake). */
#ifndef BULKHEAD_ZPCI_FAKE_BLK_QUEUE_H
#define BULKHEAD_ZPCI_FAKE_BLK_QUEUE_H

#include "drivers/zpci/insn/fake_blk.h"

/* Offsets in the common configuration, which is at the start of BAR 0 */
#define BLK_DEVICE_FEATURE_SELECT 0u
#define BLK_DEVICE_FEATURE 4u
#define BLK_DRIVER_FEATURE_SELECT 8u
#define BLK_DRIVER_FEATURE 12u
#define BLK_QUEUES 18u
#define BLK_STATUS 20u
#define BLK_QUEUE_SELECT 22u
#define BLK_QUEUE_SIZE 24u
#define BLK_QUEUE_VECTOR 26u
#define BLK_QUEUE_ENABLE 28u
#define BLK_DESCRIPTORS 32u
#define BLK_DRIVER_AREA 40u
#define BLK_DEVICE_AREA 48u
#define BLK_COMMON_SIZE 56u

#define BLK_STATUS_DRIVER_OK 0x04u
#define BLK_STATUS_FEATURES_OK 0x08u
#define BLK_STATUS_NEEDS_RESET 0x40u
#define BLK_NO_VECTOR 0xffffu

/* Work on everything that the driver has offered. */
void fake_blk_run(struct fake_blk *blk);

#endif
