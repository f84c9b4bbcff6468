/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back PCI functions, interruption subclasses, the console and the schedule. Belongs to:
 * init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/functions.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

/* Fields of PCI_QUERY. */
#define QUERY_FID 0u
#define QUERY_FIRST_PAGE 5u
#define QUERY_PAGES 6u

/* Parts of PCI_INSPECT. */
#define PART_OWNER 0u
#define PART_MEMORY 1u
#define PART_EVENTS 2u

/* What hardware signals: the notification's number + 1 and the badge, or 0 and 0. */
static bool check_signal(const struct readback *rb, const char *kind, const char *name,
                         const struct sysdesc_signal *signal, const uint64_t got[2])
{
    bool declared = signal->node >= 0;
    uint64_t number = declared ? readback_number(rb, BH_NOTIFICATION, signal->notification) + 1 : 0;

    return readback_same(kind, name, "notification", got[0], number) &&
           readback_same(kind, name, "badge", got[1], declared ? signal->badge : 0);
}

static bool check_field(const struct readback *rb, uint16_t function, uint32_t field,
                        const char *what, uint64_t wanted)
{
    const char *name = rb->init->sys.function[function].name;
    uint64_t value;
    uint64_t error = bh_pci_query(slot_of(&rb->init->sys, BH_PCI, function), field, &value);

    return readback_done(error, "function", name) &&
           readback_same("function", name, what, value, wanted);
}

static bool check_function_owner(const struct readback *rb, uint16_t i,
                                 const struct bh_results *got)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_function *function = &sys->function[i];

    return readback_same("function", function->name, "owner", got->gr3,
                         readback_number(rb, BH_PARTITION, function->partition)) &&
           readback_same("function", function->name, "I/O space", got->gr4,
                         readback_number(rb, BH_IOSPACE, function->space)) &&
           readback_same("function", function->name, "subclass", got->gr5,
                         sys->interrupt[function->interrupt].isc);
}

static bool check_bound_memory(const struct sysdesc *sys, uint16_t i, const struct bh_results *got)
{
    const struct sysdesc_bound *bound = &sys->function[i].bound;
    bool declared = bound->node >= 0;
    uint64_t base = declared ? sys->region[bound->region].base + bound->offset : 0;

    return readback_same("bound memory of", sys->function[i].name, "first frame", got->gr3,
                         base / BH_PAGE_SIZE) &&
           readback_same("bound memory of", sys->function[i].name, "pages", got->gr4,
                         declared ? bound->size / BH_PAGE_SIZE : 0);
}

static bool check_part(const struct readback *rb, uint16_t i, uint32_t part)
{
    const struct sysdesc *sys = &rb->init->sys;
    const char *name = sys->function[i].name;
    struct bh_results got;
    uint64_t error = bh_pci_inspect(slot_of(sys, BH_PCI, i), part, &got);

    if (!readback_done(error, "function", name))
        return false;
    if (part == PART_OWNER)
        return check_function_owner(rb, i, &got);
    if (part == PART_MEMORY)
        return check_bound_memory(sys, i, &got);
    return check_signal(rb, "events of", name, &sys->function[i].events,
                        (const uint64_t[]){got.gr3, got.gr4});
}

static bool check_functions(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint16_t i = 0; i < sys->functions; i++) {
        const struct sysdesc_space *space = &sys->space[sys->function[i].space];
        if (!check_field(rb, i, QUERY_FID, "its id", sys->function[i].fid) ||
            !check_field(rb, i, QUERY_FIRST_PAGE, "first I/O page", space->iova / BH_PAGE_SIZE) ||
            !check_field(rb, i, QUERY_PAGES, "I/O pages", space->size / BH_PAGE_SIZE) ||
            !check_part(rb, i, PART_OWNER) || !check_part(rb, i, PART_MEMORY) ||
            !check_part(rb, i, PART_EVENTS))
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
           readback_same("interruption subclass", declared->name, "owner", results.gr6,
                         readback_number(rb, BH_PARTITION, declared->partition)) &&
           check_signal(rb, "interruption subclass", declared->name, &declared->signal,
                        (const uint64_t[]){results.gr3, results.gr4});
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

static bool check_console(const struct readback *rb)
{
    struct bh_results results;
    uint64_t error = bh_console_inspect(BH_INIT_CONSOLE, &results);

    return readback_done(error, "the", "console") &&
           check_signal(rb, "input of", "the console", &rb->init->sys.console_input,
                        (const uint64_t[]){results.gr3, results.gr4});
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
    return check_functions(rb) && check_interrupts(rb) && check_console(rb) && check_slice(rb) &&
           functions_each(is_at_rest, NULL);
}
