/* SPDX-License-Identifier: BSD-2-Clause */
/* Property values that refer to other nodes. Belongs to: init and host tool. */
#include "libs/sysdesc/read.h"

#include <string.h>

#include "libs/sysdesc/names.h"
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/values.h"

static const struct tree_node *find_phandle(const struct tree *tree, uint32_t phandle)
{
    for (uint16_t i = 0; phandle != 0 && i < tree->count; i++)
        if (tree->node[i].phandle == phandle)
            return &tree->node[i];
    return NULL;
}

/* The node that cell `cell` of the value refers to; NULL after a finding. */
static const struct tree_node *referred(const struct reading *reading, uint32_t cell)
{
    const uint8_t *bytes = reading->value;
    const struct tree_node *node = NULL;
    uint32_t phandle;

    if (value_cell(bytes + cell * 4, 4, &phandle))
        node = find_phandle(reading->tree, phandle);
    if (node == NULL)
        sysdesc_found(reading->tree->report, SYSDESC_RULE_REFERENCE, (int32_t)reading->node->at,
                      reading->property, "\"%s\" refers to nothing in the description",
                      reading->property);
    return node;
}

/* The same, if it is of this kind: its index in its array, else SYSDESC_NONE. */
static uint16_t referred_index(const struct reading *reading, uint32_t cell, enum schema_kind kind)
{
    const struct tree_node *node = referred(reading, cell);

    if (node == NULL)
        return SYSDESC_NONE;
    if (node->kind == kind)
        return node->index;
    sysdesc_found(reading->tree->report, SYSDESC_RULE_REFERENCE, (int32_t)reading->node->at,
                  reading->property, "\"%s\" must refer to %s %s; \"%s\" is %s %s",
                  reading->property, schema_article(kind), schema_noun(kind), node->name,
                  schema_article(node->kind), schema_noun(node->kind));
    return SYSDESC_NONE;
}

/* One to `most` cells, else a finding. */
static bool is_list(const struct reading *reading, uint64_t most)
{
    if (reading->size % 4 == 0 && reading->size >= 4 && reading->size / 4 <= most)
        return true;
    if (most == 1)
        sysdesc_found(reading->tree->report, SYSDESC_RULE_VALUE, (int32_t)reading->node->at,
                      reading->property, "\"%s\" must be one reference, such as <&label>",
                      reading->property);
    else
        sysdesc_found(reading->tree->report, SYSDESC_RULE_VALUE, (int32_t)reading->node->at,
                      reading->property,
                      "\"%s\" must be 1 to %lu references, such as <&one &other>",
                      reading->property, most);
    return false;
}

void read_reference(const struct reading *reading, enum schema_kind kind)
{
    uint16_t index;

    if (!is_list(reading, 1))
        return;
    index = referred_index(reading, 0, kind);
    memcpy(reading->to, &index, sizeof(index));
}

void read_servers(const struct reading *reading)
{
    struct sysdesc_endpoint *endpoint = &reading->tree->sys->endpoint[reading->node->index];

    if (!is_list(reading, SYSDESC_SERVERS))
        return;
    for (uint32_t i = 0; i < reading->size / 4; i++)
        endpoint->server[i] = referred_index(reading, i, KIND_PROCESS);
    endpoint->servers = (uint16_t)(reading->size / 4);
}

void read_functions(const struct reading *reading)
{
    struct sysdesc_guest *guest = &reading->tree->sys->guest[reading->node->index];

    if (!is_list(reading, SYSDESC_GUEST_FUNCTIONS))
        return;
    for (uint32_t i = 0; i < reading->size / 4; i++)
        guest->function[i] = referred_index(reading, i, KIND_FUNCTION);
    guest->functions = (uint16_t)(reading->size / 4);
}

void read_partitions(const struct reading *reading)
{
    uint32_t set = 0;
    uint16_t index;

    if (!is_list(reading, SYSDESC_PARTITIONS))
        return;
    for (uint32_t i = 0; i < reading->size / 4; i++) {
        index = referred_index(reading, i, KIND_PARTITION);
        if (index < SYSDESC_PARTITIONS)
            set |= UINT32_C(1) << index;
    }
    memcpy(reading->to, &set, sizeof(set));
}

