/* SPDX-License-Identifier: BSD-2-Clause */
/* Creates every object that the description declares. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"

static uint32_t owner(const struct sysdesc *sys, uint16_t partition)
{
    return slot_of(sys, BH_PARTITION, partition);
}

static bool create_partitions(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->partitions; i++) {
        uint64_t error = bh_create_partition(BH_INIT_PARTITION, owner(sys, i));
        if (!done(error, "partition", sys->partition[i].name))
            return false;
    }
    return true;
}

static bool create_regions(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->regions; i++) {
        const struct sysdesc_region *region = &sys->region[i];
        uint64_t error = bh_create_region(owner(sys, region->partition), slot_of(sys, BH_REGION, i),
                                          region->base / BH_PAGE_SIZE, region->size / BH_PAGE_SIZE);
        if (!done(error, "region", region->name))
            return false;
    }
    return true;
}

static uint64_t create_space(const struct sysdesc *sys, uint16_t i)
{
    const struct sysdesc_space *space = &sys->space[i];
    uint32_t partition = owner(sys, space->partition);
    uint32_t slot = slot_of(sys, BH_SPACE, i);

    if (space->kind == SYSDESC_SPACE_IO)
        return bh_create_iospace(partition, slot, space->iova / BH_PAGE_SIZE,
                                 space->size / BH_PAGE_SIZE);
    return bh_create_space(partition, slot, sys->process[space->owner].pages);
}

static bool create_spaces(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->spaces; i++) {
        if (!done(create_space(sys, i), "space", sys->space[i].name))
            return false;
    }
    return true;
}

static uint64_t create_process(const struct sysdesc *sys, uint16_t i)
{
    const struct sysdesc_process *process = &sys->process[i];
    uint32_t partition = owner(sys, process->partition);
    uint32_t table = slot_of(sys, BH_CAPTABLE, i);
    uint64_t error = bh_create_captable(partition, table);

    if (error != BH_E_OK)
        return error;
    return bh_create_thread(partition, slot_of(sys, BH_THREAD, i), table,
                            slot_of(sys, BH_SPACE, process->space), process->priority,
                            process->floating_point ? BH_THREAD_FP : 0);
}

static bool create_processes(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->processes; i++) {
        if (!done(create_process(sys, i), "process", sys->process[i].name))
            return false;
    }
    return true;
}

static bool create_endpoints(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->endpoints; i++) {
        const struct sysdesc_endpoint *endpoint = &sys->endpoint[i];
        uint64_t error =
            bh_create_endpoint(owner(sys, endpoint->partition), slot_of(sys, BH_ENDPOINT, i));
        if (!done(error, "endpoint", endpoint->name))
            return false;
    }
    return true;
}

static bool create_notifications(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->notifications; i++) {
        const struct sysdesc_notification *notification = &sys->notification[i];
        uint64_t error = bh_create_notification(owner(sys, notification->partition),
                                                slot_of(sys, BH_NOTIFICATION, i));
        if (!done(error, "notification", notification->name))
            return false;
    }
    return true;
}

static bool create_interrupts(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->interrupts; i++) {
        const struct sysdesc_interrupt *interrupt = &sys->interrupt[i];
        uint64_t error = bh_create_irq(owner(sys, interrupt->partition), slot_of(sys, BH_IRQ, i),
                                       interrupt->isc);
        if (!done(error, "interruption subclass", interrupt->name))
            return false;
    }
    return true;
}

static bool create_functions(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->functions; i++) {
        const struct sysdesc_function *function = &sys->function[i];
        uint64_t error = bh_create_pci(owner(sys, function->partition), slot_of(sys, BH_PCI, i),
                                       function->fid, slot_of(sys, BH_SPACE, function->space),
                                       sys->interrupt[function->interrupt].isc);
        if (!done(error, "PCI function", function->name))
            return false;
    }
    return true;
}

bool create_objects(const struct sysdesc *sys)
{
    return create_partitions(sys) && create_regions(sys) && create_spaces(sys) &&
           create_processes(sys) && create_endpoints(sys) && create_notifications(sys) &&
           create_interrupts(sys) && create_functions(sys);
}
