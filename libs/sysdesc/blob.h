/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of flattened devicetrees. Belongs to: init and host tool; private to libs/sysdesc.
 *
 * Source of the format: devicetree specification v0.3, chapter 5 (structure version 17). Own
 * reader, because the distributed libfdt binary for s390x spills into floating-point registers,
 * which init doesn't have; a unit test compares both on whole and on damaged blobs.
 * Every function checks what it reads, so a damaged blob ends a walk, never leaves the buffer.
 */
#ifndef BH_SYSDESC_BLOB_H
#define BH_SYSDESC_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BLOB_DEPTH 16u /* nodes inside each other, the root included */

struct blob {
    const uint8_t *structure;
    const uint8_t *strings;
    uint32_t structure_size; /* bytes */
    uint32_t strings_size;
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

/* Checks header and whole structure; true if `*blob` can be read. Size in bytes. */
bool blob_open(struct blob *blob, const void *bytes, size_t size);

/* The item at offset `at`. */
struct blob_item blob_item(const struct blob *blob, uint32_t at);

/* Property `name` of the node at offset `node`; false if it has none. */
bool blob_property(const struct blob *blob, uint32_t node, const char *name,
                   struct blob_item *property);

/* The path of a node, cut off at `size` bytes with its NUL; "/" if there is no such node. */
void blob_path(const struct blob *blob, uint32_t node, char *path, size_t size);

#endif
