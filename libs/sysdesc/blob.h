/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The only place that knows libfdt: a compiled devicetree as a sequence of items. Belongs to: init
 * and host tool; private to libs/sysdesc.
 *
 * Source of the format: devicetree specification v0.3, chapter 5 (structure version 17).
 * blob_open looks at everything once; after it no function can leave the blob, and what lies behind
 * its structure is BLOB_DAMAGED.
 */
#ifndef BH_SYSDESC_BLOB_H
#define BH_SYSDESC_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BLOB_ALIGN 8u  /* bytes */
#define BLOB_DEPTH 16u /* nodes inside each other, the root included */

struct blob {
    const void *fdt; /* as libfdt wants it */
};

enum blob_token { BLOB_NODE, BLOB_NODE_END, BLOB_PROPERTY, BLOB_END, BLOB_DAMAGED };

struct blob_item {
    enum blob_token token;
    uint32_t at;       /* offset in the structure block */
    uint32_t next;     /* offset of the following item; undefined after END and DAMAGED */
    const char *name;  /* NODE, PROPERTY: NUL-terminated */
    const void *value; /* PROPERTY */
    uint32_t size;     /* PROPERTY: bytes */
};

/* Checks header and whole structure; true if `*blob` can be read. Size in bytes. Refused beside
 * damage: bytes not at a multiple of BLOB_ALIGN, versions before 17, properties behind subnodes,
 * nodes deeper than BLOB_DEPTH, and names of nodes with a slash, which make paths ambiguous. */
bool blob_open(struct blob *blob, const void *bytes, size_t size);

/* The item at offset `at`, a multiple of four. */
struct blob_item blob_item(const struct blob *blob, uint32_t at);

/* Property `name` of the node at offset `node`; false if it has none. */
bool blob_property(const struct blob *blob, uint32_t node, const char *name,
                   struct blob_item *property);

/* The path of a node, or of the nearest node around it whose path has room in `size` (at least 2)
 * bytes with its NUL; "/" if there is no such node. */
void blob_path(const struct blob *blob, uint32_t node, char *path, size_t size);

#endif
