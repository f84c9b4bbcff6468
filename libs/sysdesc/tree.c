/* SPDX-License-Identifier: BSD-2-Clause */
/* The nodes of a blob and where the model keeps them. Belongs to: init and host tool. */
#include "libs/sysdesc/tree.h"

#include <string.h>

#include "libs/sysdesc/report.h"
#include "libs/sysdesc/values.h"

uint16_t tree_enclosing(const struct tree *tree, uint16_t node, enum schema_kind kind)
{
    while (node != 0 && tree->node[node].kind != kind)
        node = tree->node[node].parent;
    return tree->node[node].kind == kind ? tree->node[node].index : SYSDESC_NONE;
}

uint16_t tree_add_element(struct sysdesc *sys, const struct schema_list *list,
                          const struct tree_node *node)
{
    char *base = (char *)sys;
    int32_t at = (int32_t)node->at;
    uint16_t count;

    memcpy(&count, base + list->count, sizeof(count));
    if (count >= list->limit)
        return SYSDESC_NONE;
    memcpy(base + list->array + count * list->size + list->name, node->name, strlen(node->name));
    memcpy(base + list->array + count * list->size + list->node, &at, sizeof(at));
    count++;
    memcpy(base + list->count, &count, sizeof(count));
    return (uint16_t)(count - 1);
}

/* Gives the last node of the table its place in the model. */
static bool place_node(struct tree *tree, uint16_t i)
{
    struct tree_node *node = &tree->node[i];
    const struct schema_list *list = schema_list(node->kind);
    const struct schema_embed *embed = schema_embed(tree->node[node->parent].kind, node->kind);
    int32_t at = (int32_t)node->at;

    if (embed != NULL) {
        node->place = tree->node[node->parent].place + embed->offset;
        memcpy((char *)tree->sys + node->place + embed->node, &at, sizeof(at));
    }
    if (list->size == 0)
        return true;
    node->index = tree_add_element(tree->sys, list, node);
    if (node->index == SYSDESC_NONE) {
        sysdesc_found(tree->report, SYSDESC_RULE_LIMIT, at, NULL,
                      "too many nodes of the kind %s: at most %lu", schema_noun(node->kind),
                      (uint64_t)list->limit);
        return false;
    }
    node->place = list->array + node->index * list->size;
    tree_link_element(tree, i);
    return true;
}

static bool is_duplicate(const struct tree *tree, uint16_t parent, const char *name)
{
    for (uint16_t i = 1; i < tree->count; i++)
        if (tree->node[i].parent == parent && strcmp(tree->node[i].name, name) == 0)
            return true;
    return false;
}

/* What the language makes of a node of this name under this parent; NULL after a finding. */
static const struct schema_child *classify(struct tree *tree, uint16_t parent,
                                           const struct blob_item *item)
{
    enum schema_kind kind = tree->node[parent].kind;
    const struct schema_child *child = schema_child(kind, item->name);
    int32_t at = (int32_t)item->at;

    if (child == NULL)
        sysdesc_found(tree->report, SYSDESC_RULE_UNKNOWN_NODE, at, NULL, "a %s has no node \"%s\"",
                      schema_noun(kind), item->name);
    else if (strcmp(child->name, SCHEMA_ANY_NAME) == 0 &&
             !value_name(item->name, strlen(item->name)))
        sysdesc_found(
            tree->report, SYSDESC_RULE_NAME, at, NULL,
            "\"%s\" is no name: 1 to 23 small letters, digits and hyphens, a letter first",
            item->name);
    else if (is_duplicate(tree, parent, item->name))
        sysdesc_found(tree->report, SYSDESC_RULE_DUPLICATE, at, NULL,
                      "there is another node \"%s\" beside this one", item->name);
    else
        return child;
    return NULL;
}

/* Adds a node; returns its index, or SYSDESC_NONE if it isn't part of the model. */
static uint16_t enter_node(struct tree *tree, uint16_t parent, const struct blob_item *item)
{
    const struct schema_child *child = classify(tree, parent, item);
    uint16_t i = tree->count;
    struct blob_item phandle;
    struct tree_node *node = &tree->node[i];

    if (child == NULL)
        return SYSDESC_NONE;
    if (i >= SYSDESC_NODES) {
        sysdesc_found(tree->report, SYSDESC_RULE_LIMIT, (int32_t)item->at, NULL,
                      "too many nodes: at most %lu", (uint64_t)SYSDESC_NODES);
        return SYSDESC_NONE;
    }
    *node = (struct tree_node){.name = item->name,
                               .kind = child->kind,
                               .at = item->at,
                               .parent = parent,
                               .index = SYSDESC_NONE};
    if (blob_property(&tree->blob, item->at, "phandle", &phandle))
        value_cell(phandle.value, phandle.size, &node->phandle);
    if (!place_node(tree, i))
        return SYSDESC_NONE;
    tree->count++;
    return i;
}

void tree_build(struct tree *tree)
{
    uint16_t inside[BLOB_DEPTH + 1] = {0};
    struct blob_item item = blob_item(&tree->blob, 0);
    uint32_t depth = 0;

    tree->node[0] = (struct tree_node){.name = "", .kind = KIND_ROOT, .index = SYSDESC_NONE};
    tree->count = 1;
    for (item = blob_item(&tree->blob, item.next);
         item.token != BLOB_END && item.token != BLOB_DAMAGED;
         item = blob_item(&tree->blob, item.next)) {
        if (item.token == BLOB_NODE_END && depth > 0)
            depth--;
        if (item.token != BLOB_NODE || depth >= BLOB_DEPTH)
            continue;
        /* Nodes under a refused one are refused with it, silently. */
        inside[depth + 1] =
            inside[depth] == SYSDESC_NONE ? SYSDESC_NONE : enter_node(tree, inside[depth], &item);
        depth++;
    }
}
