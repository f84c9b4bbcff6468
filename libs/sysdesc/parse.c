/* SPDX-License-Identifier: BSD-2-Clause */
/* From a blob to the model. Belongs to: init and host tool. */
#include <string.h>

#include "libs/sysdesc/read.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/tree.h"

/* The tree is needed during one sysdesc_parse only; it is static because stacks are small. */
static struct tree tree;

static bool has_child(uint16_t parent, enum schema_kind kind)
{
    for (uint16_t i = 1; i < tree.count; i++)
        if (tree.node[i].parent == parent && tree.node[i].kind == kind)
            return true;
    return false;
}

static void require_child(uint16_t i, const struct schema_child *child)
{
    int32_t at = (int32_t)tree.node[i].at;

    if (child->parent != tree.node[i].kind || !child->required || has_child(i, child->kind))
        return;
    if (strcmp(child->name, SCHEMA_ANY_NAME) == 0)
        sysdesc_found(tree.report, SYSDESC_RULE_MISSING_NODE, at, NULL,
                      "this %s needs at least one node", schema_noun(child->parent));
    else
        sysdesc_found(tree.report, SYSDESC_RULE_MISSING_NODE, at, NULL,
                      "this %s needs a node \"%s\"", schema_noun(child->parent), child->name);
}

/* Every function signals through its partition's subclass. */
static void link_interrupts(struct sysdesc *sys)
{
    for (uint16_t f = 0; f < sys->functions; f++)
        for (uint16_t i = 0; i < sys->interrupts; i++)
            if (sys->interrupt[i].partition == sys->function[f].partition)
                sys->function[f].interrupt = i;
}

bool sysdesc_parse(struct sysdesc *sys, const void *blob, size_t size,
                   struct sysdesc_report *report)
{
    unsigned before = report->count;

    memset(sys, 0, sizeof(*sys));
    sys->machine.node = -1;
    sys->console_input.node = -1;
    sys->schedule.node = -1;
    sys->schedule.slice = SYSDESC_SLICE;
    memset(&tree, 0, sizeof(tree));
    tree.sys = sys;
    tree.report = report;
    if (!blob_open(&tree.blob, blob, size)) {
        sysdesc_found(report, SYSDESC_RULE_DEVICETREE, -1, NULL,
                      "the compiled description is damaged or no devicetree");
        return false;
    }
    tree_build(&tree);
    for (uint16_t i = 0; i < tree.count; i++)
        for (size_t c = 0; c < schema_children_count; c++)
            require_child(i, &schema_children[c]);
    read_properties(&tree);
    link_interrupts(sys);
    return report->count == before;
}

void sysdesc_path(const void *blob, int32_t node, char path[SYSDESC_PATH])
{
    struct blob reader;

    if (node >= 0 && blob_open(&reader, blob, UINT32_MAX))
        blob_path(&reader, (uint32_t)node, path, SYSDESC_PATH);
    else
        memcpy(path, "/", 2);
}
