/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about what signals notifications: hardware and channels. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

/* One source of signals, whatever it is. */
struct source {
    int32_t node; /* negative: there is none */
    const char *property;
    uint16_t notification;
    uint16_t partition; /* SYSDESC_NONE: any */
    uint64_t badge;
};

static unsigned source_count(const struct sysdesc *sys)
{
    return 1u + sys->interrupts + sys->functions + SYSDESC_ENDS * (unsigned)sys->channels;
}

static struct source signal_source(const struct sysdesc_signal *signal, uint16_t partition)
{
    return (struct source){signal->node, "notification", signal->notification, partition,
                           signal->badge};
}

/* Source i: the console, then subclasses, functions and channel ends. */
static struct source get_source(const struct sysdesc *sys, unsigned i)
{
    const struct sysdesc_channel_end *end;

    if (i == 0)
        return signal_source(&sys->console_input, SYSDESC_NONE);
    i -= 1;
    if (i < sys->interrupts)
        return signal_source(&sys->interrupt[i].signal, sys->interrupt[i].partition);
    i -= sys->interrupts;
    if (i < sys->functions)
        return signal_source(&sys->function[i].events, sys->function[i].partition);
    i -= sys->functions;
    end = &sys->channel[i / SYSDESC_ENDS].end[i % SYSDESC_ENDS];
    return (struct source){end->node, "wake", end->wake, sys->process[end->process].partition,
                           end->badge};
}

static void check_source(const struct sysdesc *sys, const struct source *source,
                         struct sysdesc_report *report)
{
    const struct sysdesc_notification *notification = &sys->notification[source->notification];

    if (source->partition != SYSDESC_NONE && notification->partition != source->partition)
        sysdesc_found(report, SYSDESC_RULE_SIGNAL_PARTITION, source->node, source->property,
                      "notification \"%s\" belongs to partition \"%s\"", notification->name,
                      sys->partition[notification->partition].name);
    if (source->badge == 0)
        sysdesc_found(report, SYSDESC_RULE_SIGNAL_BADGE, source->node, "badge",
                      "a signal with badge 0 sets no bit");
}

static void check_bits(const struct sysdesc *sys, unsigned i, struct sysdesc_report *report)
{
    struct source source = get_source(sys, i);

    for (unsigned before = 0; before < i; before++) {
        struct source other = get_source(sys, before);

        if (other.node < 0 || other.notification != source.notification ||
            (other.badge & source.badge) == 0)
            continue;
        sysdesc_found(report, SYSDESC_RULE_SIGNAL_BITS, source.node, "badge",
                      "badge 0x%lx shares bits with badge 0x%lx of another signal to notification "
                      "\"%s\"",
                      source.badge, other.badge, sys->notification[source.notification].name);
        return;
    }
}

void rules_signal(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (unsigned i = 0; i < source_count(sys); i++) {
        struct source source = get_source(sys, i);

        if (source.node < 0)
            continue;
        check_source(sys, &source, report);
        check_bits(sys, i, report);
    }
}
