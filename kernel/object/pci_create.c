/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions before seal. Belongs to: kernel. */
#include "kernel/object/pci_create.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_config.h"
#include "kernel/object/pci_control.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/region.h"
#include "kernel/object/thread.h"
#include "libs/zformats/fib.h"

#define LIST_BLOCKS 64u /* responses to a list command, of up to 251 functions each */

/* The entry of a function id in one response: 1, or 0 if it is not there. */
static uint32_t find_in_block(uint32_t fid, uint16_t count, struct clp_entry *found)
{
    struct clp_entry entry;
    uint16_t i;

    for (i = 0; i < count; i++) {
        clp_list_entry(pci_block, i, &entry);
        if (entry.vendor != 0 && entry.fid == fid && entry.configured != 0) {
            *found = entry;
            return 1;
        }
    }
    return 0;
}

static uint32_t find(uint32_t fid, struct clp_entry *found)
{
    struct clp_list list = {0};
    uint32_t done = 0;
    uint32_t i;

    for (i = 0; i < LIST_BLOCKS && done == 0; i++) {
        clp_list_request(pci_block, list.token);
        if (zpci_clp(pci_block).cc != 0 || clp_list_parse(pci_block, &list) != ZPCI_OK) {
            return 0;
        }
        done = find_in_block(fid, list.count, found);
        if (list.token == 0) {
            break;
        }
    }
    return done;
}

/* What the machine says of the function; 0 if it does not answer. */
static uint32_t ask(uint32_t f)
{
    clp_function_request(pci_block, pci_handle[f]);
    if (zpci_clp(pci_block).cc != 0 || clp_function_parse(pci_block, &pci_info[f]) != ZPCI_OK) {
        return 0;
    }
    clp_group_request(pci_block, pci_info[f].group);
    return zpci_clp(pci_block).cc == 0 && clp_group_parse(pci_block, &pci_group[f]) == ZPCI_OK ? 1u
                                                                                               : 0u;
}

static uint32_t check_new(uint32_t p, uint64_t fid, uint32_t s, uint64_t isc)
{
    uint32_t i = (uint32_t)(isc % ADAPTER_INTERRUPTS);
    uint32_t f;

    if (fid > UINT32_MAX || isc >= ADAPTER_INTERRUPTS) {
        return BH_E_ARG;
    }
    if (space_partition[s] != p || adapter_partition[i] != p) {
        return BH_E_BOUND;
    }
    if (iospace_function[s] != NOBODY) {
        return BH_E_EXISTS;
    }
    for (f = 0; f < pci_count; f++) {
        if (pci_fid[f] == fid) {
            return BH_E_EXISTS;
        }
    }
    return pci_count < PCI_FUNCTIONS ? BH_E_OK : BH_E_FULL;
}

static void reset_fields(uint32_t f, uint32_t p, uint32_t fid, uint32_t s, uint32_t isc)
{
    pci_fid[f] = fid;
    pci_partition[f] = p;
    pci_space[f] = s;
    pci_isc[f] = isc;
    pci_absent[f] = 0;
    pci_registered[f] = 0;
    pci_memory_pages[f] = 0;
    pci_event_reset(f);
}

/* The DMA window must be one that the machine allows the function. */
static uint32_t space_allowed(uint32_t f, uint32_t s)
{
    return space_base[s] * BH_PAGE_SIZE >= pci_info[f].sdma &&
                   (space_base[s] + space_pages[s]) * BH_PAGE_SIZE - 1u <= pci_info[f].edma
               ? 1u
               : 0u;
}

uint32_t pci_bring_up(uint32_t f)
{
    struct clp_entry entry;

    if (find(pci_fid[f], &entry) == 0) {
        return BH_E_GONE;
    }
    pci_handle[f] = entry.fh;
    pci_identity[f] = entry.vendor * 0x10000u + entry.device;
    if (ask(f) == 0) {
        return BH_E_GONE;
    }
    if (space_allowed(f, pci_space[f]) == 0) {
        return BH_E_BOUND;
    }
    pci_enabled[f] = (pci_handle[f] & ZPCI_FH_ENABLED) != 0 ? 1u : 0u;
    if (pci_enabled[f] != 0 && pci_set(f, CLP_SET_DISABLE) != CLP_RC_OK) {
        return BH_E_STATE;
    }
    return BH_E_OK;
}

uint32_t pci_create(uint32_t t, uint32_t p, uint32_t *function)
{
    uint64_t fid = thread_argument(t, 1);
    uint32_t slot = cap_slot(thread_captable(t), thread_argument(t, 2));
    uint64_t isc = thread_argument(t, 3);
    uint32_t error = cap_check(slot, thread_argument(t, 2), BH_IOSPACE, BH_R_IOSPACE_WINDOW);
    uint32_t s = cap_object[slot];

    if (error == BH_E_OK) {
        error = check_new(p, fid, s, isc);
    }
    if (error != BH_E_OK) {
        return error;
    }
    reset_fields(pci_count, p, (uint32_t)fid, s, (uint32_t)isc);
    error = pci_bring_up(pci_count);
    if (error == BH_E_OK) {
        *function = pci_count;
        iospace_function[s] = pci_count;
        pci_config_reset(pci_count);
        pci_count++;
    }
    return error;
}

static uint32_t bind_memory(uint32_t t, uint32_t f)
{
    uint64_t index = thread_argument(t, 0);
    uint64_t page = thread_argument(t, 1);
    uint64_t pages = thread_argument(t, 2);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_REGION, BH_R_REGION_READ | BH_R_REGION_WRITE);
    uint32_t region = cap_object[slot];

    if (error != BH_E_OK) {
        return error == BH_E_RIGHT ? BH_E_BOUND : error;
    }
    if (pci_memory_pages[f] != 0) {
        return BH_E_EXISTS;
    }
    if (region_partition[region] != pci_partition[f] || pages == 0 ||
        page >= region_frames[region] || pages > region_frames[region] - page) {
        return BH_E_BOUND;
    }
    pci_memory_first[f] = region_first[region] + page;
    pci_memory_pages[f] = pages;
    return BH_E_OK;
}

static uint32_t bind_event(uint32_t t, uint32_t f)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_NOTIFICATION, BH_R_NOTIFICATION_EVENT);

    if (error == BH_E_OK && pci_event_notification[f] != NOBODY) {
        error = BH_E_EXISTS;
    }
    if (error == BH_E_OK && notification_partition[cap_object[slot]] != pci_partition[f]) {
        error = BH_E_BOUND;
    }
    if (error == BH_E_OK) {
        pci_event_notification[f] = cap_object[slot];
        pci_event_badge[f] = cap_badge[slot];
    }
    return error;
}

uint32_t pci_bind(uint32_t t, uint32_t f, uint32_t method)
{
    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    return method == BH_M_PCI_BIND_MEMORY ? bind_memory(t, f) : bind_event(t, f);
}
