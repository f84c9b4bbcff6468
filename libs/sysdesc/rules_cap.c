/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about capabilities. Belongs to: init and host tool. */
#include <string.h>

#include "libs/abi/init_image.h"
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/names.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

/* The partition that owns an object; SYSDESC_NONE for those of the machine. */
static uint16_t owner(const struct sysdesc *sys, struct sysdesc_object object)
{
    switch (object.type) {
    case BH_PARTITION:
        return object.index;
    case BH_REGION:
        return sys->region[object.index].partition;
    case BH_SPACE:
    case BH_IOSPACE:
        return sys->space[object.index].partition;
    case BH_CAPTABLE:
    case BH_THREAD:
        return sys->process[object.index].partition;
    case BH_ENDPOINT:
        return sys->endpoint[object.index].partition;
    case BH_NOTIFICATION:
        return sys->notification[object.index].partition;
    case BH_PCI:
        return sys->function[object.index].partition;
    case BH_IRQ:
        return sys->interrupt[object.index].partition;
    case BH_VCPU:
        return sys->guest[object.index].partition;
    default:
        return SYSDESC_NONE;
    }
}

/* Rights whose methods end at seal, when only init has run. */
static uint32_t boot_rights(enum bh_object type)
{
    switch (type) {
    case BH_PARTITION:
        return BH_R_PARTITION_CREATE | BH_R_PARTITION_DISCOVER | BH_R_PARTITION_SEAL;
    case BH_REGION:
        return BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE;
    case BH_SPACE:
        return BH_R_SPACE_WINDOW;
    case BH_IOSPACE:
        return BH_R_IOSPACE_WINDOW;
    case BH_CAPTABLE:
        return BH_R_CAPTABLE_GRANT;
    case BH_PCI:
        return BH_R_PCI_BIND;
    case BH_IRQ:
        return BH_R_IRQ_BIND;
    case BH_SCHEDULE:
        return BH_R_SCHEDULE_CONTROL;
    default:
        return 0;
    }
}

static uint32_t kernel_rights(enum bh_object type)
{
    if (type == BH_ENDPOINT)
        return BH_R_ENDPOINT_EVENT;
    return type == BH_NOTIFICATION ? BH_R_NOTIFICATION_EVENT : 0;
}

static void check_rights(const struct sysdesc_cap *cap, struct sysdesc_report *report)
{
    uint32_t boot = cap->rights & boot_rights(cap->object.type);
    uint32_t kernel = cap->rights & kernel_rights(cap->object.type);
    struct sysdesc_text text = {.used = 0};

    name_add_rights(&text, cap->object.type, boot | kernel);
    if (boot != 0)
        sysdesc_found(report, SYSDESC_RULE_RIGHT_BOOT, cap->node, "rights",
                      "only init uses what ends at seal: %s", text.at);
    if (kernel != 0)
        sysdesc_found(report, SYSDESC_RULE_RIGHT_KERNEL, cap->node, "rights",
                      "only portals and hardware send events, and they say so themselves: %s",
                      text.at);
}

/* A partition may be watched and stopped from outside: that is who may restart whom. */
static void check_owner(const struct sysdesc *sys, const struct sysdesc_cap *cap,
                        struct sysdesc_report *report)
{
    uint16_t partition = owner(sys, cap->object);
    struct sysdesc_text type = {.used = 0};

    if (partition == SYSDESC_NONE || partition == sys->process[cap->process].partition ||
        cap->object.type == BH_PARTITION)
        return;
    name_add_type(&type, cap->object.type);
    sysdesc_found(
        report, SYSDESC_RULE_CAP_PARTITION, cap->node, "object",
        "this object of type %s belongs to partition \"%s\"; only channels cross partitions",
        type.at, sys->partition[partition].name);
}

