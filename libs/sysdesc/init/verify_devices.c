/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back PCI functions, interruption subclasses and the schedule. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/functions.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

/* Fields of PCI_QUERY. */
#define QUERY_FID 0u
#define QUERY_FIRST_PAGE 5u
#define QUERY_PAGES 6u

static bool check_field(const struct readback *rb, uint16_t function, uint32_t field,
                        const char *what, uint64_t wanted)
{
    const char *name = rb->init->sys.function[function].name;
    uint64_t value;
    uint64_t error = bh_pci_query(slot_of(&rb->init->sys, BH_PCI, function), field, &value);

    return readback_done(error, "function", name) &&
           readback_same("function", name, what, value, wanted);
}

static bool check_functions(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint16_t i = 0; i < sys->functions; i++) {
        const struct sysdesc_space *space = &sys->space[sys->function[i].space];
        if (!check_field(rb, i, QUERY_FID, "its id", sys->function[i].fid) ||
            !check_field(rb, i, QUERY_FIRST_PAGE, "first I/O page", space->iova / BH_PAGE_SIZE) ||
            !check_field(rb, i, QUERY_PAGES, "I/O pages", space->size / BH_PAGE_SIZE))
            return false;
    }
    return true;
}

/* A subclass is its own object number. */
static bool check_interrupt(const struct readback *rb, uint16_t i)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_interrupt *declared = &sys->interrupt[i];
    struct bh_results results;
    uint64_t error = bh_irq_inspect(slot_of(sys, BH_IRQ, i), &results);

    return readback_done(error, "interruption subclass", declared->name) &&
           readback_same("interruption subclass", declared->name, "its number",
                         readback_number(rb, BH_IRQ, i), declared->isc) &&
           readback_same("interruption subclass", declared->name, "notification", results.gr3,
                         readback_number(rb, BH_NOTIFICATION, declared->signal.notification) + 1) &&
           readback_same("interruption subclass", declared->name, "badge", results.gr4,
                         declared->signal.badge);
}

static bool check_interrupts(const struct readback *rb)
{
    for (uint16_t i = 0; i < rb->init->sys.interrupts; i++) {
        if (!check_interrupt(rb, i))
            return false;
    }
    return true;
}

static bool is_at_rest(void *context, const struct clp_entry *entry)
{
    (void)context;
    return !functions_enabled(entry->fh) || mismatch("function fid %u is enabled", entry->fid);
}

static bool check_slice(const struct readback *rb)
{
    struct bh_results results;
    uint64_t error = bh_schedule_inspect(BH_INIT_SCHEDULE, &results);

    return readback_done(error, "the", "schedule") &&
           readback_same("the", "schedule", "its slice", results.gr3, rb->init->sys.schedule.slice);
}

bool verify_devices(const struct readback *rb)
{
    return check_functions(rb) && check_interrupts(rb) && check_slice(rb) &&
           functions_each(is_at_rest, NULL);
}
