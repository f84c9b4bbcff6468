/* SPDX-License-Identifier: BSD-2-Clause */
/* A compiled devicetree as a sequence of items, by libfdt. Belongs to: init and host tool. */
#include "libs/sysdesc/blob.h"

#include <string.h>

#include <libfdt.h>

#define VERSION 17u
#define STRUCTURE_ALIGN 4u
#define RESERVATIONS_ALIGN 8u

static struct blob_item read_node(const struct blob *blob, struct blob_item item)
{
    item.name = fdt_get_name(blob->fdt, (int)item.at, NULL);
    if (item.name != NULL)
        item.token = BLOB_NODE;
    return item;
}

static struct blob_item read_property(const struct blob *blob, struct blob_item item)
{
    int size;

    item.value = fdt_getprop_by_offset(blob->fdt, (int)item.at, &item.name, &size);
    if (item.value == NULL)
        return item;
    item.size = (uint32_t)size;
    item.token = BLOB_PROPERTY;
    return item;
}

struct blob_item blob_item(const struct blob *blob, uint32_t at)
{
    struct blob_item item = {.token = BLOB_DAMAGED};
    uint32_t tag;
    int here, next = (int)at;

    do {
        here = next;
        tag = fdt_next_tag(blob->fdt, here, &next);
    } while (tag == FDT_NOP);
    item.at = (uint32_t)here;
    item.next = (uint32_t)next;
    switch (tag) {
    case FDT_BEGIN_NODE:
        return read_node(blob, item);
    case FDT_PROP:
        return read_property(blob, item);
    case FDT_END_NODE:
        item.token = BLOB_NODE_END;
        return item;
    default: /* libfdt says "the end" of damage too, and then has no next place */
        item.token = next < 0 ? BLOB_DAMAGED : BLOB_END;
        return item;
    }
}

/* What libfdt reads as words must lie at multiples of their size, which it doesn't check for the
 * blocks inside. */
static bool is_aligned(const void *bytes)
{
    return (uintptr_t)bytes % BLOB_ALIGN == 0 && fdt_off_dt_struct(bytes) % STRUCTURE_ALIGN == 0 &&
           fdt_off_mem_rsvmap(bytes) % RESERVATIONS_ALIGN == 0;
}

/* One root at offset 0 with properties before subnodes in every node, which libfdt leaves open.
 * Requires: fdt_check_full, so every node ends and there is no second root. */
static bool is_plain(const struct blob *blob)
{
    struct blob_item item = blob_item(blob, 0);
    enum blob_token before = BLOB_NODE;
    uint32_t depth = 0;

    if (item.token != BLOB_NODE || item.at != 0)
        return false;
    for (; item.token != BLOB_END; item = blob_item(blob, item.next)) {
        if (item.token == BLOB_DAMAGED || (item.token == BLOB_PROPERTY && before == BLOB_NODE_END))
            return false;
        if (item.token == BLOB_NODE && (depth++ == BLOB_DEPTH || strchr(item.name, '/') != NULL))
            return false;
        if (item.token == BLOB_NODE_END)
            depth--;
        before = item.token;
    }
    return true;
}

bool blob_open(struct blob *blob, const void *bytes, size_t size)
{
    blob->fdt = bytes;
    return size >= FDT_V17_SIZE && is_aligned(bytes) && fdt_version(bytes) >= VERSION &&
           fdt_check_full(bytes, size) == 0 && is_plain(blob);
}

bool blob_property(const struct blob *blob, uint32_t node, const char *name,
                   struct blob_item *property)
{
    struct blob_item item = blob_item(blob, node);

    if (item.token != BLOB_NODE)
        return false;
    item = blob_item(blob, item.next);
    while (item.token == BLOB_PROPERTY && strcmp(item.name, name) != 0)
        item = blob_item(blob, item.next);
    *property = item;
    return item.token == BLOB_PROPERTY;
}

void blob_path(const struct blob *blob, uint32_t node, char *path, size_t size)
{
    int at = (int)node;
    /* Negative if there is no such node, of which fdt_get_path leaves the buffer. */
    int depth = fdt_node_depth(blob->fdt, at);

    for (; depth >= 0 && fdt_get_path(blob->fdt, at, path, (int)size) != 0; depth--)
        at = fdt_parent_offset(blob->fdt, at);
    if (depth < 0)
        memcpy(path, "/", 2);
}
