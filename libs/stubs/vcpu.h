/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of Vcpu. Errors, units and names: libs/stubs/stubs.h; the state page:
 * libs/abi/vcpu.h. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_VCPU_H
#define BH_STUBS_VCPU_H

#include "libs/stubs/invoke.h"

/* Part 0: GR3 thread, GR4 partition, GR5 space of the VMM, GR6 functions bound, GR7 priority. Part
 * 1: GR3 frame of the state page, GR4 blocks for guest spaces, GR5 enum bh_back_end. Parts 2 to 5:
 * GR3 a function + 1. Parts 6 to 9: a window of guest memory, as bh_space_inspect. */
static inline uint64_t bh_vcpu_inspect(uint64_t cap, uint64_t part, struct bh_results *results)
{
    return BH_INVOKE(cap, VCPU_INSPECT, results, part);
}

/* GR3 endpoint + 1 (0 none), GR4 badge, GR5 microseconds. */
static inline uint64_t bh_vcpu_portal_inspect(uint64_t cap, uint64_t reason,
                                              struct bh_results *results)
{
    return BH_INVOKE(cap, VCPU_PORTAL_INSPECT, results, reason);
}

/* Deliver an enum bh_reason of the guest there; an answer is due within 1 to 10,000,000
 * microseconds. */
static inline uint64_t bh_vcpu_portal(uint64_t cap, uint64_t reason, uint64_t endpoint_slot,
                                      uint64_t microseconds)
{
    return BH_PLAIN(cap, VCPU_PORTAL, reason, endpoint_slot, microseconds);
}

/* Make pages [page, page + pages) of a region guest memory with these maximum rights
 * (BH_R_REGION_*); the number of the window goes to *window. */
static inline uint64_t bh_vcpu_add_window(uint64_t cap, uint64_t region_slot, uint64_t page,
                                          uint64_t pages, uint64_t rights, uint64_t *window)
{
    return BH_VALUE(cap, VCPU_ADD_WINDOW, window, region_slot, page, pages, rights);
}

/* A PCI function of the guest; its index, the low 16 bits of the handles that the guest sees, goes
 * to *index. */
static inline uint64_t bh_vcpu_bind_function(uint64_t cap, uint64_t pci_slot, uint64_t *index)
{
    return BH_VALUE(cap, VCPU_BIND_FUNCTION, index, pci_slot);
}

/* Run it from what its state page says. */
static inline uint64_t bh_vcpu_start(uint64_t cap)
{
    return BH_PLAIN(cap, VCPU_START, 0);
}

/* End its run with the reason INTERRUPT; *ran is 1 if it ran. */
static inline uint64_t bh_vcpu_kick(uint64_t cap, uint64_t *ran)
{
    return BH_VALUE(cap, VCPU_KICK, ran, 0);
}

/* Make guest space `number` empty. `type` of its top table: 0 segment, 1 to 3 region third, second,
 * first; | BH_SPACE_PRIVATE. */
static inline uint64_t bh_vcpu_space_reset(uint64_t cap, uint64_t number, uint64_t type)
{
    return BH_PLAIN(cap, VCPU_SPACE_RESET, number, type);
}

/* Store 1 to 256 entries of one page table of guest space `number`, from virtual page `page` on,
 * out of the words in the message buffer (window page * 4096 | BH_WORD_*); the number stored goes
 * to *stored, which with an error may be less than `pages`. */
static inline uint64_t bh_vcpu_space_map(uint64_t cap, uint64_t number, uint64_t page,
                                         uint64_t pages, uint64_t window, uint64_t *stored)
{
    return BH_VALUE(cap, VCPU_SPACE_MAP, stored, number, page, pages, window);
}

/* Invalidate 1 to 256 entries of one page table of guest space `number`. */
static inline uint64_t bh_vcpu_space_invalidate(uint64_t cap, uint64_t number, uint64_t page,
                                                uint64_t pages)
{
    return BH_PLAIN(cap, VCPU_SPACE_INVALIDATE, number, page, pages);
}

#endif
