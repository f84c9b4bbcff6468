/* SPDX-License-Identifier: BSD-2-Clause */
/* Creation of objects. Belongs to: kernel. */
#include "kernel/object/create.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_create.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/region.h"
#include "kernel/object/thread.h"
#include "kernel/object/thread_setup.h"
#include "kernel/object/vcpu.h"

#define IO_PAGE_LIMIT 0x40000000u /* pages below 2^42 */

#define RIGHT(object, name, value, text) +(BH_##object == type ? (value) : 0u)
uint32_t create_rights(uint32_t type)
{
    return 0u
#include "libs/abi/rights.def"
        ;
}
#undef RIGHT

static void put(uint32_t t, uint32_t type, uint32_t object)
{
    cap_put(cap_slot(thread_captable(t), thread_argument(t, 0)), type, object, create_rights(type),
            0);
}

static uint32_t create_partition(uint32_t t)
{
    if (partition_count >= PARTITIONS) {
        return BH_E_FULL;
    }
    put(t, BH_PARTITION, partition_count);
    partition_count++;
    return BH_E_OK;
}

static uint32_t create_region(uint32_t t, uint32_t p)
{
    uint64_t first = thread_argument(t, 1);
    uint64_t frames = thread_argument(t, 2);
    uint32_t error = region_check(first, frames);

    if (error == BH_E_OK && region_count >= REGIONS) {
        error = BH_E_FULL;
    }
    if (error == BH_E_OK) {
        put(t, BH_REGION, region_create(p, first, frames));
    }
    return error;
}

/* A size or base in whole page tables. */
static uint32_t whole_tables(uint64_t pages)
{
    return pages % BH_BATCH == 0 ? 1u : 0u;
}

static uint32_t create_space(uint32_t t, uint32_t p)
{
    uint64_t pages = thread_argument(t, 1);

    if (pages == 0 || whole_tables(pages) == 0 || pages > TABLE_ENTRIES * (uint64_t)BH_BATCH) {
        return BH_E_ARG;
    }
    if (space_count >= SPACES || table_available(pages / BH_BATCH, 1, 0) == 0) {
        return BH_E_FULL;
    }
    put(t, BH_SPACE, space_create(p, pages));
    return BH_E_OK;
}

static uint32_t create_iospace(uint32_t t, uint32_t p)
{
    uint64_t base = thread_argument(t, 1);
    uint64_t pages = thread_argument(t, 2);

    if (pages == 0 || whole_tables(pages) == 0 || whole_tables(base) == 0 ||
        base >= IO_PAGE_LIMIT || pages > IO_PAGE_LIMIT - base) {
        return BH_E_ARG;
    }
    if (space_count >= SPACES ||
        table_available(pages / BH_BATCH, iospace_segments(base, pages), 1) == 0) {
        return BH_E_FULL;
    }
    put(t, BH_IOSPACE, iospace_create(p, base, pages));
    return BH_E_OK;
}

static uint32_t create_captable(uint32_t t, uint32_t p)
{
    if (captable_count >= CAPTABLE_EMPTY) {
        return BH_E_FULL;
    }
    captable_partition[captable_count] = p;
    put(t, BH_CAPTABLE, captable_count);
    captable_count++;
    return BH_E_OK;
}

/* The parts must belong to the thread's own partition: authority and memory are not lent.
 * Who makes a thread decides what the table gives and what the space shows: hence these rights. */
