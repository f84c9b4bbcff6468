/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of Partition and CapTable. Errors, units and names: libs/stubs/stubs.h.
 * Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_PARTITION_H
#define BH_STUBS_PARTITION_H

#include "libs/stubs/invoke.h"

/* A partition. */
static inline uint64_t bh_create_partition(uint64_t cap, uint64_t slot)
{
    return BH_PLAIN(cap, PARTITION_CREATE_PARTITION, slot);
}

/* A region of physical memory: frames [frame, frame + frames). */
static inline uint64_t bh_create_region(uint64_t cap, uint64_t slot, uint64_t frame,
                                        uint64_t frames)
{
    return BH_PLAIN(cap, PARTITION_CREATE_REGION, slot, frame, frames);
}

/* A process space of virtual pages [0, pages), a multiple of 256. */
static inline uint64_t bh_create_space(uint64_t cap, uint64_t slot, uint64_t pages)
{
    return BH_PLAIN(cap, PARTITION_CREATE_SPACE, slot, pages);
}

/* An I/O space of I/O pages [page, page + pages), multiples of 256 inside one 2 GiB multiple. */
static inline uint64_t bh_create_iospace(uint64_t cap, uint64_t slot, uint64_t page, uint64_t pages)
{
    return BH_PLAIN(cap, PARTITION_CREATE_IOSPACE, slot, page, pages);
}

/* An empty capability table. */
static inline uint64_t bh_create_captable(uint64_t cap, uint64_t slot)
{
    return BH_PLAIN(cap, PARTITION_CREATE_CAPTABLE, slot);
}

/* A thread; priority 0 to 31, higher is more urgent; flags BH_THREAD_*. */
static inline uint64_t bh_create_thread(uint64_t cap, uint64_t slot, uint64_t captable_slot,
                                        uint64_t space_slot, uint64_t priority, uint64_t flags)
{
    return BH_PLAIN(cap, PARTITION_CREATE_THREAD, slot, captable_slot, space_slot, priority, flags);
}

/* An endpoint. */
static inline uint64_t bh_create_endpoint(uint64_t cap, uint64_t slot)
{
    return BH_PLAIN(cap, PARTITION_CREATE_ENDPOINT, slot);
}

/* A notification. */
static inline uint64_t bh_create_notification(uint64_t cap, uint64_t slot)
{
    return BH_PLAIN(cap, PARTITION_CREATE_NOTIFICATION, slot);
}

/* A PCI function by its id, disabled; isc is the interruption subclass of the partition. */
static inline uint64_t bh_create_pci(uint64_t cap, uint64_t slot, uint64_t fid,
                                     uint64_t iospace_slot, uint64_t isc)
{
    return BH_PLAIN(cap, PARTITION_CREATE_PCI, slot, fid, iospace_slot, isc);
}

/* An interruption subclass, 0 to 7. */
static inline uint64_t bh_create_irq(uint64_t cap, uint64_t slot, uint64_t isc)
{
    return BH_PLAIN(cap, PARTITION_CREATE_IRQ, slot, isc);
}

/* A guest processor. `space_slot` names its VMM's process space, in which its state lies in the
 * page at the virtual address `address` (libs/abi/vcpu.h); `tables` of 16 KiB are for its guest
 * spaces. */
static inline uint64_t bh_create_vcpu(uint64_t cap, uint64_t slot, uint64_t priority,
                                      uint64_t space_slot, uint64_t address, uint64_t tables)
{
    return BH_PLAIN(cap, PARTITION_CREATE_VCPU, slot, priority, space_slot, address, tables);
}

/* Stop every thread of the partition, for good; its functions are disabled soon after. */
static inline uint64_t bh_partition_stop(uint64_t cap)
{
    return BH_PLAIN(cap, PARTITION_STOP, 0);
}

/* GR3 number, GR4 1 if stopped, GR5 functions that are not confirmed disabled. */
static inline uint64_t bh_partition_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, PARTITION_INSPECT, results, 0);
}

/* Run the CLP block in the message buffer, length bytes of request and response together; the
 * condition code goes to *cc. */
static inline uint64_t bh_partition_clp(uint64_t cap, uint64_t length, uint64_t *cc)
{
    return BH_VALUE(cap, PARTITION_CLP, cc, length);
}

/* End creation for good. */
static inline uint64_t bh_partition_seal(uint64_t cap)
{
    return BH_PLAIN(cap, PARTITION_SEAL, 0);
}

/* Copy the caller's own capability into slot `to` of the table, with the rights that the
 * capability and `rights` share. */
static inline uint64_t bh_captable_grant(uint64_t cap, uint64_t to, uint64_t from_slot,
                                         uint64_t rights, uint64_t badge)
{
    return BH_PLAIN(cap, CAPTABLE_GRANT, to, from_slot, rights, badge);
}

/* Empty slot `slot` of the table. */
static inline uint64_t bh_captable_drop(uint64_t cap, uint64_t slot)
{
    return BH_PLAIN(cap, CAPTABLE_DROP, slot);
}

/* Keep only these rights of slot `slot` of the table. */
static inline uint64_t bh_captable_reduce(uint64_t cap, uint64_t slot, uint64_t rights)
{
    return BH_PLAIN(cap, CAPTABLE_REDUCE, slot, rights);
}

/* GR3 type (0 empty), GR4 object, GR5 rights, GR6 badge of slot `slot` of the table. */
static inline uint64_t bh_captable_inspect(uint64_t cap, uint64_t slot, struct bh_results *results)
{
    return BH_INVOKE(cap, CAPTABLE_INSPECT, results, slot);
}

/* The partition that owns the table goes to *owner. */
static inline uint64_t bh_captable_owner(uint64_t cap, uint64_t *owner)
{
    return BH_VALUE(cap, CAPTABLE_OWNER, owner, 0);
}

#endif
