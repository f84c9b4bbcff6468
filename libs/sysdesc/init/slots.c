/* SPDX-License-Identifier: BSD-2-Clause */
/* Init's own capability slots. Belongs to: init. */
#include "libs/sysdesc/init/slots.h"

/* A process has a capability table and a thread under its own index, a space under another. */
static const enum bh_object order[] = {
    BH_PARTITION, BH_REGION,       BH_SPACE, BH_CAPTABLE, BH_THREAD,
    BH_ENDPOINT,  BH_NOTIFICATION, BH_IRQ,   BH_PCI,      BH_VCPU,
};

#define KINDS (sizeof(order) / sizeof(order[0]))

static uint32_t count(const struct sysdesc *sys, enum bh_object type)
{
    switch (type) {
    case BH_PARTITION:
        return sys->partitions;
    case BH_REGION:
        return sys->regions;
    case BH_SPACE:
        return sys->spaces;
    case BH_CAPTABLE:
    case BH_THREAD:
        return sys->processes;
    case BH_ENDPOINT:
        return sys->endpoints;
    case BH_NOTIFICATION:
        return sys->notifications;
    case BH_IRQ:
        return sys->interrupts;
    case BH_PCI:
        return sys->functions;
    case BH_VCPU:
        return sys->guests;
    default:
        return 0;
    }
}

uint32_t slots_objects(const struct sysdesc *sys)
{
    uint32_t objects = 0;

    for (uint32_t i = 0; i < KINDS; i++)
        objects += count(sys, order[i]);
    return objects;
}

static uint32_t slot_of_created(const struct sysdesc *sys, enum bh_object type, uint32_t index)
{
    uint32_t slot = SLOT_FIRST;

    for (uint32_t i = 0; i < KINDS; i++) {
        if (order[i] == type)
            return slot + index;
        slot += count(sys, order[i]);
    }
    return 0;
}

uint32_t slot_of(const struct sysdesc *sys, enum bh_object type, uint32_t index)
{
    switch (type) {
    case BH_CONSOLE:
        return BH_INIT_CONSOLE;
    case BH_SCHEDULE:
        return BH_INIT_SCHEDULE;
    case BH_AUDIT:
        return BH_INIT_AUDIT;
    case BH_IOSPACE:
        return slot_of_created(sys, BH_SPACE, index);
    default:
        return slot_of_created(sys, type, index);
    }
}
