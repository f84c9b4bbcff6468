/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about windows. Belongs to: init and host tool. */
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

static void check_count(const struct sysdesc *sys, uint16_t s, struct sysdesc_report *report)
{
    const struct sysdesc_space *space = &sys->space[s];
    unsigned count = layout_windows(sys, s);

    if (count <= BH_WINDOWS)
        return;
    if (space->kind == SYSDESC_SPACE_IO)
        sysdesc_found(report, SYSDESC_RULE_WINDOW_COUNT, space->node, NULL,
                      "%lu DMA windows onto regions; a space has at most %lu", (uint64_t)count,
                      (uint64_t)BH_WINDOWS);
    else
        sysdesc_found(report, SYSDESC_RULE_WINDOW_COUNT, space->node, NULL,
                      "process \"%s\" needs %lu windows (1 private, %lu for channels); a space "
                      "has at most %lu",
                      space->name, (uint64_t)count,
                      (uint64_t)layout_channel_ends(sys, space->owner), (uint64_t)BH_WINDOWS);
}

static void check_place(const struct sysdesc *sys, const struct sysdesc_window *window,
                        struct sysdesc_report *report)
{
    const struct sysdesc_region *region = &sys->region[window->region];

    if (!rules_is_pages(window->offset, window->size))
        sysdesc_found(report, SYSDESC_RULE_WINDOW_ALIGN, window->node,
                      window->offset % BH_PAGE_SIZE != 0 ? "offset" : "size",
                      "window \"%s\" with offset 0x%lx and size 0x%lx is not whole pages",
                      window->name, window->offset, window->size);
    if (!rules_inside(window->offset, window->size, region->size))
        sysdesc_found(report, SYSDESC_RULE_WINDOW_RANGE, window->node, "size",
                      "window \"%s\" with offset 0x%lx and size 0x%lx leaves region \"%s\" of "
                      "0x%lx bytes",
                      window->name, window->offset, window->size, region->name, region->size);
}

static void check_authority(const struct sysdesc *sys, const struct sysdesc_window *window,
                            struct sysdesc_report *report)
{
    const struct sysdesc_region *region = &sys->region[window->region];
    const struct sysdesc_space *space = &sys->space[window->space];

    if (region->partition != space->partition)
        sysdesc_found(report, SYSDESC_RULE_WINDOW_PARTITION, window->node, "region",
                      "region \"%s\" belongs to partition \"%s\"; only channels cross partitions",
                      region->name, sys->partition[region->partition].name);
    if (space->kind == SYSDESC_SPACE_IO && (window->rights & BH_R_REGION_EXECUTE) != 0)
        sysdesc_found(report, SYSDESC_RULE_WINDOW_ACCESS, window->node, "access",
                      "a PCI function doesn't execute: \"r\" or \"rw\"");
}

static void check_alias(const struct sysdesc *sys, uint16_t w, struct sysdesc_report *report)
{
    const struct sysdesc_window *window = &sys->window[w];

    for (uint16_t i = 0; i < w; i++) {
        const struct sysdesc_window *other = &sys->window[i];

        if (other->space == window->space && other->region == window->region &&
            rules_overlap(other->offset, other->size, window->offset, window->size))
            sysdesc_found(report, SYSDESC_RULE_WINDOW_ALIAS, window->node, "region",
                          "window \"%s\" shows pages that window \"%s\" of the same space shows",
                          window->name, other->name);
    }
}

void rules_window(const struct sysdesc *sys, struct sysdesc_report *report)
{
    for (uint16_t s = 0; s < sys->spaces; s++)
        check_count(sys, s, report);
    for (uint16_t w = 0; w < sys->windows; w++) {
        check_place(sys, &sys->window[w], report);
        check_authority(sys, &sys->window[w], report);
        check_alias(sys, w, report);
    }
}