static void check_badge(const struct sysdesc_cap *cap, struct sysdesc_report *report)
{
    bool signals =
        cap->object.type == BH_NOTIFICATION && (cap->rights & BH_R_NOTIFICATION_SIGNAL) != 0;
    bool calls = cap->object.type == BH_ENDPOINT && (cap->rights & BH_R_ENDPOINT_CALL) != 0;

    if (cap->badge != 0 && !signals && !calls)
        sysdesc_found(report, SYSDESC_RULE_CAP_BADGE, cap->node, "badge",
                      "a badge is sent by the rights \"call\" and \"signal\" only");
    if (cap->badge == 0 && signals)
        sysdesc_found(report, SYSDESC_RULE_CAP_BADGE, cap->node, NULL,
                      "a capability to signal needs a badge: the bits that it sets");
}

static void check_name(const struct sysdesc *sys, const struct sysdesc_cap *cap,
                       struct sysdesc_report *report)
{
    for (uint16_t c = 0; c < sys->channels; c++) {
        const struct sysdesc_channel *channel = &sys->channel[c];
        bool joined = channel->end[SYSDESC_PRODUCER].process == cap->process ||
                      channel->end[SYSDESC_CONSUMER].process == cap->process;

        if (joined && strcmp(channel->name, cap->name) == 0)
            sysdesc_found(report, SYSDESC_RULE_CAP_NAME, cap->node, NULL,
                          "the process has a capability \"%s\" from the channel of that name",
                          cap->name);
    }
}

/* Whether a process has a capability for a function or its I/O space; it then looks up the DMA
 * window under the function's name. */
static bool uses_function(const struct sysdesc *sys, uint16_t p, uint16_t f)
{
    return rules_has_right(sys, p, BH_PCI, f, UINT32_MAX) ||
           rules_has_right(sys, p, BH_IOSPACE, sys->function[f].space, UINT32_MAX);
}

/* What a guest's VMM finds besides: the vCPU's state page, kernel, RAM disk, command line. */
static unsigned guest_entries(const struct sysdesc *sys, uint16_t p)
{
    uint16_t g = layout_guest(sys, p);

    if (g == SYSDESC_NONE)
        return 0;
    return 2u + (sys->guest[g].initrd[0] != '\0') + (sys->guest[g].command_line[0] != '\0');
}

/* Entries of the start-up information besides capabilities. */
static unsigned info_entries(const struct sysdesc *sys, uint16_t p)
{
    unsigned count = layout_channel_ends(sys, p) + guest_entries(sys, p);

    for (uint16_t i = 0; i < sys->windows; i++)
        if (sys->window[i].space == sys->process[p].space)
            count++;
    for (uint16_t i = 0; i < sys->values; i++)
        if (sys->value[i].process == p)
            count++;
    for (uint16_t f = 0; f < sys->functions; f++)
        if (uses_function(sys, p, f))
            count++;
    return count;
}

static void check_counts(const struct sysdesc *sys, uint16_t p, struct sysdesc_report *report)
{
    const struct sysdesc_process *process = &sys->process[p];
    unsigned caps = layout_caps(sys, p);
    unsigned entries = caps + info_entries(sys, p);

    if (caps > SYSDESC_SLOTS)
        sysdesc_found(report, SYSDESC_RULE_CAP_COUNT, process->node, NULL,
                      "process \"%s\" has %lu capabilities (%lu from channels); at most %lu",
                      process->name, (uint64_t)caps, (uint64_t)layout_channel_ends(sys, p),
                      (uint64_t)SYSDESC_SLOTS);
    /* One entry ends the list. */
    if (entries > BH_INFO_ENTRIES - 1)
        sysdesc_found(report, SYSDESC_RULE_INFO_COUNT, process->node, NULL,
                      "process \"%s\" has %lu names to look up (capabilities, windows, channels, "
                      "DMA windows, values, a guest's files); at most %lu",
                      process->name, (uint64_t)entries, (uint64_t)BH_INFO_ENTRIES - 1);
}

void rules_cap(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t c = 0; c < sys->caps; c++) {
        check_rights(&sys->cap[c], report);
        check_owner(sys, &sys->cap[c], report);
        check_badge(&sys->cap[c], report);
        check_name(sys, &sys->cap[c], report);
    }
    for (uint16_t p = 0; p < sys->processes; p++)
        check_counts(sys, p, report);
}
