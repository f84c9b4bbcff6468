/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back which objects there are. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

/* One slot of init's own table: its type must be this, its number goes to number[]. */
static bool read_slot(struct readback *rb, uint32_t slot, enum bh_object type, const char *name)
{
    struct bh_results results;
    uint64_t error = bh_captable_inspect(BH_INIT_CAPTABLE, slot, &results);

    if (!readback_done(error, "object", name) ||
        !readback_same("object", name, "its type", results.gr3, type))
        return false;
    rb->number[slot] = results.gr4;
    return true;
}

static bool read_object(struct readback *rb, enum bh_object type, uint32_t index, const char *name)
{
    return read_slot(rb, slot_of(&rb->init->sys, type, index), type, name);
}

static bool read_single(struct readback *rb)
{
    return read_slot(rb, BH_INIT_PARTITION, BH_PARTITION, "root") &&
           read_slot(rb, BH_INIT_CONSOLE, BH_CONSOLE, "console") &&
           read_slot(rb, BH_INIT_SCHEDULE, BH_SCHEDULE, "schedule") &&
           read_slot(rb, BH_INIT_AUDIT, BH_AUDIT, "audit") &&
           read_slot(rb, SLOT_SPARE, BH_NONE, "spare");
}

static bool read_owners(struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->partitions; i++) {
        if (!read_object(rb, BH_PARTITION, i, sys->partition[i].name))
            return false;
    }
    for (uint32_t i = 0; i < sys->regions; i++) {
        if (!read_object(rb, BH_REGION, i, sys->region[i].name))
            return false;
    }
    return true;
}

static bool read_processes(struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->spaces; i++) {
        enum bh_object type = sys->space[i].kind == SYSDESC_SPACE_IO ? BH_IOSPACE : BH_SPACE;
        if (!read_object(rb, type, i, sys->space[i].name))
            return false;
    }
    for (uint32_t i = 0; i < sys->processes; i++) {
        if (!read_object(rb, BH_CAPTABLE, i, sys->process[i].name) ||
            !read_object(rb, BH_THREAD, i, sys->process[i].name))
            return false;
    }
    return true;
}

static bool read_meeting_points(struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->endpoints; i++) {
        if (!read_object(rb, BH_ENDPOINT, i, sys->endpoint[i].name))
            return false;
    }
    for (uint32_t i = 0; i < sys->notifications; i++) {
        if (!read_object(rb, BH_NOTIFICATION, i, sys->notification[i].name))
            return false;
    }
    return true;
}

static bool read_devices(struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->interrupts; i++) {
        if (!read_object(rb, BH_IRQ, i, sys->interrupt[i].name))
            return false;
    }
    for (uint32_t i = 0; i < sys->functions; i++) {
        if (!read_object(rb, BH_PCI, i, sys->function[i].name))
            return false;
    }
    for (uint32_t i = 0; i < sys->guests; i++) {
        if (!read_object(rb, BH_VCPU, i, sys->guest[i].name))
            return false;
    }
    return true;
}

/* No two described objects of a kind are one object of the kernel. */
static bool check_distinct(const struct readback *rb, enum bh_object type, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (readback_number(rb, type, i) == readback_number(rb, type, j))
                return mismatch("two described objects of type %u are one object", type);
        }
    }
    return true;
}

static bool check_all_distinct(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    return check_distinct(rb, BH_PARTITION, sys->partitions) &&
           check_distinct(rb, BH_REGION, sys->regions) &&
           check_distinct(rb, BH_SPACE, sys->spaces) &&
           check_distinct(rb, BH_CAPTABLE, sys->processes) &&
           check_distinct(rb, BH_THREAD, sys->processes) &&
           check_distinct(rb, BH_ENDPOINT, sys->endpoints) &&
           check_distinct(rb, BH_NOTIFICATION, sys->notifications) &&
           check_distinct(rb, BH_IRQ, sys->interrupts) &&
           check_distinct(rb, BH_PCI, sys->functions) && check_distinct(rb, BH_VCPU, sys->guests);
}

static bool check_partitions(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->partitions; i++) {
        const char *name = sys->partition[i].name;
        struct bh_results results;
        uint64_t error = bh_partition_inspect(slot_of(sys, BH_PARTITION, i), &results);
        if (!readback_done(error, "partition", name) ||
            !readback_same("partition", name, "its number", results.gr3,
                           readback_number(rb, BH_PARTITION, i)) ||
            !readback_same("partition", name, "stopped", results.gr4, 0))
            return false;
        if (results.gr3 == rb->number[BH_INIT_PARTITION])
            return mismatch("partition %s is init's own", name);
    }
    return true;
}

static bool check_regions(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->regions; i++) {
        const struct sysdesc_region *region = &sys->region[i];
        struct bh_results results;
        uint64_t error = bh_region_inspect(slot_of(sys, BH_REGION, i), &results);
        if (!readback_done(error, "region", region->name) ||
            !readback_same("region", region->name, "first frame", results.gr3,
                           region->base / BH_PAGE_SIZE) ||
            !readback_same("region", region->name, "frames", results.gr4,
                           region->size / BH_PAGE_SIZE) ||
            !readback_same("region", region->name, "owner", results.gr5,
                           readback_number(rb, BH_PARTITION, region->partition)))
            return false;
    }
    return true;
}

/* Whose an object is, which the kernel tells by the number of a partition. */
static bool check_owner(const struct readback *rb, const char *kind, const char *name, uint64_t got,
                        uint16_t partition)
{
    return readback_same(kind, name, "owner", got, readback_number(rb, BH_PARTITION, partition));
}

static bool check_tables(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->processes; i++) {
        const struct sysdesc_process *process = &sys->process[i];
        uint64_t owner;
        uint64_t error = bh_captable_owner(slot_of(sys, BH_CAPTABLE, i), &owner);
        if (!readback_done(error, "capability table of", process->name) ||
            !check_owner(rb, "capability table of", process->name, owner, process->partition))
            return false;
    }
    return true;
}

static bool check_endpoints(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->endpoints; i++) {
        const struct sysdesc_endpoint *endpoint = &sys->endpoint[i];
        uint64_t owner;
        uint64_t error = bh_endpoint_inspect(slot_of(sys, BH_ENDPOINT, i), &owner);
        if (!readback_done(error, "endpoint", endpoint->name) ||
            !check_owner(rb, "endpoint", endpoint->name, owner, endpoint->partition))
            return false;
    }
    return true;
}

/* The kernel's number of the thread that a notification is bound to + 1, or 0. */
static uint64_t bound_thread(const struct readback *rb, uint32_t notification)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->processes; i++) {
        if (sys->process[i].bound_notification == notification)
            return readback_number(rb, BH_THREAD, i) + 1;
    }
    return 0;
}

static bool check_notifications(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t i = 0; i < sys->notifications; i++) {
        const struct sysdesc_notification *notification = &sys->notification[i];
        struct bh_results results;
        uint64_t error = bh_notification_inspect(slot_of(sys, BH_NOTIFICATION, i), &results);
        if (!readback_done(error, "notification", notification->name) ||
            !check_owner(rb, "notification", notification->name, results.gr3,
                         notification->partition) ||
            !readback_same("notification", notification->name, "its thread", results.gr4,
                           bound_thread(rb, i)))
            return false;
    }
    return true;
}

bool verify_objects(struct readback *rb)
{
    return read_single(rb) && read_owners(rb) && read_processes(rb) && read_meeting_points(rb) &&
           read_devices(rb) && check_all_distinct(rb) && check_partitions(rb) &&
           check_regions(rb) && check_tables(rb) && check_endpoints(rb) && check_notifications(rb);
}
