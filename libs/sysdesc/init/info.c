/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes the start-up information of processes. Belongs to: init. */
#include <string.h>

#include "libs/sysdesc/init/load.h"
#include "libs/sysdesc/init/parts.h"
#include "libs/sysdesc/init/plan.h"

struct writer {
    struct bh_info *info;
    uint32_t entries;
    bool full;
};

static void add(struct writer *to, enum bh_info_kind kind, const char *name, uint64_t value,
                uint64_t size, uint64_t page)
{
    _Static_assert(sizeof(to->info->entry[0].name) >= SYSDESC_NAME, "names fit");

    if (to->entries == BH_INFO_ENTRIES - 1) { /* one says where the others end */
        to->full = true;
        return;
    }
    struct bh_info_entry *entry = &to->info->entry[to->entries++];
    memcpy(entry->name, name, strlen(name));
    entry->kind = kind;
    entry->page = (uint32_t)page;
    entry->value = value;
    entry->size = size;
}

static void put_caps(struct writer *to, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->caps; i++) {
        const struct sysdesc_cap *cap = &sys->cap[i];
        if (cap->process == process)
            add(to, BH_INFO_CAP, cap->name, cap->slot, cap->rights, 0);
    }
}

/* The declared windows: not the private region, not what channels imply. */
static void put_windows(struct writer *to, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->windows; i++) {
        const struct sysdesc_window *window = &sys->window[i];
        if (window->space == sys->process[process].space && window->number != 0 &&
            window->channel == SYSDESC_NONE)
            add(to, BH_INFO_WINDOW, window->name, window->address, window->size,
                window->offset / BH_PAGE_SIZE);
    }
}

static void put_channels(struct writer *to, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->channels; i++) {
        const struct sysdesc_channel *channel = &sys->channel[i];
        for (uint32_t role = SYSDESC_PRODUCER; role < SYSDESC_ENDS; role++) {
            if (channel->end[role].process == process)
                add(to, BH_INFO_CHANNEL, channel->name, channel->end[role].address, channel->size,
                    role);
        }
    }
}

/* A process that may use a function or its I/O space learns the addresses of its DMA window. */
static bool uses_function(const struct sysdesc *sys, uint16_t process, uint16_t function)
{
    for (uint16_t i = 0; i < sys->caps; i++) {
        const struct sysdesc_object *object = &sys->cap[i].object;
        bool is_function = object->type == BH_PCI && object->index == function;
        bool is_space =
            object->type == BH_IOSPACE && object->index == sys->function[function].space;
        if (sys->cap[i].process == process && (is_function || is_space))
            return true;
    }
    return false;
}

static void put_dma(struct writer *to, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->functions; i++) {
        const struct sysdesc_space *space = &sys->space[sys->function[i].space];
        if (uses_function(sys, process, i))
            add(to, BH_INFO_DMA, sys->function[i].name, space->iova, space->size, 0);
    }
}

static void put_values(struct writer *to, const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t i = 0; i < sys->values; i++) {
        if (sys->value[i].process == process)
            add(to, BH_INFO_VALUE, sys->value[i].name, sys->value[i].value, 0, 0);
    }
}

/* Of a guest's VMM: the vCPU's state page and the guest's files, under names of their own. */
static void put_guest(struct writer *to, const struct init *init, uint16_t process)
{
    uint64_t state = init->sys.process[process].state;

    if (state != 0)
        add(to, BH_INFO_WINDOW, "state", SYSDESC_PROCESS_BASE + state, BH_PAGE_SIZE, 0);
    for (uint32_t kind = 0; kind < PARTS; kind++) {
        struct part part = part_of(init, process, (enum part_kind)kind);
        if (part.size > 0)
            add(to, BH_INFO_WINDOW, part.name, SYSDESC_PROCESS_BASE + part.offset, part.size, 0);
    }
}

bool info_make(const struct init *init, uint16_t process, struct bh_info *info)
{
    const struct sysdesc *sys = &init->sys;
    struct writer to = {.info = info};

    memset(info, 0, sizeof(*info));
    info->magic = BH_INFO_MAGIC;
    info->message = SYSDESC_PROCESS_BASE + sys->process[process].message;
    info->heap = SYSDESC_PROCESS_BASE + plan_heap(&init->image[process]);
    info->heap_size = sys->process[process].heap;
    put_caps(&to, sys, process);
    put_windows(&to, sys, process);
    put_guest(&to, init, process);
    put_channels(&to, sys, process);
    put_dma(&to, sys, process);
    put_values(&to, sys, process);
    return !to.full;
}
