/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema.def as tables: which node and which property may stand where, and what becomes of it.
 * Belongs to: init and host tool; private to libs/sysdesc.
 */
#ifndef BH_SYSDESC_SCHEMA_H
#define BH_SYSDESC_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum schema_kind {
#define KIND(kind, noun) KIND_##kind,
#define LIST(kind, type, array, count)
#define CHILD(parent, name, kind, need)
#define EMBED(parent, kind, type, field)
#define PROPERTY(kind, name, value, type, field, need)
#include "libs/sysdesc/schema.def"
#undef KIND
#undef LIST
#undef CHILD
#undef EMBED
#undef PROPERTY
    KINDS
};

/* How the bytes of a property are read. The first group needs nothing but the bytes. */
enum schema_value {
    VALUE_CELL,         /* uint32_t */
    VALUE_NUMBER,       /* uint64_t */
    VALUE_SIZE,         /* uint64_t, bytes */
    VALUE_TIME,         /* uint64_t, microseconds */
    VALUE_FLAG,         /* bool */
    VALUE_FILE,         /* char[SYSDESC_FILE] */
    VALUE_COMMAND_LINE, /* char[SYSDESC_COMMAND_LINE] */
    VALUE_ACCESS,       /* uint32_t, BH_R_REGION_* */
    VALUE_REGION,       /* uint16_t, index; also the next three */
    VALUE_PROCESS,
    VALUE_ENDPOINT,
    VALUE_NOTIFICATION,
    VALUE_SERVERS,    /* list of processes of an endpoint */
    VALUE_FUNCTIONS,  /* list of PCI functions of a guest */
    VALUE_PARTITIONS, /* uint32_t, set of partitions */
    VALUE_OBJECT,     /* struct sysdesc_object */
    VALUE_TYPE,       /* enum bh_object: which object of a process */
    VALUE_RIGHTS      /* uint32_t, of the object that was read before */
};

#define SCHEMA_ANY_NAME "*"

struct schema_child {
    enum schema_kind parent;
    const char *name; /* SCHEMA_ANY_NAME: of the user's choice */
    enum schema_kind kind;
    bool required;
};

struct schema_property {
    enum schema_kind kind;
    const char *name;
    enum schema_value value;
    size_t offset; /* in the structure that keeps the node */
    bool required;
};

/* The array of struct sysdesc that keeps the nodes of a kind; size 0: none does. */
struct schema_list {
    size_t array, count; /* offsets in struct sysdesc; the count is a uint16_t */
    size_t size;         /* bytes of an element */
    size_t limit;        /* elements */
    size_t name, node;   /* offsets in an element */
};

/* Where nodes of a kind are kept inside what their parent is kept in. */
struct schema_embed {
    enum schema_kind parent;
    enum schema_kind kind;
    size_t offset; /* of the structure, and in it */
    size_t node;   /* of its `node` */
};

/* What a kind is called in messages, and the article that goes before it: "a" or "an". */
const char *schema_noun(enum schema_kind kind);
const char *schema_article(enum schema_kind kind);

const struct schema_list *schema_list(enum schema_kind kind);

/* NULL if nodes of this kind are kept nowhere of their own. */
const struct schema_embed *schema_embed(enum schema_kind parent, enum schema_kind kind);

/* The children and the properties of all kinds, in the order of schema.def. */
extern const struct schema_child schema_children[];
extern const size_t schema_children_count;
extern const struct schema_property schema_properties[];
extern const size_t schema_properties_count;

/* NULL if such a child or property isn't in the language. */
const struct schema_child *schema_child(enum schema_kind parent, const char *name);
const struct schema_property *schema_property(enum schema_kind kind, const char *name);

#endif
