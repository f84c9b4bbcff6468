/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The nodes of a blob, each with its kind and the structure of the model that keeps it. Belongs
 * to: init and host tool; private to libs/sysdesc.
 */
#ifndef BH_SYSDESC_TREE_H
#define BH_SYSDESC_TREE_H

#include "libs/sysdesc/blob.h"
#include "libs/sysdesc/schema.h"
#include "libs/sysdesc/sysdesc.h"

struct tree_node {
    const char *name;
    enum schema_kind kind;
    uint32_t at;      /* offset in the blob's structure block */
    uint32_t phandle; /* 0: none */
    size_t place;     /* offset in struct sysdesc of the structure that keeps it */
    uint16_t parent;  /* index of a node */
    uint16_t index;   /* in the array of its kind; SYSDESC_NONE if it has none */
};

struct tree {
    struct blob blob;
    struct sysdesc *sys;
    struct sysdesc_report *report;
    uint16_t count;
    struct tree_node node[SYSDESC_NODES];
};

/* Walks the blob once: gives every node that the language knows its place in the model, links it
 * to what contains it, and reports the others. Requires: blob, sys and report set, sys cleared. */
void tree_build(struct tree *tree);

/* The index in its array of the nearest enclosing node of a kind; SYSDESC_NONE if none. */
uint16_t tree_enclosing(const struct tree *tree, uint16_t node, enum schema_kind kind);

/* A new element of the array of the node's kind, with its name and place in the blob, everything
 * else zero; returns its index, or SYSDESC_NONE if the array is full. */
uint16_t tree_add_element(struct sysdesc *sys, const struct schema_list *list,
                          const struct tree_node *node);

/* Ties the new element of a node to the elements that contain it. */
void tree_link_element(struct tree *tree, uint16_t node);

#endif
