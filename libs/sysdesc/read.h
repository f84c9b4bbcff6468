/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The properties of the nodes, read into the model. Belongs to: init and host tool; private to
 * libs/sysdesc.
 */
#ifndef BH_SYSDESC_READ_H
#define BH_SYSDESC_READ_H

#include "libs/sysdesc/tree.h"

/* One property of one node while it is read. */
struct reading {
    struct tree *tree;
    const struct tree_node *node;
    const char *property; /* its name */
    const void *value;
    uint32_t size; /* bytes */
    char *to;      /* where the model keeps the result */
};

/* Reads every property of every node; reports unknown, missing, doubled and malformed ones. */
void read_properties(struct tree *tree);

/* Readers of values that depend on other nodes (references.c); they report what they refuse. */
void read_reference(const struct reading *reading, enum schema_kind kind);
void read_servers(const struct reading *reading);
void read_functions(const struct reading *reading);
void read_partitions(const struct reading *reading);
void read_object(const struct reading *reading);
void read_rights(const struct reading *reading);

#endif
