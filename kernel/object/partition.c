/* SPDX-License-Identifier: BSD-2-Clause */
/* Partitions: seal, stop, inspection. Belongs to: kernel. */
#include "kernel/object/partition.h"
#include "kernel/object/audit.h"
#include "kernel/object/captable.h"
#include "kernel/object/create.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/pci_discovery.h"
#include "kernel/object/pci_stop.h"
#include "kernel/object/servers.h"
#include "kernel/object/thread.h"

uint32_t partition_stopped[PARTITIONS];
uint32_t partition_count;
uint32_t partition_sealed;

/* Whether thread t waits at an endpoint of partition p that nobody will serve any more. */
static uint32_t waits_for(uint32_t t, uint32_t p)
{
    return thread_state(t) == THREAD_CALLING && endpoint_partition[thread_object(t)] == p ? 1u : 0u;
}

/* Its functions are disabled later, in steps: hardware may be slow, and this is somebody else's
 * time. Until then they reach the memory of this partition alone. */
static void stop_one(uint32_t p, uint32_t cause, uint32_t t)
{
    uint32_t i;

    if (partition_stopped[p] != 0) {
        return;
    }
    partition_stopped[p] = 1;
    audit_add(BH_AUDIT_PARTITION_STOP, t, cause, p);
    pci_stop_partition(p);
    for (i = 0; i < thread_count; i++) {
        if (thread_partition(i) == p) {
            (void)thread_end(i);
        }
    }
    for (i = 0; i < thread_count; i++) {
        if (waits_for(i, p) != 0) {
            thread_release(i, BH_E_STOPPED);
        }
    }
}

/* A thread whose event was held by a thread that ended; or NOBODY. */
static uint32_t find_orphan(void)
{
    uint32_t i;

    for (i = 0; i < thread_count; i++) {
        if (thread_state(i) == THREAD_ANSWERING && thread_server(i) == NOBODY) {
            return i;
        }
    }
    return NOBODY;
}

/* A partition may have handled events of others: they cannot go on either. */
void partition_stop(uint32_t p, uint32_t cause, uint32_t t)
{
    uint32_t orphan;
    uint32_t i;

    stop_one(p, cause, t);
    for (i = 0; i < PARTITIONS; i++) {
        orphan = find_orphan();
        if (orphan == NOBODY) {
            return;
        }
        stop_one((uint32_t)thread_partition(orphan), cause, orphan);
    }
}

static uint32_t count_capabilities(void)
{
    uint32_t count = 0;
    uint32_t i;

    for (i = 0; i < CAP_SLOTS; i++) {
        count += cap_type[i] != BH_NONE ? 1u : 0u;
    }
    return count;
}

static uint32_t seal(uint32_t t)
{
    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    partition_sealed = 1;
    servers_seal();
    audit_add(BH_AUDIT_SEAL, t, count_capabilities(), create_objects());
    return BH_E_OK;
}

static uint32_t stop(uint32_t t, uint32_t object)
{
    if (object == PARTITION_ROOT) {
        return BH_E_STATE;
    }
    partition_stop(object, BH_AUDIT_PARTITION_STOP, t);
    return BH_E_OK;
}

uint32_t partition_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_PARTITION_STOP:
        return stop(t, object);
    case BH_M_PARTITION_INSPECT:
        thread_result(t, 0, object);
        thread_result(t, 1, partition_stopped[object]);
        thread_result(t, 2, pci_not_confirmed(object));
        return BH_E_OK;
    case BH_M_PARTITION_CLP:
        return pci_discover(t);
    case BH_M_PARTITION_SEAL:
        return seal(t);
    default:
        return create_invoke(t, object, method);
    }
}