static uint32_t check_thread_parts(uint32_t t, uint32_t p, uint32_t table_slot, uint32_t space_slot)
{
    uint32_t error = cap_check(table_slot, thread_argument(t, 1), BH_CAPTABLE, BH_R_CAPTABLE_GRANT);

    if (error == BH_E_OK) {
        error = cap_check(space_slot, thread_argument(t, 2), BH_SPACE, BH_R_SPACE_WINDOW);
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (captable_partition[cap_object[table_slot]] != p ||
        space_partition[cap_object[space_slot]] != p) {
        return BH_E_BOUND;
    }
    return BH_E_OK;
}

static uint32_t create_thread(uint32_t t, uint32_t p)
{
    uint32_t table_slot = cap_slot(thread_captable(t), thread_argument(t, 1));
    uint32_t space_slot = cap_slot(thread_captable(t), thread_argument(t, 2));
    uint64_t priority = thread_argument(t, 3);
    uint64_t flags = thread_argument(t, 4);
    uint32_t error = check_thread_parts(t, p, table_slot, space_slot);

    if (priority >= BH_PRIORITIES || flags > BH_THREAD_FP) {
        return BH_E_ARG;
    }
    if (error == BH_E_OK && thread_count >= THREADS) {
        error = BH_E_FULL;
    }
    if (error == BH_E_OK) {
        put(t, BH_THREAD,
            thread_create(p, cap_object[table_slot], cap_object[space_slot], (uint32_t)priority,
                          (uint32_t)flags));
    }
    return error;
}

static uint32_t create_endpoint(uint32_t t, uint32_t p)
{
    if (endpoint_count >= ENDPOINTS) {
        return BH_E_FULL;
    }
    endpoint_partition[endpoint_count] = p;
    put(t, BH_ENDPOINT, endpoint_count);
    endpoint_count++;
    return BH_E_OK;
}

static uint32_t create_notification(uint32_t t, uint32_t p)
{
    if (notification_count >= NOTIFICATIONS) {
        return BH_E_FULL;
    }
    notification_partition[notification_count] = p;
    notification_bound[notification_count] = NOBODY;
    put(t, BH_NOTIFICATION, notification_count);
    notification_count++;
    return BH_E_OK;
}

static uint32_t create_irq(uint32_t t, uint32_t p)
{
    uint64_t isc = thread_argument(t, 1);
    uint32_t i = (uint32_t)(isc % ADAPTER_INTERRUPTS);

    if (isc >= ADAPTER_INTERRUPTS) {
        return BH_E_ARG;
    }
    if (adapter_partition[i] != NOBODY) {
        return BH_E_EXISTS;
    }
    adapter_create(p, i);
    put(t, BH_IRQ, i);
    return BH_E_OK;
}

static uint32_t create_vcpu(uint32_t t, uint32_t p)
{
    uint32_t vcpu = NOBODY;
    uint32_t error = vcpu_create(t, p, &vcpu);

    if (error == BH_E_OK) {
        put(t, BH_VCPU, vcpu);
    }
    return error;
}

static uint32_t create_pci(uint32_t t, uint32_t p)
{
    uint32_t function = NOBODY;
    uint32_t error = pci_create(t, p, &function);

    if (error == BH_E_OK) {
        put(t, BH_PCI, function);
    }
    return error;
}

uint32_t create_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    uint32_t error = cap_check_empty(thread_captable(t), thread_argument(t, 0));

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error != BH_E_OK) {
        return error;
    }
    switch (method) {
    case BH_M_PARTITION_CREATE_PARTITION:
        return create_partition(t);
    case BH_M_PARTITION_CREATE_REGION:
        return create_region(t, object);
    case BH_M_PARTITION_CREATE_SPACE:
        return create_space(t, object);
    case BH_M_PARTITION_CREATE_IOSPACE:
        return create_iospace(t, object);
    case BH_M_PARTITION_CREATE_CAPTABLE:
        return create_captable(t, object);
    case BH_M_PARTITION_CREATE_THREAD:
        return create_thread(t, object);
    case BH_M_PARTITION_CREATE_ENDPOINT:
        return create_endpoint(t, object);
    case BH_M_PARTITION_CREATE_NOTIFICATION:
        return create_notification(t, object);
    case BH_M_PARTITION_CREATE_VCPU:
        return create_vcpu(t, object);
    case BH_M_PARTITION_CREATE_PCI:
        return create_pci(t, object);
    case BH_M_PARTITION_CREATE_IRQ:
        return create_irq(t, object);
    default:
        return BH_E_METHOD;
    }
}

uint32_t create_objects(void)
{
    return partition_count + region_count + space_count + captable_count + thread_count +
           endpoint_count + notification_count + pci_count + adapter_count() + vcpu_count;
}
