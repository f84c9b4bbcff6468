/* SPDX-License-Identifier: BSD-2-Clause */
/* schema.def as tables. Belongs to: init and host tool. */
#include "libs/sysdesc/schema.h"

#include <string.h>

#include "libs/sysdesc/sysdesc.h"

#define REQUIRED true
#define OPTIONAL false
#define MEMBER(type, field) (((struct type *)0)->field)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define KIND(kind, noun)
#define LIST(kind, type, array, count)
#define CHILD(parent, name, kind, need)
#define EMBED(parent, kind, type, field)
#define PROPERTY(kind, name, value, type, field, need)

#undef KIND
#define KIND(kind, noun) [KIND_##kind] = noun,
static const char *const nouns[KINDS] = {
#include "libs/sysdesc/schema.def"
};
#undef KIND
#define KIND(kind, noun)

#undef LIST
#define LIST(kind, type, array, count)                                                             \
    [KIND_##kind] = {offsetof(struct sysdesc, array),                                              \
                     offsetof(struct sysdesc, count),                                              \
                     sizeof(struct type),                                                          \
                     COUNT(MEMBER(sysdesc, array)),                                                \
                     offsetof(struct type, name),                                                  \
                     offsetof(struct type, node)},
static const struct schema_list lists[KINDS] = {
#include "libs/sysdesc/schema.def"
};
#undef LIST
#define LIST(kind, type, array, count)

#undef EMBED
#define EMBED(parent, kind, type, field)                                                           \
    {KIND_##parent, KIND_##kind, offsetof(struct type, field),                                     \
     offsetof(struct type, field.node) - offsetof(struct type, field)},
static const struct schema_embed embeds[] = {
#include "libs/sysdesc/schema.def"
};
#undef EMBED
#define EMBED(parent, kind, type, field)

#undef CHILD
#define CHILD(parent, name, kind, need) {KIND_##parent, name, KIND_##kind, need},
const struct schema_child schema_children[] = {
#include "libs/sysdesc/schema.def"
};
const size_t schema_children_count = COUNT(schema_children);
#undef CHILD
#define CHILD(parent, name, kind, need)

#undef PROPERTY
#define PROPERTY(kind, name, value, type, field, need)                                             \
    {KIND_##kind, name, VALUE_##value, offsetof(struct type, field), need},
const struct schema_property schema_properties[] = {
#include "libs/sysdesc/schema.def"
};
const size_t schema_properties_count = COUNT(schema_properties);

const char *schema_noun(enum schema_kind kind)
{
    return nouns[kind];
}

const char *schema_article(enum schema_kind kind)
{
    return strchr("aei", nouns[kind][0]) != NULL ? "an" : "a";
}

const struct schema_list *schema_list(enum schema_kind kind)
{
    return &lists[kind];
}

const struct schema_embed *schema_embed(enum schema_kind parent, enum schema_kind kind)
{
    for (size_t i = 0; i < COUNT(embeds); i++)
        if (embeds[i].parent == parent && embeds[i].kind == kind)
            return &embeds[i];
    return NULL;
}

const struct schema_child *schema_child(enum schema_kind parent, const char *name)
{
    for (size_t i = 0; i < schema_children_count; i++) {
        const struct schema_child *child = &schema_children[i];

        if (child->parent == parent &&
            (strcmp(child->name, name) == 0 || strcmp(child->name, SCHEMA_ANY_NAME) == 0))
            return child;
    }
    return NULL;
}

const struct schema_property *schema_property(enum schema_kind kind, const char *name)
{
    for (size_t i = 0; i < schema_properties_count; i++)
        if (schema_properties[i].kind == kind && strcmp(schema_properties[i].name, name) == 0)
            return &schema_properties[i];
    return NULL;
}
