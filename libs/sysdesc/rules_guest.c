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

static void check_vmm(const struct sysdesc *sys, uint16_t g, struct sysdesc_report *report)
{
    const struct sysdesc_guest *guest = &sys->guest[g];
    const struct sysdesc_process *vmm = &sys->process[guest->vmm];

    if (vmm->partition != guest->partition)
        sysdesc_found(report, SYSDESC_RULE_GUEST_VMM, guest->node, "vmm",
                      "process \"%s\" belongs to partition \"%s\"", vmm->name,
                      sys->partition[vmm->partition].name);
    else if (!rules_has_right(sys, guest->vmm, BH_VCPU, g, BH_R_VCPU_CONTROL))
        sysdesc_found(report, SYSDESC_RULE_GUEST_VMM, guest->node, "vmm",
                      "process \"%s\" has no capability to \"control\" the guest", vmm->name);
    for (uint16_t i = 0; i < g; i++)
        if (sys->guest[i].vmm == guest->vmm)
            sysdesc_found(report, SYSDESC_RULE_GUEST_VMM, guest->node, "vmm",
                          "process \"%s\" is the VMM of guest \"%s\"", vmm->name,
                          sys->guest[i].name);
}

/* Whether guest g names the function, in its list before place `end`. */
static bool has_function(const struct sysdesc_guest *guest, uint16_t function, uint16_t end)
{
    for (uint16_t f = 0; f < end; f++)
        if (guest->function[f] == function)
            return true;
    return false;
}

static void check_function(const struct sysdesc *sys, uint16_t g, uint16_t f,
                           struct sysdesc_report *report)
{
    const struct sysdesc_guest *guest = &sys->guest[g];
    const struct sysdesc_function *function = &sys->function[guest->function[f]];

    if (function->partition != guest->partition)
        sysdesc_found(report, SYSDESC_RULE_GUEST_FUNCTIONS, guest->node, "functions",
                      "function \"%s\" belongs to partition \"%s\"", function->name,
                      sys->partition[function->partition].name);
    if (has_function(guest, guest->function[f], f))
        sysdesc_found(report, SYSDESC_RULE_GUEST_FUNCTIONS, guest->node, "functions",
                      "function \"%s\" is named twice", function->name);
    for (uint16_t i = 0; i < g; i++)
        if (has_function(&sys->guest[i], guest->function[f], sys->guest[i].functions))
            sysdesc_found(report, SYSDESC_RULE_GUEST_FUNCTIONS, guest->node, "functions",
                          "function \"%s\" is one of guest \"%s\"", function->name,
                          sys->guest[i].name);
}

static bool has_portal(const struct sysdesc *sys, uint16_t g, uint32_t reason)
{
    for (uint16_t p = 0; p < sys->portals; p++)
        if (sys->portal[p].guest && sys->portal[p].of == g && sys->portal[p].reason == reason)
            return true;
    return false;
}

/* An exit without a portal stops the partition. */
static void check_portals(const struct sysdesc *sys, uint16_t g, struct sysdesc_report *report)
{
    const struct sysdesc_guest *guest = &sys->guest[g];

    if (!has_portal(sys, g, BH_REASON_DEFAULT))
        sysdesc_found(report, SYSDESC_RULE_GUEST_PORTALS, guest->node, NULL,
                      "guest \"%s\" has no portal \"default\" for its exits", guest->name);
    if (guest->functions > 0 && !has_portal(sys, g, BH_REASON_RPCIT))
        sysdesc_found(report, SYSDESC_RULE_GUEST_PORTALS, guest->node, NULL,
                      "guest \"%s\" has PCI functions but no portal \"rpcit\"", guest->name);
}

/* The finding names the first guest that no longer fits. */
static void check_tables(const struct sysdesc *sys, struct sysdesc_report *report)
{
    uint64_t sum = 0;

    for (uint16_t g = 0; g < sys->guests; g++) {
        const struct sysdesc_guest *guest = &sys->guest[g];
        bool fits = sum <= SYSDESC_GUEST_TABLES;

        sum += guest->tables;
        if (guest->tables < SYSDESC_GUEST_TABLES_MIN || (fits && sum > SYSDESC_GUEST_TABLES))
            sysdesc_found(report, SYSDESC_RULE_GUEST_TABLES, guest->node, "tables",
                          "guest \"%s\" has %lu blocks of tables, with those before %lu; %lu or "
                          "more, %lu for all guests",
                          guest->name, (uint64_t)guest->tables, sum,
                          (uint64_t)SYSDESC_GUEST_TABLES_MIN, (uint64_t)SYSDESC_GUEST_TABLES);
    }
}

void rules_guest(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t g = 0; g < sys->guests; g++) {
        const struct sysdesc_guest *guest = &sys->guest[g];

        check_memory(sys, g, report);
        check_vmm(sys, g, report);
        for (uint16_t f = 0; f < guest->functions; f++)
            check_function(sys, g, f, report);
        check_portals(sys, g, report);
        if (guest->priority >= BH_PRIORITIES)
            sysdesc_found(report, SYSDESC_RULE_PRIORITY, guest->node, "priority",
                          "priority %lu is not 0 to %lu", (uint64_t)guest->priority,
                          (uint64_t)BH_PRIORITIES - 1);
    }
    check_tables(sys, report);
}
