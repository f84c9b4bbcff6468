/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what must hold of every model that was accepted. */
#include "tests/unit/sysdesc/sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PAGE UINT64_C(4096)

static void is_name(const char *name)
{
    size_t length = strnlen(name, SYSDESC_NAME);

    assert_true(length > 0 && length < SYSDESC_NAME);
}

static void counts(const struct sysdesc *sys)
{
    assert_in_range(sys->partitions, 1, SYSDESC_PARTITIONS);
    assert_true(sys->regions <= SYSDESC_REGIONS);
    assert_true(sys->processes <= SYSDESC_PROCESSES);
    assert_true(sys->spaces <= SYSDESC_SPACES);
    assert_true(sys->windows <= SYSDESC_WINDOWS);
    assert_true(sys->portals <= SYSDESC_PORTALS);
    assert_true(sys->endpoints <= SYSDESC_ENDPOINTS);
    assert_true(sys->notifications <= SYSDESC_NOTIFICATIONS);
    assert_true(sys->interrupts <= SYSDESC_INTERRUPTS);
    assert_true(sys->functions <= SYSDESC_FUNCTIONS);
    assert_true(sys->channels <= SYSDESC_CHANNELS);
    assert_true(sys->caps <= SYSDESC_CAPS);
    assert_true(sys->values <= SYSDESC_VALUES);
    assert_true(sys->guests <= SYSDESC_GUESTS);
    assert_true(sys->time_windows <= SYSDESC_TIME_WINDOWS);
}

static void processes(const struct sysdesc *sys)
{
    for (uint16_t p = 0; p < sys->processes; p++) {
        const struct sysdesc_process *process = &sys->process[p];

        is_name(process->name);
        assert_true(process->partition < sys->partitions);
        assert_true(process->region < sys->regions);
        assert_true(process->space < sys->spaces);
        assert_int_equal(sys->space[process->space].kind, SYSDESC_SPACE_PROCESS);
        assert_int_equal(sys->space[process->space].owner, p);
        assert_true(process->bound_notification < sys->notifications ||
                    process->bound_notification == SYSDESC_NONE);
        assert_true(strnlen(process->program, SYSDESC_FILE) < SYSDESC_FILE);
    }
}

static void functions(const struct sysdesc *sys)
{
    for (uint16_t f = 0; f < sys->functions; f++) {
        const struct sysdesc_function *function = &sys->function[f];

        is_name(function->name);
        assert_true(function->partition < sys->partitions);
        assert_true(function->space < sys->spaces);
        assert_int_equal(sys->space[function->space].kind, SYSDESC_SPACE_IO);
        assert_int_equal(sys->space[function->space].owner, f);
        assert_string_equal(sys->space[function->space].name, function->name);
        assert_true(function->bound.node < 0 || function->bound.region < sys->regions);
        assert_true(function->events.node < 0 ||
                    function->events.notification < sys->notifications);
    }
}

static void windows(const struct sysdesc *sys)
{
    for (uint16_t w = 0; w < sys->windows; w++) {
        const struct sysdesc_window *window = &sys->window[w];

        is_name(window->name);
        assert_true(window->space < sys->spaces);
        assert_true(window->region < sys->regions);
        assert_true(window->channel < sys->channels || window->channel == SYSDESC_NONE);
        assert_true(window->rights != 0 && window->rights < 8);
    }
}

static void endpoints(const struct sysdesc *sys)
{
    for (uint16_t e = 0; e < sys->endpoints; e++) {
        assert_in_range(sys->endpoint[e].servers, 1, SYSDESC_SERVERS);
        for (uint16_t s = 0; s < sys->endpoint[e].servers; s++)
            assert_true(sys->endpoint[e].server[s] < sys->processes);
    }
    for (uint16_t p = 0; p < sys->portals; p++) {
        const struct sysdesc_portal *portal = &sys->portal[p];

        assert_true(portal->endpoint < sys->endpoints);
        assert_true(portal->of < (portal->guest ? sys->guests : sys->processes));
        assert_true(portal->reason < BH_REASONS);
    }
}

static void channels(const struct sysdesc *sys)
{
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++) {
            const struct sysdesc_channel_end *end = &sys->channel[c].end[e];

            assert_true(end->node > 0);
            assert_true(end->process < sys->processes);
            assert_true(end->wake < sys->notifications);
        }
}

