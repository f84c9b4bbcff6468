/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader of flattened devicetrees. Belongs to: init and host tool. */
#include "libs/sysdesc/blob.h"

#include <string.h>

#define MAGIC 0xd00dfeedu
#define HEADER_SIZE 40u
#define VERSION 17u

/* Offsets of the header's big-endian words. */
enum {
    AT_MAGIC = 0,
    AT_TOTAL_SIZE = 4,
    AT_STRUCTURE = 8,
    AT_STRINGS = 12,
    AT_VERSION = 20,
    AT_COMPATIBLE_VERSION = 24,
    AT_STRINGS_SIZE = 32,
    AT_STRUCTURE_SIZE = 36
};

/* The words that begin the items of the structure block. */
enum { WORD_NODE = 1, WORD_NODE_END = 2, WORD_PROPERTY = 3, WORD_NOP = 4, WORD_END = 9 };

static uint32_t be32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Words are 4-byte aligned; `at` never exceeds the block's size, which is below 2 GiB. */
static uint32_t aligned(uint32_t at)
{
    return (at + 3) / 4 * 4;
}

static bool has_room(const struct blob *blob, uint32_t at, uint32_t size)
{
    return at <= blob->structure_size && size <= blob->structure_size - at;
}

static struct blob_item read_node(const struct blob *blob, struct blob_item item)
{
    uint32_t start = item.next;
    const uint8_t *name = blob->structure + start;
    const uint8_t *end = memchr(name, '\0', blob->structure_size - start);

    if (end == NULL)
        return item;
    item.token = BLOB_NODE;
    item.name = (const char *)name;
    item.next = aligned(start + (uint32_t)(end - name) + 1);
    return item;
}

static struct blob_item read_property(const struct blob *blob, struct blob_item item)
{
    uint32_t name;

    if (!has_room(blob, item.next, 8))
        return item;
    item.size = be32(blob->structure + item.next);
    name = be32(blob->structure + item.next + 4);
    item.next += 8;
    if (!has_room(blob, item.next, item.size) || name >= blob->strings_size ||
        memchr(blob->strings + name, '\0', blob->strings_size - name) == NULL)
        return item;
    item.token = BLOB_PROPERTY;
    item.name = (const char *)blob->strings + name;
    item.value = blob->structure + item.next;
    item.next = aligned(item.next + item.size);
    return item;
}

struct blob_item blob_item(const struct blob *blob, uint32_t at)
{
    struct blob_item item = {.token = BLOB_DAMAGED, .at = at};
    uint32_t word = WORD_NOP;

    while (word == WORD_NOP && has_room(blob, at, 4)) {
        item.at = at;
        word = be32(blob->structure + at);
        at += 4;
    }
    item.next = at;
    switch (word) {
    case WORD_NODE:
        return read_node(blob, item);
    case WORD_PROPERTY:
        return read_property(blob, item);
    case WORD_NODE_END:
        item.token = BLOB_NODE_END;
        return item;
    case WORD_END:
        item.token = BLOB_END;
        return item;
    default:
        return item;
    }
}

/* A block of `block_size` bytes at `offset` lies behind the header in the blob of `total` bytes. */
static bool block_fits(uint32_t offset, uint32_t block_size, uint32_t total)
{
    return offset >= HEADER_SIZE && offset <= total && block_size <= total - offset;
}

static bool place_blocks(struct blob *blob, const uint8_t *header, size_t size)
{
    uint32_t total = be32(header + AT_TOTAL_SIZE);
    uint32_t structure = be32(header + AT_STRUCTURE);
    uint32_t strings = be32(header + AT_STRINGS);

    blob->structure_size = be32(header + AT_STRUCTURE_SIZE);
    blob->strings_size = be32(header + AT_STRINGS_SIZE);
    if (total > size || total > INT32_MAX || structure % 4 != 0 ||
        !block_fits(structure, blob->structure_size, total) ||
        !block_fits(strings, blob->strings_size, total))
        return false;
    blob->structure = header + structure;
    blob->strings = header + strings;
    return true;
}

/* One root at offset 0 without a name, properties before subnodes, every node ended, then the end.
 */
static bool is_whole(const struct blob *blob)
{
    struct blob_item item = blob_item(blob, 0);
    enum blob_token before = BLOB_NODE;
    uint32_t depth = 0;

    if (item.token != BLOB_NODE || item.at != 0 || item.name[0] != '\0')
        return false;
    do {
        if (item.token == BLOB_NODE && depth == BLOB_DEPTH)
            return false;
        if (item.token == BLOB_PROPERTY && before == BLOB_NODE_END)
            return false;
        if (item.token == BLOB_NODE)
            depth++;
        if (item.token == BLOB_NODE_END && depth-- == 1)
            return blob_item(blob, item.next).token == BLOB_END;
        before = item.token;
        item = blob_item(blob, item.next);
    } while (item.token != BLOB_DAMAGED && item.token != BLOB_END);
    return false;
}

bool blob_open(struct blob *blob, const void *bytes, size_t size)
{
    const uint8_t *header = bytes;

    return size >= HEADER_SIZE && be32(header + AT_MAGIC) == MAGIC &&
           be32(header + AT_VERSION) >= VERSION &&
           be32(header + AT_COMPATIBLE_VERSION) <= VERSION && place_blocks(blob, header, size) &&
           is_whole(blob);
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

/* Where `name` ends when it is put behind a slash at `length`. */
static size_t append(char *path, size_t size, size_t length, const char *name)
{
    if (length + 1 < size)
        path[length++] = '/';
    while (*name != '\0' && length + 1 < size)
        path[length++] = *name++;
    path[length] = '\0';
    return length;
}

void blob_path(const struct blob *blob, uint32_t node, char *path, size_t size)
{
    size_t length[BLOB_DEPTH + 1] = {0};
    struct blob_item item = blob_item(blob, 0);
    uint32_t depth = 0;

    while (item.at != node && item.token != BLOB_END && item.token != BLOB_DAMAGED) {
        if (item.token == BLOB_NODE_END && depth > 0)
            depth--;
        item = blob_item(blob, item.next);
        if (item.token == BLOB_NODE && depth < BLOB_DEPTH) {
            depth++;
            length[depth] = append(path, size, length[depth - 1], item.name);
        }
    }
    if (item.at != node || depth == 0)
        append(path, size, 0, "");
}
