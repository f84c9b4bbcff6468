/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about PCI functions, interruption subclasses, DMA windows and the translation tables that
 * they share with processes. Belongs to: init and host tool. */
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

#define ISC_LIMIT 8u
#define SEGMENT_TABLE_BYTES 0x80000000u /* what one segment table translates */

static void check_bound(const struct sysdesc *sys, const struct sysdesc_function *function,
                        struct sysdesc_report *report)
{
    const struct sysdesc_bound *bound = &function->bound;
    const struct sysdesc_region *region = &sys->region[bound->region];

    if (bound->node < 0)
        return;
    if (region->partition != function->partition)
        sysdesc_found(report, SYSDESC_RULE_BOUND_MEMORY, bound->node, "region",
                      "region \"%s\" belongs to partition \"%s\"", region->name,
                      sys->partition[region->partition].name);
    if (!rules_is_pages(bound->offset, bound->size) ||
        !rules_inside(bound->offset, bound->size, region->size))
        sysdesc_found(report, SYSDESC_RULE_BOUND_MEMORY, bound->node, "size",
                      "offset 0x%lx and size 0x%lx are not whole pages of region \"%s\" of 0x%lx "
                      "bytes",
                      bound->offset, bound->size, region->name, region->size);
}

static void check_function(const struct sysdesc *sys, uint16_t f, struct sysdesc_report *report)
{
    const struct sysdesc_function *function = &sys->function[f];

    for (uint16_t i = 0; i < f; i++)
        if (sys->function[i].fid == function->fid)
            sysdesc_found(report, SYSDESC_RULE_FUNCTION_OWNER, function->node, "fid",
                          "PCI function 0x%lx is function \"%s\" of partition \"%s\" already",
                          (uint64_t)function->fid, sys->function[i].name,
                          sys->partition[sys->function[i].partition].name);
    if (function->interrupt == SYSDESC_NONE)
        sysdesc_found(report, SYSDESC_RULE_ISC_MISSING, function->node, NULL,
                      "partition \"%s\" has PCI functions and needs a node \"interruption\"",
                      sys->partition[function->partition].name);
    check_bound(sys, function, report);
}

static bool has_functions(const struct sysdesc *sys, uint16_t partition)
{
    for (uint16_t f = 0; f < sys->functions; f++)
        if (sys->function[f].partition == partition)
            return true;
    return false;
}

static void check_interrupt(const struct sysdesc *sys, uint16_t i, struct sysdesc_report *report)
{
    const struct sysdesc_interrupt *interrupt = &sys->interrupt[i];

    if (interrupt->isc >= ISC_LIMIT)
        sysdesc_found(report, SYSDESC_RULE_ISC_RANGE, interrupt->node, "subclass",
                      "interruption subclass %lu is not 0 to 7", (uint64_t)interrupt->isc);
    for (uint16_t before = 0; before < i; before++)
        if (sys->interrupt[before].isc == interrupt->isc)
            sysdesc_found(report, SYSDESC_RULE_ISC_OWNER, interrupt->node, "subclass",
                          "interruption subclass %lu belongs to partition \"%s\" already",
                          (uint64_t)interrupt->isc,
                          sys->partition[sys->interrupt[before].partition].name);
    if (!has_functions(sys, interrupt->partition))
        sysdesc_found(report, SYSDESC_RULE_ISC_UNUSED, interrupt->node, NULL,
                      "partition \"%s\" has no PCI function",
                      sys->partition[interrupt->partition].name);
}

static void check_dma(const struct sysdesc_space *space, struct sysdesc_report *report)
{
    if (space->iova % SYSDESC_SEGMENT != 0 || space->size % SYSDESC_SEGMENT != 0 ||
        space->size == 0)
        sysdesc_found(report, SYSDESC_RULE_DMA_ALIGN, space->node,
                      space->iova % SYSDESC_SEGMENT != 0 ? "iova" : "size",
                      "DMA window with base 0x%lx and size 0x%lx is not whole MiB", space->iova,
                      space->size);
    if (space->iova < SYSDESC_IOVA_FIRST ||
        !rules_inside(space->iova, space->size, SYSDESC_IOVA_END))
        sysdesc_found(report, SYSDESC_RULE_DMA_RANGE, space->node, "iova",
                      "DMA window with base 0x%lx and size 0x%lx leaves [0x%lx, 0x%lx)",
                      space->iova, space->size, (uint64_t)SYSDESC_IOVA_FIRST,
                      (uint64_t)SYSDESC_IOVA_END);
}

/* Segment tables of a DMA window: one for each 2 GiB range that it touches. */
static uint64_t segment_tables(const struct sysdesc_space *space)
{
    uint64_t end = layout_sum(space->iova, space->size);

    if (space->size == 0)
        return 0;
    return (end - 1) / SEGMENT_TABLE_BYTES - space->iova / SEGMENT_TABLE_BYTES + 1;
}

/* The finding names the first space that no longer fits. */
static void check_budget(const struct sysdesc *sys, struct sysdesc_report *report)
{
    uint64_t pages = 0, segments = 0;

    for (uint16_t s = 0; s < sys->spaces; s++) {
        const struct sysdesc_space *space = &sys->space[s];
        bool io = space->kind == SYSDESC_SPACE_IO;
        uint64_t bytes = io ? space->size : layout_space(sys, space->owner);

        pages = layout_sum(pages, bytes / SYSDESC_SEGMENT);
        segments = layout_sum(segments, io ? segment_tables(space) : 1);
        if (pages <= SYSDESC_PAGE_TABLES && segments <= SYSDESC_SEGMENT_TABLES)
            continue;
        sysdesc_found(report, SYSDESC_RULE_TABLE_BUDGET, space->node, io ? "size" : NULL,
                      "with this %s the spaces need %lu page tables and %lu segment tables; there "
                      "are %lu and %lu",
                      io ? "DMA window" : "process", pages, segments, (uint64_t)SYSDESC_PAGE_TABLES,
                      (uint64_t)SYSDESC_SEGMENT_TABLES);
        return;
    }
}

void rules_pci(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t f = 0; f < sys->functions; f++)
        check_function(sys, f, report);
    for (uint16_t i = 0; i < sys->interrupts; i++)
        check_interrupt(sys, i, report);
    for (uint16_t s = 0; s < sys->spaces; s++)
        if (sys->space[s].kind == SYSDESC_SPACE_IO)
            check_dma(&sys->space[s], report);
    check_budget(sys, report);
}