/* How many objects of a type there are for capabilities to name. */
static unsigned objects(const struct sysdesc *sys, enum bh_object type)
{
    switch (type) {
    case BH_PARTITION:
        return sys->partitions;
    case BH_REGION:
        return sys->regions;
    case BH_SPACE:
    case BH_IOSPACE:
        return sys->spaces;
    case BH_CAPTABLE:
    case BH_THREAD:
        return sys->processes;
    case BH_ENDPOINT:
        return sys->endpoints;
    case BH_NOTIFICATION:
        return sys->notifications;
    case BH_PCI:
        return sys->functions;
    case BH_IRQ:
        return sys->interrupts;
    case BH_VCPU:
        return sys->guests;
    case BH_CONSOLE:
    case BH_SCHEDULE:
    case BH_AUDIT:
        return 1;
    default:
        return 0;
    }
}

static void caps(const struct sysdesc *sys)
{
    for (uint16_t c = 0; c < sys->caps; c++) {
        const struct sysdesc_cap *cap = &sys->cap[c];

        is_name(cap->name);
        assert_true(cap->process < sys->processes);
        assert_true(cap->object.index < objects(sys, cap->object.type));
        if (cap->object.type == BH_SPACE || cap->object.type == BH_IOSPACE)
            assert_int_equal(sys->space[cap->object.index].kind == SYSDESC_SPACE_IO,
                             cap->object.type == BH_IOSPACE);
        assert_true(cap->rights != 0);
    }
    for (uint16_t v = 0; v < sys->values; v++)
        assert_true(sys->value[v].process < sys->processes);
}

static void guests(const struct sysdesc *sys)
{
    for (uint16_t g = 0; g < sys->guests; g++) {
        assert_true(sys->guest[g].partition < sys->partitions);
        assert_true(sys->guest[g].region < sys->regions);
        assert_true(sys->guest[g].vmm < sys->processes);
        assert_true(sys->guest[g].functions <= SYSDESC_GUEST_FUNCTIONS);
        for (uint16_t f = 0; f < sys->guest[g].functions; f++)
            assert_true(sys->guest[g].function[f] < sys->functions);
        assert_true(strnlen(sys->guest[g].command_line, SYSDESC_COMMAND_LINE) <
                    SYSDESC_COMMAND_LINE);
    }
}

void sound_references(const struct sysdesc *sys)
{
    counts(sys);
    for (uint16_t r = 0; r < sys->regions; r++)
        assert_true(sys->region[r].partition < sys->partitions);
    for (uint16_t n = 0; n < sys->notifications; n++)
        assert_true(sys->notification[n].partition < sys->partitions);
    for (uint16_t i = 0; i < sys->interrupts; i++)
        assert_true(sys->interrupt[i].signal.notification < sys->notifications);
    processes(sys);
    functions(sys);
    windows(sys);
    endpoints(sys);
    channels(sys);
    caps(sys);
    guests(sys);
}

/* A range of memory with who may write and read it. */
static bool writes(const struct sysdesc_window *window)
{
    return (window->rights & BH_R_REGION_WRITE) != 0;
}

static bool overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b + b_size && b < a + a_size;
}

/* No page is shown in two partitions, unless both see it through a channel between them and the
 * one that doesn't own it reads only. */
static void isolation(const struct sysdesc *sys)
{
    for (uint16_t w = 0; w < sys->windows; w++) {
        const struct sysdesc_window *window = &sys->window[w];
        uint16_t reader = sys->space[window->space].partition;
        uint16_t owner = sys->region[window->region].partition;

        assert_true(window->offset + window->size <= sys->region[window->region].size);
        if (reader != owner) {
            assert_int_not_equal(window->channel, SYSDESC_NONE);
            assert_false(writes(window));
        }
    }
    for (uint16_t r = 0; r < sys->regions; r++)
        for (uint16_t o = 0; o < r; o++)
            assert_false(overlap(sys->region[r].base, sys->region[r].size, sys->region[o].base,
                                 sys->region[o].size));
}

/* What a channel window shows is exactly the part that the other end owns, and nothing of the
 * owner's image, heap, stack, message buffer or information page. */
