/* SPDX-License-Identifier: BSD-2-Clause */
/* Connects objects: windows, bindings, portals, capabilities. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/model.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"

#define ALL_RIGHTS UINT32_MAX

static uint64_t add_window(const struct sysdesc *sys, const struct sysdesc_window *window,
                           uint64_t *number)
{
    uint32_t space = slot_of(sys, BH_SPACE, window->space);
    uint32_t region = slot_of(sys, BH_REGION, window->region);
    uint64_t page = window->offset / BH_PAGE_SIZE;
    uint64_t pages = window->size / BH_PAGE_SIZE;

    if (sys->space[window->space].kind == SYSDESC_SPACE_IO)
        return bh_iospace_add_window(space, region, page, pages, window->rights, number);
    return bh_space_add_window(space, region, page, pages, window->rights, number);
}

/* In the order of their numbers, because the kernel counts them as they come. */
static bool add_windows_of(const struct sysdesc *sys, uint16_t space)
{
    for (uint32_t number = 0; number < sys->space[space].windows; number++) {
        const struct sysdesc_window *window = model_window(sys, space, number);
        uint64_t got = number;
        uint64_t error = window ? add_window(sys, window, &got) : BH_E_ARG;
        if (!done(error, "window of", sys->space[space].name))
            return false;
        if (got != number)
            return refuse("window %u of %s got another number", number, sys->space[space].name);
    }
    return true;
}

bool add_windows(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->spaces; i++) {
        if (!add_windows_of(sys, i))
            return false;
    }
    return true;
}

/* A badge belongs to a capability, so what binds with a badge uses a copy in the spare slot. */
static uint64_t lend(const struct sysdesc *sys, enum bh_object type, uint16_t index, uint64_t badge)
{
    return bh_captable_grant(BH_INIT_CAPTABLE, SLOT_SPARE, slot_of(sys, type, index), ALL_RIGHTS,
                             badge);
}

static uint64_t take_back(uint64_t error)
{
    uint64_t dropped = bh_captable_drop(BH_INIT_CAPTABLE, SLOT_SPARE);

    return error != BH_E_OK ? error : dropped;
}

static bool bind_threads(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->processes; i++) {
        uint16_t notification = sys->process[i].bound_notification;
        if (notification == SYSDESC_NONE)
            continue;
        uint64_t error =
            bh_thread_bind(slot_of(sys, BH_THREAD, i), slot_of(sys, BH_NOTIFICATION, notification));
        if (!done(error, "bound notification of", sys->process[i].name))
            return false;
    }
    return true;
}

static bool bind_interrupts(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->interrupts; i++) {
        const struct sysdesc_signal *signal = &sys->interrupt[i].signal;
        uint64_t error = lend(sys, BH_NOTIFICATION, signal->notification, signal->badge);
        if (error == BH_E_OK)
            error = take_back(bh_irq_bind(slot_of(sys, BH_IRQ, i), SLOT_SPARE));
        if (!done(error, "signal of", sys->interrupt[i].name))
            return false;
    }
    return true;
}

static uint64_t bind_memory(const struct sysdesc *sys, uint16_t function)
{
    const struct sysdesc_bound *bound = &sys->function[function].bound;

    if (bound->node < 0)
        return BH_E_OK;
    return bh_pci_bind_memory(slot_of(sys, BH_PCI, function),
                              slot_of(sys, BH_REGION, bound->region), bound->offset / BH_PAGE_SIZE,
                              bound->size / BH_PAGE_SIZE);
}

static uint64_t bind_events(const struct sysdesc *sys, uint16_t function)
{
    const struct sysdesc_signal *signal = &sys->function[function].events;

    if (signal->node < 0)
        return BH_E_OK;
    uint64_t error = lend(sys, BH_NOTIFICATION, signal->notification, signal->badge);
    if (error != BH_E_OK)
        return error;
    return take_back(bh_pci_bind_event(slot_of(sys, BH_PCI, function), SLOT_SPARE));
}

static bool bind_functions(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->functions; i++) {
        if (!done(bind_memory(sys, i), "bound memory of", sys->function[i].name) ||
            !done(bind_events(sys, i), "events of", sys->function[i].name))
            return false;
    }
    return true;
}

static uint64_t bind_portal(const struct sysdesc *sys, const struct sysdesc_portal *portal)
{
    if (portal->guest)
        return bh_vcpu_portal(slot_of(sys, BH_VCPU, portal->of), portal->reason, SLOT_SPARE,
                              portal->deadline);
    return bh_thread_portal(slot_of(sys, BH_THREAD, portal->of), portal->reason, SLOT_SPARE,
                            portal->deadline);
}

static bool bind_portals(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->portals; i++) {
        const struct sysdesc_portal *portal = &sys->portal[i];
        uint64_t error = lend(sys, BH_ENDPOINT, portal->endpoint, portal->badge);
        if (error == BH_E_OK)
            error = take_back(bind_portal(sys, portal));
        if (!done(error, "portal of",
                  portal->guest ? sys->guest[portal->of].name : sys->process[portal->of].name))
            return false;
    }
    return true;
}

static bool bind_console(const struct sysdesc *sys)
{
    const struct sysdesc_signal *signal = &sys->console_input;

    if (signal->node < 0)
        return true;
    uint64_t error = lend(sys, BH_NOTIFICATION, signal->notification, signal->badge);
    if (error == BH_E_OK)
        error = take_back(bh_console_bind(BH_INIT_CONSOLE, SLOT_SPARE));
    return done(error, "input of", "the console");
}

static bool set_slice(const struct sysdesc *sys)
{
    return done(bh_schedule_set_slice(BH_INIT_SCHEDULE, sys->schedule.slice), "slice of",
                "the schedule");
}

bool bind_all(const struct sysdesc *sys)
{
    return bind_threads(sys) && bind_interrupts(sys) && bind_functions(sys) && bind_portals(sys) &&
           bind_console(sys) && set_slice(sys);
}

bool grant_all(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->caps; i++) {
        const struct sysdesc_cap *cap = &sys->cap[i];
        uint64_t error = bh_captable_grant(slot_of(sys, BH_CAPTABLE, cap->process), cap->slot,
                                           slot_of(sys, cap->object.type, cap->object.index),
                                           cap->rights, cap->badge);
        if (!done(error, "capability", cap->name))
            return false;
    }
    return true;
}
