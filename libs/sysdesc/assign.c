/* SPDX-License-Identifier: BSD-2-Clause */
/* Gives every window, address and slot its place. Belongs to: init and host tool. */
#include <string.h>

#include "libs/sysdesc/layout.h"

/* A fixed part at the end of the private region: takes `size` bytes below `*top`. */
static uint64_t take_below(uint64_t *top, uint64_t size)
{
    *top -= size;
    return *top;
}

static void assign_private(struct sysdesc *sys, uint16_t p)
{
    struct sysdesc_process *process = &sys->process[p];
    uint64_t top = sys->region[process->region].size;

    process->pages = layout_space(sys, p) / BH_PAGE_SIZE;
    process->shared = take_below(&top, layout_shared(sys, p));
    process->state = layout_guest(sys, p) == SYSDESC_NONE ? 0 : take_below(&top, BH_PAGE_SIZE);
    process->info = take_below(&top, BH_PAGE_SIZE);
    process->message = take_below(&top, BH_PAGE_SIZE);
    process->stack_base = take_below(&top, process->stack);
    process->guard = take_below(&top, BH_PAGE_SIZE);
    process->image_room = top;
}

/* Where the part of an end lies in its process's private region, behind those of the channels
 * before; `*at` goes on behind it. */
static void assign_part(struct sysdesc *sys, uint16_t c, enum sysdesc_end e, uint64_t *at)
{
    struct sysdesc_channel_end *end = &sys->channel[c].end[e];

    end->offset = *at;
    end->length = layout_part(&sys->channel[c], e);
    *at += end->length;
}

static void assign_parts(struct sysdesc *sys, uint16_t p)
{
    uint64_t at = sys->process[p].shared;

    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            if (sys->channel[c].end[e].process == p)
                assign_part(sys, c, e, &at);
}

static struct sysdesc_window *add_window(struct sysdesc *sys, const char *name, int32_t node,
                                         uint16_t space)
{
    struct sysdesc_window *window = &sys->window[sys->windows++];

    memset(window, 0, sizeof(*window));
    memcpy(window->name, name, sizeof(window->name));
    window->node = node;
    window->space = space;
    window->channel = SYSDESC_NONE;
    return window;
}

static void add_private_window(struct sysdesc *sys, uint16_t p)
{
    const struct sysdesc_process *process = &sys->process[p];
    const struct sysdesc_region *region = &sys->region[process->region];
    struct sysdesc_window *window = add_window(sys, region->name, process->node, process->space);

    window->region = process->region;
    window->size = region->size;
    window->rights = BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE;
    window->address = SYSDESC_PROCESS_BASE;
}

/* The window of one end onto the part of the other end. */
static void add_channel_window(struct sysdesc *sys, uint16_t c, enum sysdesc_end e)
{
    const struct sysdesc_channel *channel = &sys->channel[c];
    const struct sysdesc_channel_end *end = &channel->end[e];
    const struct sysdesc_channel_end *other = &channel->end[SYSDESC_CONSUMER - e];
    struct sysdesc_window *window =
        add_window(sys, channel->name, end->node, sys->process[end->process].space);

    window->region = sys->process[other->process].region;
    window->channel = c;
    window->offset = other->offset;
    window->size = other->length;
    window->rights = BH_R_REGION_READ;
    window->address = e == SYSDESC_PRODUCER ? end->address + end->length : end->address;
}

static void add_channel_cap(struct sysdesc *sys, uint16_t c, enum sysdesc_end e)
{
    const struct sysdesc_channel *channel = &sys->channel[c];
    const struct sysdesc_channel_end *other = &channel->end[SYSDESC_CONSUMER - e];
    struct sysdesc_cap *cap = &sys->cap[sys->caps++];

    memset(cap, 0, sizeof(*cap));
    memcpy(cap->name, channel->name, sizeof(cap->name));
    cap->node = channel->end[e].node;
    cap->process = channel->end[e].process;
    cap->channel = c;
    cap->object = (struct sysdesc_object){BH_NOTIFICATION, other->wake};
    cap->rights = BH_R_NOTIFICATION_SIGNAL;
    cap->badge = other->badge;
}

/* Virtual addresses behind the private region: declared windows, then channels. */
static void assign_addresses(struct sysdesc *sys, uint16_t p)
{
    const struct sysdesc_process *process = &sys->process[p];
    uint64_t at = layout_segments(SYSDESC_PROCESS_BASE + sys->region[process->region].size);

    for (uint16_t w = 0; w < sys->windows; w++) {
        if (sys->window[w].space != process->space)
            continue;
        sys->window[w].address = at;
        at = layout_segments(at + sys->window[w].size);
    }
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            if (sys->channel[c].end[e].process == p) {
                sys->channel[c].end[e].address = at;
                at += layout_ring(&sys->channel[c]);
            }
}

static bool is_after(const struct sysdesc_window *one, const struct sysdesc_window *other)
{
    /* Private windows were added behind the declared ones but are number 0. */
    if (one->space != other->space)
        return one->space > other->space;
    return one->address != SYSDESC_PROCESS_BASE && other->address == SYSDESC_PROCESS_BASE;
}

/* Windows by space, in the order of their numbers; a stable insertion. */
static void order_windows(struct sysdesc *sys)
{
    for (uint16_t i = 1; i < sys->windows; i++) {
        struct sysdesc_window window = sys->window[i];
        uint16_t to = i;

        for (; to > 0 && is_after(&sys->window[to - 1], &window); to--)
            sys->window[to] = sys->window[to - 1];
        sys->window[to] = window;
    }
    for (uint16_t w = 0; w < sys->windows; w++)
        sys->window[w].number = sys->space[sys->window[w].space].windows++;
}

/* Capabilities by process, in the order of the description. */
static void order_caps(struct sysdesc *sys)
{
    uint16_t next[SYSDESC_PROCESSES] = {0};

    for (uint16_t i = 1; i < sys->caps; i++) {
        struct sysdesc_cap cap = sys->cap[i];
        uint16_t to = i;

        for (; to > 0 && sys->cap[to - 1].process > cap.process; to--)
            sys->cap[to] = sys->cap[to - 1];
        sys->cap[to] = cap;
    }
    for (uint16_t c = 0; c < sys->caps; c++)
        sys->cap[c].slot = (uint16_t)(SYSDESC_FIRST_SLOT + next[sys->cap[c].process]++);
}

/* The two that a channel end implies, after everything has its final index. */
static void find_implied(struct sysdesc *sys, uint16_t c, enum sysdesc_end e)
{
    struct sysdesc_channel_end *end = &sys->channel[c].end[e];

    for (uint16_t w = 0; w < sys->windows; w++)
        if (sys->window[w].channel == c && sys->window[w].space == sys->process[end->process].space)
            end->window = w;
    for (uint16_t i = 0; i < sys->caps; i++)
        if (sys->cap[i].channel == c && sys->cap[i].process == end->process)
            end->cap = i;
}

void sysdesc_assign(struct sysdesc *sys)
{
    for (uint16_t p = 0; p < sys->processes; p++) {
        assign_private(sys, p);
        assign_parts(sys, p);
        assign_addresses(sys, p);
    }
    for (uint16_t p = 0; p < sys->processes; p++)
        add_private_window(sys, p);
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++) {
            add_channel_window(sys, c, e);
            add_channel_cap(sys, c, e);
        }
    order_windows(sys);
    order_caps(sys);
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            find_implied(sys, c, e);
}