static void channel_windows(const struct sysdesc *sys)
{
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++) {
            const struct sysdesc_channel_end *end = &sys->channel[c].end[e];
            const struct sysdesc_channel_end *other = &sys->channel[c].end[SYSDESC_CONSUMER - e];
            const struct sysdesc_process *owner = &sys->process[other->process];
            const struct sysdesc_window *window = &sys->window[end->window];
            const struct sysdesc_cap *cap = &sys->cap[end->cap];

            assert_int_equal(window->region, owner->region);
            assert_int_equal(window->space, sys->process[end->process].space);
            assert_int_equal(window->offset, other->offset);
            assert_int_equal(window->size, other->length);
            assert_int_equal(window->rights, BH_R_REGION_READ);
            assert_true(window->offset >= owner->shared);
            assert_int_equal(cap->process, end->process);
            assert_int_equal(cap->object.index, other->wake);
            assert_int_equal(cap->badge, other->badge);
            assert_int_equal(cap->rights, BH_R_NOTIFICATION_SIGNAL);
        }
}

static bool is_vmm(const struct sysdesc *sys, uint16_t p)
{
    for (uint16_t g = 0; g < sys->guests; g++)
        if (sys->guest[g].vmm == p)
            return true;
    return false;
}

/* The parts of a private region, from its start: image, heap and files, guard, stack, message,
 * info, a VMM's state page, channels. */
static void private_regions(const struct sysdesc *sys)
{
    for (uint16_t p = 0; p < sys->processes; p++) {
        const struct sysdesc_process *process = &sys->process[p];
        uint64_t parts = 0;

        assert_true(process->heap < process->image_room);
        assert_int_equal(process->guard, process->image_room);
        assert_int_equal(process->stack_base, process->guard + PAGE);
        assert_int_equal(process->message, process->stack_base + process->stack);
        assert_int_equal(process->info, process->message + PAGE);
        assert_int_equal(process->state, is_vmm(sys, p) ? process->info + PAGE : 0);
        assert_int_equal(process->shared, process->info + (is_vmm(sys, p) ? 2 : 1) * PAGE);
        for (uint16_t c = 0; c < sys->channels; c++)
            for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
                if (sys->channel[c].end[e].process == p) {
                    assert_int_equal(sys->channel[c].end[e].offset, process->shared + parts);
                    parts += sys->channel[c].end[e].length;
                }
        assert_int_equal(process->shared + parts, sys->region[process->region].size);
    }
}

/* Windows by space and number, at most four; the virtual ranges of a process don't overlap. */
static void window_order(const struct sysdesc *sys)
{
    for (uint16_t w = 0; w < sys->windows; w++) {
        const struct sysdesc_window *window = &sys->window[w];
        bool first = w == 0 || sys->window[w - 1].space != window->space;

        assert_true(window->number < BH_WINDOWS);
        assert_int_equal(window->number, first ? 0 : sys->window[w - 1].number + 1);
        assert_true(first ? w == 0 || sys->window[w - 1].space < window->space : true);
        if (sys->space[window->space].kind == SYSDESC_SPACE_IO)
            continue;
        assert_int_equal(window->address % PAGE, 0);
        assert_true(window->address >= SYSDESC_PROCESS_BASE);
        assert_true(window->address + window->size <=
                    sys->process[sys->space[window->space].owner].pages * PAGE);
        for (uint16_t o = 0; o < w; o++)
            if (sys->window[o].space == window->space)
                assert_false(overlap(window->address, window->size, sys->window[o].address,
                                     sys->window[o].size));
    }
}

/* Slots begin at 1 and have no gap. */
static void slots(const struct sysdesc *sys)
{
    for (uint16_t c = 0; c < sys->caps; c++) {
        bool first = c == 0 || sys->cap[c - 1].process != sys->cap[c].process;

        assert_true(c == 0 || sys->cap[c - 1].process <= sys->cap[c].process);
        assert_int_equal(sys->cap[c].slot, first ? 1 : sys->cap[c - 1].slot + 1);
        assert_true(sys->cap[c].slot < BH_SLOTS);
    }
}

void sound_assignment(const struct sysdesc *sys)
{
    isolation(sys);
    channel_windows(sys);
    private_regions(sys);
    window_order(sys);
    slots(sys);
}

static void count_line(void *context, const char *text)
{
    unsigned *lines = context;

    assert_true(strlen(text) < SYSDESC_LINE - 1);
    (*lines)++;
}

void sound_lines(const struct sysdesc *sys)
{
    unsigned lines = 0;

    sysdesc_lines(sys, count_line, &lines);
    assert_int_equal(lines, sys->partitions + sys->regions + sys->spaces + sys->windows +
                                sys->endpoints + sys->notifications + sys->processes +
                                sys->portals + sys->interrupts + sys->functions + sys->guests +
                                sys->caps + 2);
}
