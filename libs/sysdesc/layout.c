/* SPDX-License-Identifier: BSD-2-Clause */
/* What the implied parts of a process take. Belongs to: init and host tool. */
#include "libs/sysdesc/layout.h"

uint64_t layout_sum(uint64_t a, uint64_t b)
{
    uint64_t sum;

    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

uint64_t layout_segments(uint64_t bytes)
{
    uint64_t up = layout_sum(bytes, SYSDESC_SEGMENT - 1);

    return up == UINT64_MAX ? up : up / SYSDESC_SEGMENT * SYSDESC_SEGMENT;
}

uint64_t layout_part(const struct sysdesc_channel *channel, enum sysdesc_end end)
{
    return end == SYSDESC_PRODUCER ? layout_sum(BH_PAGE_SIZE, channel->size) : BH_PAGE_SIZE;
}

uint64_t layout_ring(const struct sysdesc_channel *channel)
{
    return layout_sum(layout_part(channel, SYSDESC_PRODUCER),
                      layout_part(channel, SYSDESC_CONSUMER));
}

uint64_t layout_shared(const struct sysdesc *sys, uint16_t process)
{
    uint64_t bytes = 0;

    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            if (sys->channel[c].end[e].process == process)
                bytes = layout_sum(bytes, layout_part(&sys->channel[c], e));
    return bytes;
}

uint16_t layout_guest(const struct sysdesc *sys, uint16_t process)
{
    for (uint16_t g = 0; g < sys->guests; g++)
        if (sys->guest[g].vmm == process)
            return g;
    return SYSDESC_NONE;
}

uint64_t layout_pages(const struct sysdesc *sys, uint16_t process)
{
    return layout_guest(sys, process) == SYSDESC_NONE ? 3 : 4;
}

uint64_t layout_reserved(const struct sysdesc *sys, uint16_t process)
{
    uint64_t pages = layout_pages(sys, process) * BH_PAGE_SIZE;

    return layout_sum(layout_sum(pages, sys->process[process].stack), layout_shared(sys, process));
}

uint64_t layout_space(const struct sysdesc *sys, uint16_t process)
{
    const struct sysdesc_process *p = &sys->process[process];
    uint64_t end = layout_segments(layout_sum(SYSDESC_PROCESS_BASE, sys->region[p->region].size));

    for (uint16_t w = 0; w < sys->windows; w++)
        if (sys->window[w].space == p->space)
            end = layout_segments(layout_sum(end, sys->window[w].size));
    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            if (sys->channel[c].end[e].process == process)
                end = layout_sum(end, layout_ring(&sys->channel[c]));
    return layout_segments(end);
}

unsigned layout_windows(const struct sysdesc *sys, uint16_t space)
{
    unsigned count = 0;

    for (uint16_t w = 0; w < sys->windows; w++)
        if (sys->window[w].space == space)
            count++;
    if (sys->space[space].kind == SYSDESC_SPACE_PROCESS)
        count += 1 + layout_channel_ends(sys, sys->space[space].owner);
    return count;
}

unsigned layout_channel_ends(const struct sysdesc *sys, uint16_t process)
{
    unsigned count = 0;

    for (uint16_t c = 0; c < sys->channels; c++)
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            if (sys->channel[c].end[e].process == process)
                count++;
    return count;
}

unsigned layout_caps(const struct sysdesc *sys, uint16_t process)
{
    unsigned count = layout_channel_ends(sys, process);

    for (uint16_t c = 0; c < sys->caps; c++)
        if (sys->cap[c].process == process)
            count++;
    return count;
}
