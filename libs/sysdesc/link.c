/* SPDX-License-Identifier: BSD-2-Clause */
/* Ties each element of the model to the elements that contain it. Belongs to: init and host tool.
 */
#include "libs/sysdesc/tree.h"

#include <string.h>

#include "libs/sysdesc/names.h"
#include "libs/sysdesc/report.h"

/* A process and its space are one node. */
static void link_process(struct tree *tree, const struct tree_node *node, uint16_t partition)
{
    struct sysdesc_process *process = &tree->sys->process[node->index];
    uint16_t space = tree_add_element(tree->sys, schema_list(KIND_DMA), node);

    process->partition = partition;
    process->space = space;
    process->bound_notification = SYSDESC_NONE;
    tree->sys->space[space].partition = partition;
    tree->sys->space[space].owner = node->index;
    tree->sys->space[space].kind = SYSDESC_SPACE_PROCESS;
}

static void link_dma(struct tree *tree, uint16_t i, uint16_t partition)
{
    uint16_t function = tree_enclosing(tree, i, KIND_FUNCTION);
    struct sysdesc_space *space = &tree->sys->space[tree->node[i].index];

    memcpy(space->name, tree->sys->function[function].name, sizeof(space->name));
    space->partition = partition;
    space->owner = function;
    space->kind = SYSDESC_SPACE_IO;
    tree->sys->function[function].space = tree->node[i].index;
}

static void link_window(struct tree *tree, uint16_t i)
{
    struct sysdesc_window *window = &tree->sys->window[tree->node[i].index];
    uint16_t process = tree_enclosing(tree, i, KIND_PROCESS);

    window->channel = SYSDESC_NONE;
    window->space = process == SYSDESC_NONE ? tree_enclosing(tree, i, KIND_DMA)
                                            : tree->sys->process[process].space;
}

static void link_portal(struct tree *tree, uint16_t i)
{
    const struct tree_node *node = &tree->node[i];
    struct sysdesc_portal *portal = &tree->sys->portal[node->index];
    bool known = name_reason(node->name, &portal->reason);

    portal->of = tree_enclosing(tree, i, KIND_GUEST);
    portal->guest = portal->of != SYSDESC_NONE;
    if (!portal->guest)
        portal->of = tree_enclosing(tree, i, KIND_PROCESS);
    if (!known || (!portal->guest && portal->reason > BH_REASON_FAULT))
        sysdesc_found(tree->report, SYSDESC_RULE_PORTAL_REASON, (int32_t)node->at, NULL,
                      "\"%s\" is no exit reason of a %s", node->name,
                      portal->guest ? "guest" : "process");
}

static void link_function(struct sysdesc_function *function, uint16_t partition)
{
    function->partition = partition;
    function->space = SYSDESC_NONE;
    function->interrupt = SYSDESC_NONE;
    function->bound.node = -1;
    function->events.node = -1;
}

static void link_cap(struct sysdesc_cap *cap, uint16_t process)
{
    cap->process = process;
    cap->channel = SYSDESC_NONE;
}

void tree_link_element(struct tree *tree, uint16_t i)
{
    const struct tree_node *node = &tree->node[i];
    struct sysdesc *sys = tree->sys;
    uint16_t partition = tree_enclosing(tree, i, KIND_PARTITION);

    switch (node->kind) {
    case KIND_REGION:
        sys->region[node->index].partition = partition;
        break;
    case KIND_NOTIFICATION:
        sys->notification[node->index].partition = partition;
        break;
    case KIND_ENDPOINT:
        sys->endpoint[node->index].partition = partition;
        break;
    case KIND_INTERRUPTION:
        sys->interrupt[node->index].partition = partition;
        sys->interrupt[node->index].signal.node = (int32_t)node->at;
        break;
    case KIND_FUNCTION:
        link_function(&sys->function[node->index], partition);
        break;
    case KIND_DMA:
        link_dma(tree, i, partition);
        break;
    case KIND_PROCESS:
        link_process(tree, node, partition);
        break;
    case KIND_WINDOW:
        link_window(tree, i);
        break;
    case KIND_PORTAL:
        link_portal(tree, i);
        break;
    case KIND_CAP:
        link_cap(&sys->cap[node->index], tree_enclosing(tree, i, KIND_PROCESS));
        break;
    case KIND_GUEST:
        sys->guest[node->index].partition = partition;
        break;
    default:
        break;
    }
}
