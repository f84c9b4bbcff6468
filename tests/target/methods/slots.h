/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: which object is in which slot, and the numbers that go with them.
 * Belongs to: test.
 *
 * Partitions: the root one has this program's threads; `guest` has both PCI functions and the
 * vCPUs; `other` has one of each thing, for what must not be mixed; the victims are there to be
 * stopped, one in each phase.
 */
#ifndef METHODS_SLOTS_H
#define METHODS_SLOTS_H

#include "libs/abi/abi.h"

enum slot {
    EMPTY = 0, /* stays empty */
    SCRATCH = BH_INIT_FREE,
    MINIMAL, /* check.c */
    REGION,  /* of the root partition */
    REGION_READ,
    WORKER_A,
    WORKER_B,
    JOBS_A,
    JOBS_B,
    ENDPOINT,     /* calls carry BADGE */
    NOTIFICATION, /* signals set BITS */
    BOUND_B,      /* bound to worker B; signals set BITS */
    SPACE,
    TABLE, /* a capability table to play with */
    OTHER,
    OTHER_TABLE,
    OTHER_SPACE,
    OTHER_ENDPOINT,
    OTHER_NOTIFICATION,
    OTHER_IOSPACE,
    OTHER_IRQ,
    GUEST,
    GUEST_REGION,
    GUEST_SPACE,
    GUEST_ENDPOINT,
    GUEST_NOTIFICATION,
    IOSPACE_1, /* of PCI_1 */
    IOSPACE_2, /* of PCI_2 */
    IOSPACE_3, /* of no function */
    IRQ,
    PCI_1, /* works */
    PCI_2, /* disabled behind the kernel's back */
    VCPU_1,
    VCPU_2,
    VICTIM, /* partition, its endpoint and its thread: one of each for each phase */
    VICTIM_ENDPOINT = VICTIM + 2,
    VICTIM_THREAD = VICTIM_ENDPOINT + 2,
    IDLE_THREAD = VICTIM_THREAD + 2, /* configured; one for each phase */
    WEAK = 48,                       /* plus a type: a capability without any right */
    SPARE = WEAK + BH_REPLY          /* where a test needs one slot more */
};

#define BADGE 0x1234567890u
#define BITS 0x8000000000000021u

/* Virtual pages of this program: its windows 2 and 3 show REGION and GUEST_REGION. */
#define REGION_PAGE 0x8000u
#define REGION_PAGES 256u
#define GUEST_PAGE 0x9000u
#define GUEST_PAGES 256u

/* Virtual pages of the guest's VMM: the guest region; the state pages of the vCPUs are in it. */
#define VMM_PAGE 0x100u
#define STATE_PAGE 0x10u /* of the guest region; VCPU_2 has the next one */
#define GUEST_CODE_PAGE 0x20u
#define TABLE_BLOCKS 4u /* of each vCPU */

/* Pages of the guest region for the disk driver (disk.c) and for what the kernel binds. */
#define DISK_PAGE 0x40u
#define BIND_PAGE 0x60u
#define BIND_PAGES 4u

#define ISC 3u
#define OTHER_ISC 4u
#define IO_PAGE UINT64_C(0x100000) /* 4 GiB: the first that the machine allows */
#define IO_PAGES 8192u             /* more than one hardware RPCIT refreshes */
#define FID_1 1u
#define FID_2 2u

#define VCPU_PRIORITY 2u
#define VCPU_BADGE 0x77u
#define IRQ_BADGE 0x10u
#define EVENT_BADGE 0x20u

/* An address of the two regions. */
#define REGION_ADDRESS(page) ((void *)((uintptr_t)(REGION_PAGE + (page)) * BH_PAGE_SIZE))
#define GUEST_ADDRESS(page) ((void *)((uintptr_t)(GUEST_PAGE + (page)) * BH_PAGE_SIZE))

#endif
