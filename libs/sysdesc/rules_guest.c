/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about guests. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

#define MEMORY_UNIT 0x100000u /* guest memory: granularity of its host tables */

static void check_memory(const struct sysdesc *sys, uint16_t g, struct sysdesc_report *report)
{
    const struct sysdesc_guest *guest = &sys->guest[g];
    const struct sysdesc_region *region = &sys->region[guest->region];

    if (region->partition != guest->partition)
        sysdesc_found(report, SYSDESC_RULE_GUEST_MEMORY, guest->node, "memory",
                      "region \"%s\" belongs to partition \"%s\"", region->name,
                      sys->partition[region->partition].name);
    if (region->base % MEMORY_UNIT != 0 || region->size % MEMORY_UNIT != 0)
        sysdesc_found(report, SYSDESC_RULE_GUEST_MEMORY, guest->node, "memory",
                      "region \"%s\" with base 0x%lx and size 0x%lx is not whole MiB", region->name,
                      region->base, region->size);
    for (uint16_t i = 0; i < g; i++)
        if (sys->guest[i].region == guest->region)
            sysdesc_found(report, SYSDESC_RULE_GUEST_MEMORY, guest->node, "memory",
                          "region \"%s\" is the memory of guest \"%s\"", region->name,
                          sys->guest[i].name);
}

static void check_vmm(const struct sysdesc *sys, const struct sysdesc_guest *guest,
                      struct sysdesc_report *report)
{
    const struct sysdesc_process *vmm = &sys->process[guest->vmm];

    if (vmm->partition != guest->partition)
        sysdesc_found(report, SYSDESC_RULE_GUEST_VMM, guest->node, "vmm",
                      "process \"%s\" belongs to partition \"%s\"", vmm->name,
                      sys->partition[vmm->partition].name);
}

void rules_guest(const struct sysdesc *sys, struct sysdesc_report *report)
{
    uint64_t vcpus = 0;

    for (uint16_t g = 0; g < sys->guests; g++) {
        const struct sysdesc_guest *guest = &sys->guest[g];

        check_memory(sys, g, report);
        check_vmm(sys, guest, report);
        vcpus += guest->vcpus;
        if (guest->vcpus == 0 || vcpus > SYSDESC_VCPUS)
            sysdesc_found(report, SYSDESC_RULE_GUEST_VCPUS, guest->node, "vcpus",
                          "guest \"%s\" has %lu vCPUs, with those before %lu; 1 or more, %lu for "
                          "all guests",
                          guest->name, (uint64_t)guest->vcpus, vcpus, (uint64_t)SYSDESC_VCPUS);
    }
}
