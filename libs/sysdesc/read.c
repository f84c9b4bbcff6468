/* SPDX-License-Identifier: BSD-2-Clause */
/* The properties of the nodes, read into the model. Belongs to: init and host tool. */
#include "libs/sysdesc/read.h"

#include <string.h>

#include "libs/sysdesc/report.h"
#include "libs/sysdesc/values.h"

#define COMPATIBLE "bulkhead,system-1"

static void refuse_value(const struct reading *reading, const char *form)
{
    sysdesc_found(reading->tree->report, SYSDESC_RULE_VALUE, (int32_t)reading->node->at,
                  reading->property, "\"%s\" must be %s", reading->property, form);
}

static void read_cell(const struct reading *reading)
{
    uint32_t cell = 0;

    if (!value_cell(reading->value, reading->size, &cell))
        refuse_value(reading, "one number, such as <5>");
    memcpy(reading->to, &cell, sizeof(cell));
}

/* The three forms of 64-bit numbers. */
static void read_long(const struct reading *reading,
                      bool (*value)(const void *, size_t, uint64_t *), const char *form)
{
    uint64_t number = 0;

    if (!value(reading->value, reading->size, &number))
        refuse_value(reading, form);
    memcpy(reading->to, &number, sizeof(number));
}

static void read_text(const struct reading *reading, size_t room, const char *form)
{
    if (!value_text(reading->value, reading->size, reading->to, room))
        refuse_value(reading, form);
}

static void read_access(const struct reading *reading)
{
    uint32_t rights = 0;

    if (!value_access(reading->value, reading->size, &rights))
        refuse_value(reading, "\"r\", \"rw\" or \"rx\"");
    memcpy(reading->to, &rights, sizeof(rights));
}

static void read_flag(const struct reading *reading)
{
    bool flag = true;

    if (reading->size != 0)
        refuse_value(reading, "alone, without a value");
    memcpy(reading->to, &flag, sizeof(flag));
}

static void read_linked(const struct reading *reading, enum schema_value value)
{
    switch (value) {
    case VALUE_REGION:
        read_reference(reading, KIND_REGION);
        break;
    case VALUE_PROCESS:
        read_reference(reading, KIND_PROCESS);
        break;
    case VALUE_ENDPOINT:
        read_reference(reading, KIND_ENDPOINT);
        break;
    case VALUE_NOTIFICATION:
        read_reference(reading, KIND_NOTIFICATION);
        break;
    case VALUE_SERVERS:
        read_servers(reading);
        break;
    case VALUE_FUNCTIONS:
        read_functions(reading);
        break;
    case VALUE_PARTITIONS:
        read_partitions(reading);
        break;
    case VALUE_OBJECT:
        read_object(reading);
        break;
    case VALUE_RIGHTS:
        read_rights(reading);
        break;
    default: /* VALUE_TYPE was read with the object */
        break;
    }
}

static void read_value(const struct reading *reading, enum schema_value value)
{
    switch (value) {
    case VALUE_CELL:
        read_cell(reading);
        break;
    case VALUE_NUMBER:
        read_long(reading, value_number,
                  "one number, such as <0x4000000> or /bits/ 64 <0x100000000>");
        break;
    case VALUE_SIZE:
        read_long(reading, value_size, "text with a unit, such as \"64K\", \"16M\" or \"1G\"");
        break;
    case VALUE_TIME:
        read_long(reading, value_time, "text with a unit, such as \"500us\", \"10ms\" or \"1s\"");
        break;
    case VALUE_FLAG:
        read_flag(reading);
        break;
    case VALUE_FILE:
        read_text(reading, SYSDESC_FILE, "text of 1 to 63 characters");
        break;
    case VALUE_COMMAND_LINE:
        read_text(reading, SYSDESC_COMMAND_LINE, "text of 1 to 511 characters");
        break;
    case VALUE_ACCESS:
        read_access(reading);
        break;
    default:
        read_linked(reading, value);
        break;
    }
}

