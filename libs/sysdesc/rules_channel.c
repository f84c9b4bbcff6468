/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about channels. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

#define PAGES_LIMIT 256u /* pages of data in one channel */

static void check_ends(const struct sysdesc *sys, const struct sysdesc_channel *channel,
                       struct sysdesc_report *report)
{
    const struct sysdesc_channel_end *consumer = &channel->end[SYSDESC_CONSUMER];

    if (channel->end[SYSDESC_PRODUCER].process == consumer->process)
        sysdesc_found(report, SYSDESC_RULE_CHANNEL_ENDS, consumer->node, "process",
                      "process \"%s\" is both ends of channel \"%s\"",
                      sys->process[consumer->process].name, channel->name);
}

static void check_size(const struct sysdesc_channel *channel, struct sysdesc_report *report)
{
    uint64_t pages = channel->size / BH_PAGE_SIZE;

    if (channel->size % BH_PAGE_SIZE != 0 || pages == 0 || pages > PAGES_LIMIT ||
        (pages & (pages - 1)) != 0)
        sysdesc_found(report, SYSDESC_RULE_CHANNEL_SIZE, channel->node, "size",
                      "a channel with 0x%lx bytes of data; 1 to %lu pages, a power of two",
                      channel->size, (uint64_t)PAGES_LIMIT);
}

static void check_wake(const struct sysdesc *sys, const struct sysdesc_channel_end *end,
                       struct sysdesc_report *report)
{
    const struct sysdesc_process *process = &sys->process[end->process];

    if (process->bound_notification != end->wake &&
        !rules_has_right(sys, end->process, BH_NOTIFICATION, end->wake, BH_R_NOTIFICATION_WAIT))
        sysdesc_found(report, SYSDESC_RULE_CHANNEL_WAKE, end->node, "wake",
                      "process \"%s\" has no capability to \"wait\" for notification \"%s\"",
                      process->name, sys->notification[end->wake].name);
}

void rules_channel(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t c = 0; c < sys->channels; c++) {
        check_ends(sys, &sys->channel[c], report);
        check_size(&sys->channel[c], report);
        for (enum sysdesc_end e = 0; e < SYSDESC_ENDS; e++)
            check_wake(sys, &sys->channel[c].end[e], report);
    }
}
