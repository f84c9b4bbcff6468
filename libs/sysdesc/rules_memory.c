/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about the machine and its regions. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

/* Without sound limits every region would break them: false ends the rules. */
static bool check_machine(const struct sysdesc *sys, struct sysdesc_report *report)
{
    const struct sysdesc_machine *machine = &sys->machine;
    unsigned before = report->count;

    if (!rules_is_pages(0, machine->memory))
        sysdesc_found(report, SYSDESC_RULE_MACHINE_MEMORY, machine->node, "memory",
                      "machine memory of 0x%lx bytes is not one or more pages", machine->memory);
    if (!rules_is_pages(0, machine->boot_area))
        sysdesc_found(report, SYSDESC_RULE_MACHINE_MEMORY, machine->node, "boot-area",
                      "boot area of 0x%lx bytes is not one or more pages", machine->boot_area);
    if (machine->boot_area >= machine->memory)
        sysdesc_found(report, SYSDESC_RULE_MACHINE_MEMORY, machine->node, "boot-area",
                      "boot area [0, 0x%lx) leaves nothing of the machine's memory [0, 0x%lx)",
                      machine->boot_area, machine->memory);
    return report->count == before;
}

static void check_region(const struct sysdesc *sys, const struct sysdesc_region *region,
                         struct sysdesc_report *report)
{
    if (!rules_is_pages(region->base, region->size))
        sysdesc_found(report, SYSDESC_RULE_MEMORY_ALIGN, region->node,
                      region->base % BH_PAGE_SIZE != 0 ? "base" : "size",
                      "region \"%s\" with base 0x%lx and size 0x%lx is not whole pages",
                      region->name, region->base, region->size);
    if (!rules_inside(region->base, region->size, sys->machine.memory))
        sysdesc_found(report, SYSDESC_RULE_MEMORY_MACHINE, region->node, "base",
                      "region \"%s\" with base 0x%lx and size 0x%lx leaves the machine's memory "
                      "[0, 0x%lx)",
                      region->name, region->base, region->size, sys->machine.memory);
    if (region->base < sys->machine.boot_area)
        sysdesc_found(report, SYSDESC_RULE_MEMORY_BOOT, region->node, "base",
                      "region \"%s\" with base 0x%lx begins in the boot area [0, 0x%lx)",
                      region->name, region->base, sys->machine.boot_area);
}

static void check_pair(const struct sysdesc *sys, const struct sysdesc_region *one,
                       const struct sysdesc_region *other, struct sysdesc_report *report)
{
    if (rules_overlap(one->base, one->size, other->base, other->size))
        sysdesc_found(report, SYSDESC_RULE_MEMORY_OVERLAP, other->node, "base",
                      "region \"%s\" with base 0x%lx and size 0x%lx overlaps region \"%s\" of "
                      "partition \"%s\" with base 0x%lx and size 0x%lx",
                      other->name, other->base, other->size, one->name,
                      sys->partition[one->partition].name, one->base, one->size);
}

void rules_memory(const struct sysdesc *sys, struct sysdesc_report *report)
{
    if (!check_machine(sys, report))
        return;
    for (uint16_t r = 0; r < sys->regions; r++) {
        check_region(sys, &sys->region[r], report);
        for (uint16_t before = 0; before < r; before++)
            check_pair(sys, &sys->region[before], &sys->region[r], report);
    }
}