/* The type of the object that a node of a kind stands for; BH_NONE: none, or more than one. */
static enum bh_object object_type(enum schema_kind kind)
{
    static const enum bh_object types[KINDS] = {
        [KIND_PARTITION] = BH_PARTITION,
        [KIND_REGION] = BH_REGION,
        [KIND_DMA] = BH_IOSPACE,
        [KIND_ENDPOINT] = BH_ENDPOINT,
        [KIND_NOTIFICATION] = BH_NOTIFICATION,
        [KIND_FUNCTION] = BH_PCI,
        [KIND_INTERRUPTION] = BH_IRQ,
        [KIND_GUEST] = BH_VCPU,
        [KIND_CONSOLE] = BH_CONSOLE,
        [KIND_SCHEDULE] = BH_SCHEDULE,
        [KIND_AUDIT] = BH_AUDIT,
    };

    return types[kind];
}

/* Which object of a process the property "type" means. */
static struct sysdesc_object process_object(const struct tree *tree, uint16_t process,
                                            const struct blob_item *type)
{
    struct sysdesc_object object = {BH_NONE, process};
    char text[SYSDESC_NAME];

    if (!value_text(type->value, type->size, text, sizeof(text)))
        return object;
    if (strcmp(text, "thread") == 0)
        object.type = BH_THREAD;
    else if (strcmp(text, "captable") == 0)
        object.type = BH_CAPTABLE;
    else if (strcmp(text, "space") == 0)
        object = (struct sysdesc_object){BH_SPACE, tree->sys->process[process].space};
    return object;
}

void read_object(const struct reading *reading)
{
    struct sysdesc_object object = {BH_NONE, 0};
    const struct tree_node *node = is_list(reading, 1) ? referred(reading, 0) : NULL;
    struct tree *tree = reading->tree;
    struct blob_item type;
    bool typed = blob_property(&tree->blob, reading->node->at, "type", &type);

    if (node == NULL)
        return;
    object.index = node->index == SYSDESC_NONE ? 0 : node->index;
    object.type = object_type(node->kind);
    if (node->kind == KIND_PROCESS && typed)
        object = process_object(tree, node->index, &type);
    if (node->kind == KIND_PROCESS ? object.type == BH_NONE : typed)
        sysdesc_found(tree->report, SYSDESC_RULE_CAP_TYPE, (int32_t)reading->node->at,
                      typed ? "type" : NULL,
                      node->kind == KIND_PROCESS
                          ? "\"%s\" is a process: \"type\" must be \"thread\", \"space\" or "
                            "\"captable\""
                          : "\"%s\" is a single object: there is no \"type\"",
                      node->name);
    else if (object.type == BH_NONE)
        sysdesc_found(tree->report, SYSDESC_RULE_REFERENCE, (int32_t)reading->node->at,
                      reading->property, "\"%s\" must refer to an object; \"%s\" is %s %s",
                      reading->property, node->name, schema_article(node->kind),
                      schema_noun(node->kind));
    memcpy(reading->to, &object, sizeof(object));
}

static void refuse_right(const struct reading *reading, enum bh_object type, const char *name,
                         bool twice)
{
    struct sysdesc_text list = {.used = 0};
    struct sysdesc_text noun = {.used = 0};

    name_add_all_rights(&list, type);
    name_add_type(&noun, type);
    if (twice)
        sysdesc_found(reading->tree->report, SYSDESC_RULE_RIGHT_UNKNOWN, (int32_t)reading->node->at,
                      reading->property, "the right \"%s\" is named twice", name);
    else
        sysdesc_found(reading->tree->report, SYSDESC_RULE_RIGHT_UNKNOWN, (int32_t)reading->node->at,
                      reading->property,
                      "\"%s\" is no right of an object of type %s, which has: %s", name, noun.at,
                      list.at);
}

void read_rights(const struct reading *reading)
{
    enum bh_object type = reading->tree->sys->cap[reading->node->index].object.type;
    uint32_t rights = 0;
    size_t place = 0;
    const char *name = value_next_string(reading->value, reading->size, &place);

    if (type == BH_NONE)
        return;
    for (; name != NULL; name = value_next_string(reading->value, reading->size, &place)) {
        uint32_t right = name_right(type, name);

        if (right == 0 || (rights & right) != 0)
            refuse_right(reading, type, name, right != 0);
        rights |= right;
    }
    if (place == 0 || place != reading->size)
        sysdesc_found(reading->tree->report, SYSDESC_RULE_VALUE, (int32_t)reading->node->at,
                      reading->property,
                      "\"rights\" must be one or more texts, such as \"load\", \"store\"");
    memcpy(reading->to, &rights, sizeof(rights));
}