/* The properties of a node's kind, in the order of the language. */
static void read_known(struct tree *tree, const struct tree_node *node)
{
    for (size_t i = 0; i < schema_properties_count; i++) {
        const struct schema_property *known = &schema_properties[i];
        struct reading reading = {.tree = tree, .node = node, .property = known->name};
        struct blob_item item;

        if (known->kind != node->kind)
            continue;
        if (blob_property(&tree->blob, node->at, known->name, &item)) {
            reading.value = item.value;
            reading.size = item.size;
            reading.to = (char *)tree->sys + node->place + known->offset;
            read_value(&reading, known->value);
        } else if (known->required) {
            sysdesc_found(tree->report, SYSDESC_RULE_MISSING_PROPERTY, (int32_t)node->at, NULL,
                          "this %s needs the property \"%s\"", schema_noun(node->kind),
                          known->name);
        }
    }
}

/* The properties below `values` have names of the user's choice. */
static void read_named_number(struct tree *tree, uint16_t node, const struct blob_item *item)
{
    int32_t at = (int32_t)tree->node[node].at;
    struct sysdesc_value *value = &tree->sys->value[tree->sys->values];

    if (tree->sys->values >= SYSDESC_VALUES) {
        sysdesc_found(tree->report, SYSDESC_RULE_LIMIT, at, item->name,
                      "too many values: at most %lu", (uint64_t)SYSDESC_VALUES);
        return;
    }
    if (!value_name(item->name, strlen(item->name))) {
        sysdesc_found(tree->report, SYSDESC_RULE_NAME, at, item->name,
                      "\"%s\" is no name: 1 to 23 small letters, digits and hyphens, a letter "
                      "first",
                      item->name);
        return;
    }
    if (!value_number(item->value, item->size, &value->value))
        sysdesc_found(tree->report, SYSDESC_RULE_VALUE, at, item->name,
                      "\"%s\" must be one number, such as <5>", item->name);
    memcpy(value->name, item->name, strlen(item->name));
    value->node = at;
    value->process = tree_enclosing(tree, node, KIND_PROCESS);
    tree->sys->values++;
}

/* A property that is there must be known, and there once. */
static void read_present(struct tree *tree, uint16_t i, const struct blob_item *item)
{
    const struct tree_node *node = &tree->node[i];
    struct blob_item first;

    if (blob_property(&tree->blob, node->at, item->name, &first) && first.at != item->at)
        sysdesc_found(tree->report, SYSDESC_RULE_DUPLICATE, (int32_t)node->at, item->name,
                      "the property \"%s\" is there twice", item->name);
    else if (strcmp(item->name, "phandle") == 0 ||
             (node->kind == KIND_ROOT && strcmp(item->name, "compatible") == 0))
        return;
    else if (node->kind == KIND_VALUES)
        read_named_number(tree, i, item);
    else if (schema_property(node->kind, item->name) == NULL)
        sysdesc_found(tree->report, SYSDESC_RULE_UNKNOWN_PROPERTY, (int32_t)node->at, item->name,
                      "%s %s has no property \"%s\"", schema_article(node->kind),
                      schema_noun(node->kind), item->name);
}

static void read_compatible(struct tree *tree)
{
    struct blob_item item;

    if (!blob_property(&tree->blob, 0, "compatible", &item) || item.size != sizeof(COMPATIBLE) ||
        memcmp(item.value, COMPATIBLE, sizeof(COMPATIBLE)) != 0)
        sysdesc_found(tree->report, SYSDESC_RULE_COMPATIBLE, 0, "compatible",
                      "the root must say: compatible = \"" COMPATIBLE "\"");
}

void read_properties(struct tree *tree)
{
    struct blob_item item;

    read_compatible(tree);
    for (uint16_t i = 0; i < tree->count; i++) {
        const struct tree_node *node = &tree->node[i];

        for (item = blob_item(&tree->blob, blob_item(&tree->blob, node->at).next);
             item.token == BLOB_PROPERTY; item = blob_item(&tree->blob, item.next))
            read_present(tree, i, &item);
        read_known(tree, node);
    }
}
