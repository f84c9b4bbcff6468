/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans the virtual memory of a process. Belongs to: init. */
#include "libs/sysdesc/init/plan.h"

#include "libs/sysdesc/init/parts.h"

#define BASE_PAGE (SYSDESC_PROCESS_BASE / BH_PAGE_SIZE)
#define READ_WRITE ((uint32_t)BH_R_REGION_READ | BH_R_REGION_WRITE)

uint64_t plan_pages(uint64_t bytes)
{
    return (bytes + BH_PAGE_SIZE - 1) / BH_PAGE_SIZE;
}

/* Keeps the pieces in ascending order. */
static bool add(struct plan *plan, struct plan_piece piece)
{
    uint32_t at = plan->pieces;

    if (piece.pages == 0)
        return true;
    if (at == PLAN_PIECES)
        return false;
    for (; at > 0 && plan->piece[at - 1].page > piece.page; at--)
        plan->piece[at] = plan->piece[at - 1];
    plan->piece[at] = piece;
    plan->pieces++;
    return true;
}

/* A part of the private region that lies at its place in the image's range. */
static bool add_private(struct plan *plan, uint64_t offset, uint64_t bytes, uint32_t rights)
{
    struct plan_piece piece = {
        .page = BASE_PAGE + offset / BH_PAGE_SIZE,
        .pages = plan_pages(bytes),
        .window = 0,
        .wpage = offset / BH_PAGE_SIZE,
        .rights = rights,
    };

    return add(plan, piece);
}

static bool add_image(struct plan *plan, const struct elf_image *image)
{
    for (uint32_t i = 0; i < image->segments; i++) {
        const struct elf_segment *segment = &image->segment[i];
        if (!add_private(plan, segment->address - SYSDESC_PROCESS_BASE, segment->size,
                         segment->rights))
            return false;
    }
    return true;
}

uint64_t plan_heap(const struct elf_image *image)
{
    const struct elf_segment *last = &image->segment[image->segments - 1];

    return plan_pages(last->address - SYSDESC_PROCESS_BASE + last->size) * BH_PAGE_SIZE;
}

static bool add_data(struct plan *plan, const struct sysdesc_process *process, uint64_t heap)
{
    return add_private(plan, heap, process->heap, READ_WRITE) &&
           add_private(plan, process->stack_base, process->stack, READ_WRITE) &&
           add_private(plan, process->message, BH_PAGE_SIZE, READ_WRITE) &&
           add_private(plan, process->info, BH_PAGE_SIZE, BH_R_REGION_READ);
}

/* Of a guest's VMM: the state page of the vCPU, and the guest's files. */
static bool add_guest(struct plan *plan, const struct init *init, uint16_t process)
{
    uint64_t state = init->sys.process[process].state;

    for (uint32_t kind = 0; kind < PARTS; kind++) {
        struct part part = part_of(init, process, (enum part_kind)kind);
        if (!add_private(plan, part.offset, part.size, BH_R_REGION_READ))
            return false;
    }
    return state == 0 || add_private(plan, state, BH_PAGE_SIZE, READ_WRITE);
}

/* A process's own part of a ring: the producer's is head and data, the consumer's the tail page
 * behind them. */
static bool add_channel_end(struct plan *plan, const struct sysdesc_channel *channel,
                            enum sysdesc_end role)
{
    const struct sysdesc_channel_end *end = &channel->end[role];
    uint64_t before = role == SYSDESC_PRODUCER ? 0 : BH_PAGE_SIZE + channel->size;
    struct plan_piece piece = {
        .page = (end->address + before) / BH_PAGE_SIZE,
        .pages = end->length / BH_PAGE_SIZE,
        .window = 0,
        .wpage = end->offset / BH_PAGE_SIZE,
        .rights = READ_WRITE,
    };

    return add(plan, piece);
}

static bool add_channels(struct plan *plan, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->channels; i++) {
        const struct sysdesc_channel *channel = &sys->channel[i];
        for (int role = SYSDESC_PRODUCER; role < SYSDESC_ENDS; role++) {
            if (channel->end[role].process == process &&
                !add_channel_end(plan, channel, (enum sysdesc_end)role))
                return false;
        }
    }
    return true;
}

/* Every window but the private region's is shown whole. */
static bool add_windows_of(struct plan *plan, const struct sysdesc *sys, uint16_t space)
{
    for (uint16_t i = 0; i < sys->windows; i++) {
        const struct sysdesc_window *window = &sys->window[i];
        struct plan_piece piece = {
            .page = window->address / BH_PAGE_SIZE,
            .pages = window->size / BH_PAGE_SIZE,
            .window = window->number,
            .wpage = 0,
            .rights = window->rights,
        };
        if (window->space == space && window->number != 0 && !add(plan, piece))
            return false;
    }
    return true;
}

static bool disjoint(const struct plan *plan)
{
    for (uint32_t i = 1; i < plan->pieces; i++) {
        const struct plan_piece *before = &plan->piece[i - 1];
        if (plan->piece[i].page - before->page < before->pages)
            return false;
    }
    return true;
}

bool plan_make(const struct init *init, uint16_t process, struct plan *plan)
{
    const struct sysdesc *sys = &init->sys;
    const struct sysdesc_process *declared = &sys->process[process];
    const struct elf_image *image = &init->image[process];

    plan->pieces = 0;
    return add_image(plan, image) && add_data(plan, declared, plan_heap(image)) &&
           add_guest(plan, init, process) && add_channels(plan, sys, process) &&
           add_windows_of(plan, sys, declared->space) && disjoint(plan);
}
