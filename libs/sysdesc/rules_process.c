/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about processes and their private regions. Belongs to: init and host tool. */
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

/* What else uses the private region of process p; NULL if nothing does. */
static const char *other_user(const struct sysdesc *sys, uint16_t p)
{
    uint16_t region = sys->process[p].region;

    for (uint16_t i = 0; i < p; i++)
        if (sys->process[i].region == region)
            return "another process lives in";
    for (uint16_t i = 0; i < sys->windows; i++)
        if (sys->window[i].region == region)
            return "a window shows";
    for (uint16_t i = 0; i < sys->functions; i++)
        if (sys->function[i].bound.node >= 0 && sys->function[i].bound.region == region)
            return "a PCI function has bound";
    for (uint16_t i = 0; i < sys->guests; i++)
        if (sys->guest[i].region == region)
            return "a guest has";
    return NULL;
}

static void check_private(const struct sysdesc *sys, uint16_t p, struct sysdesc_report *report)
{
    const struct sysdesc_process *process = &sys->process[p];
    const struct sysdesc_region *region = &sys->region[process->region];
    const char *user = other_user(sys, p);

    if (region->partition != process->partition)
        sysdesc_found(report, SYSDESC_RULE_PRIVATE_PARTITION, process->node, "memory",
                      "process \"%s\" of partition \"%s\" lives in region \"%s\" of partition "
                      "\"%s\"",
                      process->name, sys->partition[process->partition].name, region->name,
                      sys->partition[region->partition].name);
    if (user != NULL)
        sysdesc_found(report, SYSDESC_RULE_PRIVATE_SHARED, process->node, "memory",
                      "%s region \"%s\", which is private to process \"%s\"", user, region->name,
                      process->name);
}

static void check_sizes(const struct sysdesc *sys, uint16_t p, struct sysdesc_report *report)
{
    const struct sysdesc_process *process = &sys->process[p];
    uint64_t size = sys->region[process->region].size;
    uint64_t need = layout_sum(layout_reserved(sys, p), process->heap);

    if (!rules_is_pages(0, process->stack))
        sysdesc_found(report, SYSDESC_RULE_PROCESS_ALIGN, process->node, "stack",
                      "a stack of 0x%lx bytes is not one or more pages", process->stack);
    if (process->heap % BH_PAGE_SIZE != 0)
        sysdesc_found(report, SYSDESC_RULE_PROCESS_ALIGN, process->node, "heap",
                      "a heap of 0x%lx bytes is not whole pages", process->heap);
    if (need >= size)
        sysdesc_found(report, SYSDESC_RULE_PROCESS_ROOM, process->node, "memory",
                      "process \"%s\" needs 0x%lx bytes besides its program (stack, heap, "
                      "%lu pages, channels); region \"%s\" has 0x%lx",
                      process->name, need, layout_pages(sys, p), sys->region[process->region].name,
                      size);
    if (layout_space(sys, p) > SYSDESC_SPACE_LIMIT)
        sysdesc_found(report, SYSDESC_RULE_SPACE_SIZE, process->node, NULL,
                      "the windows of process \"%s\" need 0x%lx bytes of virtual memory; there "
                      "are 0x%lx",
                      process->name, layout_space(sys, p), (uint64_t)SYSDESC_SPACE_LIMIT);
}

static void check_bound(const struct sysdesc *sys, uint16_t p, struct sysdesc_report *report)
{
    const struct sysdesc_process *process = &sys->process[p];
    const struct sysdesc_notification *bound;

    if (process->bound_notification == SYSDESC_NONE)
        return;
    bound = &sys->notification[process->bound_notification];
    if (bound->partition != process->partition)
        sysdesc_found(report, SYSDESC_RULE_BOUND_NOTIFICATION, process->node, "bound-notification",
                      "notification \"%s\" belongs to partition \"%s\"", bound->name,
                      sys->partition[bound->partition].name);
    for (uint16_t i = 0; i < p; i++)
        if (sys->process[i].bound_notification == process->bound_notification)
            sysdesc_found(report, SYSDESC_RULE_BOUND_NOTIFICATION, process->node,
                          "bound-notification", "notification \"%s\" is bound by process \"%s\"",
                          bound->name, sys->process[i].name);
}

void rules_process(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t p = 0; p < sys->processes; p++) {
        const struct sysdesc_process *process = &sys->process[p];

        check_private(sys, p, report);
        check_sizes(sys, p, report);
        check_bound(sys, p, report);
        if (process->priority >= BH_PRIORITIES)
            sysdesc_found(report, SYSDESC_RULE_PRIORITY, process->node, "priority",
                          "priority %lu is not 0 to %lu", (uint64_t)process->priority,
                          (uint64_t)BH_PRIORITIES - 1);
    }
}
