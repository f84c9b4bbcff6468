/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: creation of objects. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdlib.h>

#include "tests/unit/init/toy.h"

#define ALL_RIGHTS 0xffu

static void put(const uint64_t *a, enum bh_object type, uint64_t object)
{
#define RIGHT(of, name, value, text) +(BH_##of == type ? (uint64_t)(value) : 0)
    uint64_t rights = 0
#include "libs/abi/rights.def"
        ;
#undef RIGHT

    toy.cap[0][a[0]] = (struct toy_cap){type, object, rights, 0};
}

static bool overlaps(uint64_t first, uint64_t frames)
{
    for (uint64_t i = 0; i < toy.regions; i++) {
        const struct toy_region *region = &toy.region[i];
        if (first < region->first + region->frames && region->first < first + frames)
            return true;
    }
    return false;
}

static uint64_t create_region(uint64_t partition, const uint64_t *a)
{
    if (a[2] == 0 || a[1] < TOY_FIRST_FRAME || a[1] + a[2] > TOY_MEMORY / BH_PAGE_SIZE)
        return BH_E_RANGE;
    if (overlaps(a[1], a[2]))
        return BH_E_BOUND;
    toy.region[toy.regions] = (struct toy_region){a[1], a[2], partition};
    put(a, BH_REGION, toy.regions++);
    return BH_E_OK;
}

static uint64_t create_space(uint64_t partition, const uint64_t *a, bool io)
{
    uint64_t pages = io ? a[2] : a[1];

    if (pages == 0 || pages % BH_BATCH != 0 || (io && a[1] % BH_BATCH != 0))
        return BH_E_ARG;
    toy.space[toy.spaces] = (struct toy_space){
        .io = io, .owner = partition, .base = io ? a[1] : 0, .pages = pages, .function = TOY_NONE};
    toy.space[toy.spaces].leaf = calloc(pages, sizeof(struct toy_leaf));
    assert_non_null(toy.space[toy.spaces].leaf);
    put(a, io ? BH_IOSPACE : BH_SPACE, toy.spaces++);
    return BH_E_OK;
}

static uint64_t create_thread(uint64_t partition, const uint64_t *a)
{
    struct toy_thread *thread = &toy.thread[toy.threads];
    uint64_t table, space;
    uint64_t error = toy_own(a[1], BH_CAPTABLE, 0, &table);

    if (error == BH_E_OK)
        error = toy_own(a[2], BH_SPACE, 0, &space);
    if (error != BH_E_OK)
        return error;
    if (toy.table_owner[table] != partition || toy.space[space].owner != partition)
        return BH_E_BOUND;
    *thread = (struct toy_thread){.owner = partition,
                                  .table = table,
                                  .space = space,
                                  .priority = a[3],
                                  .flags = a[4],
                                  .bound = TOY_NONE};
    for (uint32_t reason = 0; reason < BH_REASONS; reason++)
        thread->portal[reason].endpoint = TOY_NONE;
    put(a, BH_THREAD, toy.threads++);
    return BH_E_OK;
}

static uint64_t create_plain(uint64_t partition, uint64_t method, const uint64_t *a)
{
    switch (method) {
    case BH_M_PARTITION_CREATE_PARTITION:
        put(a, BH_PARTITION, toy.partitions++);
        return BH_E_OK;
    case BH_M_PARTITION_CREATE_CAPTABLE:
        toy.table_owner[toy.tables] = partition;
        put(a, BH_CAPTABLE, toy.tables++);
        return BH_E_OK;
    case BH_M_PARTITION_CREATE_ENDPOINT:
        toy.endpoint_owner[toy.endpoints] = partition;
        put(a, BH_ENDPOINT, toy.endpoints++);
        return BH_E_OK;
    case BH_M_PARTITION_CREATE_NOTIFICATION:
        toy.notification_owner[toy.notifications] = partition;
        put(a, BH_NOTIFICATION, toy.notifications++);
        return BH_E_OK;
    default:
        fail_msg("init never creates with method %u", (unsigned)method);
        return BH_E_METHOD;
    }
}

static uint64_t create_pci(uint64_t partition, const uint64_t *a)
{
    uint64_t error = toy_pci_create(partition, a);

    if (error == BH_E_OK)
        put(a, BH_PCI, toy.functions - 1);
    return error;
}

static uint64_t create_vcpu(uint64_t partition, const uint64_t *a)
{
    uint64_t error = toy_vcpu_create(partition, a);

    if (error == BH_E_OK)
        put(a, BH_VCPU, toy.vcpus++);
    return error;
}

static uint64_t create_irq(uint64_t partition, const uint64_t *a)
{
    uint64_t error = toy_irq_create(partition, a);

    if (error == BH_E_OK)
        put(a, BH_IRQ, a[1]);
    return error;
}

uint64_t toy_create(uint64_t partition, uint64_t method, const uint64_t *a)
{
    if (a[0] >= BH_SLOTS)
        return BH_E_ARG;
    if (toy.cap[0][a[0]].type != BH_NONE)
        return BH_E_EXISTS;
    switch (method) {
    case BH_M_PARTITION_CREATE_REGION:
        return create_region(partition, a);
    case BH_M_PARTITION_CREATE_SPACE:
        return create_space(partition, a, false);
    case BH_M_PARTITION_CREATE_IOSPACE:
        return create_space(partition, a, true);
    case BH_M_PARTITION_CREATE_THREAD:
        return create_thread(partition, a);
    case BH_M_PARTITION_CREATE_PCI:
        return create_pci(partition, a);
    case BH_M_PARTITION_CREATE_VCPU:
        return create_vcpu(partition, a);
    case BH_M_PARTITION_CREATE_IRQ:
        return create_irq(partition, a);
    default:
        return create_plain(partition, method, a);
    }
}
