/* SPDX-License-Identifier: BSD-2-Clause */
/* The canonical lines of everything that will exist. Belongs to: init and host tool. */
#include "libs/sysdesc/line_names.h"
#include "libs/sysdesc/names.h"

struct output {
    const struct sysdesc *sys;
    void (*line)(void *context, const char *text);
    void *context;
};

static void put(const struct output *out, const struct sysdesc_text *text)
{
    out->line(out->context, text->at);
}

static void put_partitions(const struct output *out)
{
    for (uint16_t p = 0; p < out->sys->partitions; p++) {
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "partition %s", out->sys->partition[p].name);
        put(out, &text);
    }
}

static void put_regions(const struct output *out)
{
    for (uint16_t r = 0; r < out->sys->regions; r++) {
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "region");
        line_add_region(out->sys, &text, r);
        sysdesc_add(&text, " base 0x%lx size 0x%lx", out->sys->region[r].base,
                    out->sys->region[r].size);
        put(out, &text);
    }
}

static void put_spaces(const struct output *out)
{
    for (uint16_t s = 0; s < out->sys->spaces; s++) {
        const struct sysdesc_space *space = &out->sys->space[s];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, space->kind == SYSDESC_SPACE_IO ? "iospace" : "space");
        line_add_space(out->sys, &text, s);
        if (space->kind == SYSDESC_SPACE_IO)
            sysdesc_add(&text, " iova 0x%lx size 0x%lx", space->iova, space->size);
        else
            sysdesc_add(&text, " pages %lu", out->sys->process[space->owner].pages);
        put(out, &text);
    }
}

static void put_windows(const struct output *out)
{
    for (uint16_t w = 0; w < out->sys->windows; w++) {
        const struct sysdesc_window *window = &out->sys->window[w];
        bool io = out->sys->space[window->space].kind == SYSDESC_SPACE_IO;
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, io ? "iowindow" : "window");
        line_add_space(out->sys, &text, window->space);
        sysdesc_add(&text, " %lu region", (uint64_t)window->number);
        line_add_region(out->sys, &text, window->region);
        sysdesc_add(&text, " offset 0x%lx size 0x%lx rights ", window->offset, window->size);
        name_add_rights(&text, BH_REGION, window->rights);
        put(out, &text);
    }
}

static void put_endpoints(const struct output *out)
{
    for (uint16_t e = 0; e < out->sys->endpoints; e++) {
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "endpoint");
        line_add_endpoint(out->sys, &text, e);
        put(out, &text);
    }
}

static void put_notifications(const struct output *out)
{
    for (uint16_t n = 0; n < out->sys->notifications; n++) {
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "notification");
        line_add_notification(out->sys, &text, n);
        put(out, &text);
    }
}

static void put_threads(const struct output *out)
{
    for (uint16_t p = 0; p < out->sys->processes; p++) {
        const struct sysdesc_process *process = &out->sys->process[p];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "thread");
        line_add_process(out->sys, &text, p);
        sysdesc_add(&text, " priority %lu%s", (uint64_t)process->priority,
                    process->floating_point ? " floating-point" : "");
        if (process->bound_notification != SYSDESC_NONE) {
            sysdesc_add(&text, " bound");
            line_add_notification(out->sys, &text, process->bound_notification);
        }
        put(out, &text);
    }
}

static void put_portals(const struct output *out)
{
    for (uint16_t p = 0; p < out->sys->portals; p++) {
        const struct sysdesc_portal *portal = &out->sys->portal[p];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, portal->guest ? "guest-portal" : "portal");
        if (portal->guest)
            line_add_name(out->sys, &text, out->sys->guest[portal->of].partition,
                          out->sys->guest[portal->of].name);
        else
            line_add_process(out->sys, &text, portal->of);
        sysdesc_add(&text, " %s endpoint", portal->name);
        line_add_endpoint(out->sys, &text, portal->endpoint);
        sysdesc_add(&text, " badge 0x%lx deadline %lu", portal->badge, portal->deadline);
        put(out, &text);
    }
}

static void put_interrupts(const struct output *out)
{
    for (uint16_t i = 0; i < out->sys->interrupts; i++) {
        const struct sysdesc_interrupt *interrupt = &out->sys->interrupt[i];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "irq %s subclass %lu", out->sys->partition[interrupt->partition].name,
                    (uint64_t)interrupt->isc);
        line_add_signal(out->sys, &text, &interrupt->signal);
        put(out, &text);
    }
}

static void put_functions(const struct output *out)
{
    for (uint16_t f = 0; f < out->sys->functions; f++) {
        const struct sysdesc_function *function = &out->sys->function[f];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "pci");
        line_add_name(out->sys, &text, function->partition, function->name);
        sysdesc_add(&text, " fid 0x%lx subclass %lu", (uint64_t)function->fid,
                    (uint64_t)out->sys->interrupt[function->interrupt].isc);
        line_add_signal(out->sys, &text, &function->events);
        if (function->bound.node >= 0) {
            sysdesc_add(&text, " region");
            line_add_region(out->sys, &text, function->bound.region);
            sysdesc_add(&text, " offset 0x%lx size 0x%lx", function->bound.offset,
                        function->bound.size);
        }
        put(out, &text);
    }
}

static void put_machine(const struct output *out)
{
    struct sysdesc_text console = {.used = 0};
    struct sysdesc_text schedule = {.used = 0};

    sysdesc_add(&console, "console");
    line_add_signal(out->sys, &console, &out->sys->console_input);
    put(out, &console);
    sysdesc_add(&schedule, "schedule slice %lu", out->sys->schedule.slice);
    put(out, &schedule);
}

static void put_guests(const struct output *out)
{
    for (uint16_t g = 0; g < out->sys->guests; g++) {
        const struct sysdesc_guest *guest = &out->sys->guest[g];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "guest");
        line_add_name(out->sys, &text, guest->partition, guest->name);
        sysdesc_add(&text, " region");
        line_add_region(out->sys, &text, guest->region);
        sysdesc_add(&text, " vmm");
        line_add_process(out->sys, &text, guest->vmm);
        sysdesc_add(&text, " priority %lu tables %lu", (uint64_t)guest->priority,
                    (uint64_t)guest->tables);
        for (uint16_t f = 0; f < guest->functions; f++)
            sysdesc_add(&text, "%s%s", f == 0 ? " functions " : ",",
                        out->sys->function[guest->function[f]].name);
        put(out, &text);
    }
}

static void put_caps(const struct output *out)
{
    for (uint16_t c = 0; c < out->sys->caps; c++) {
        const struct sysdesc_cap *cap = &out->sys->cap[c];
        struct sysdesc_text text = {.used = 0};

        sysdesc_add(&text, "cap");
        line_add_process(out->sys, &text, cap->process);
        sysdesc_add(&text, " %lu ", (uint64_t)cap->slot);
        name_add_type(&text, cap->object.type);
        line_add_object(out->sys, &text, cap->object);
        sysdesc_add(&text, " ");
        name_add_rights(&text, cap->object.type, cap->rights);
        sysdesc_add(&text, " 0x%lx", cap->badge);
        put(out, &text);
    }
}

void sysdesc_lines(const struct sysdesc *sys, void (*line)(void *context, const char *text),
                   void *context)
{
    struct output out = {sys, line, context};

    put_partitions(&out);
    put_regions(&out);
    put_spaces(&out);
    put_windows(&out);
    put_endpoints(&out);
    put_notifications(&out);
    put_threads(&out);
    put_portals(&out);
    put_interrupts(&out);
    put_functions(&out);
    put_machine(&out);
    put_guests(&out);
    put_caps(&out);
}
