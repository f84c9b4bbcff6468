/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: devicetree blobs put together word by word. */
#include "tests/unit/sysdesc/build_blob.h"

#include <string.h>

#define HEADER 40u

static void put32(uint8_t *to, uint32_t word)
{
    to[0] = (uint8_t)(word >> 24);
    to[1] = (uint8_t)(word >> 16);
    to[2] = (uint8_t)(word >> 8);
    to[3] = (uint8_t)word;
}

void build_start(struct build *build)
{
    memset(build, 0, sizeof(*build));
}

void build_word(struct build *build, uint32_t word)
{
    put32(build->structure + build->structure_size, word);
    build->structure_size += 4;
}

static void add_bytes(struct build *build, const void *bytes, size_t size)
{
    memcpy(build->structure + build->structure_size, bytes, size);
    build->structure_size += (size + 3) / 4 * 4;
}

void build_node(struct build *build, const char *name)
{
    build_word(build, 1);
    add_bytes(build, name, strlen(name) + 1);
}

void build_end(struct build *build)
{
    build_word(build, 2);
}

void build_property(struct build *build, const char *name, const void *value, size_t size)
{
    build_word(build, 3);
    build_word(build, (uint32_t)size);
    build_word(build, (uint32_t)build->strings_size);
    if (size > 0)
        add_bytes(build, value, size);
    memcpy(build->strings + build->strings_size, name, strlen(name) + 1);
    build->strings_size += strlen(name) + 1;
}

void build_text(struct build *build, const char *name, const char *text)
{
    build_property(build, name, text, strlen(text) + 1);
}

void build_cell(struct build *build, const char *name, uint32_t cell)
{
    uint8_t bytes[4];

    put32(bytes, cell);
    build_property(build, name, bytes, sizeof(bytes));
}

size_t build_finish(struct build *build)
{
    size_t strings = HEADER + 16;
    size_t total;

    build_word(build, 9);
    total = strings + build->structure_size + build->strings_size;
    memset(build->blob, 0, sizeof(build->blob));
    put32(build->blob, 0xd00dfeed);
    put32(build->blob + 4, (uint32_t)total);
    put32(build->blob + 8, (uint32_t)strings);
    put32(build->blob + 12, (uint32_t)(strings + build->structure_size));
    put32(build->blob + 16, HEADER);
    put32(build->blob + 20, 17);
    put32(build->blob + 24, 16);
    put32(build->blob + 32, (uint32_t)build->strings_size);
    put32(build->blob + 36, (uint32_t)build->structure_size);
    memcpy(build->blob + strings, build->structure, build->structure_size);
    memcpy(build->blob + strings + build->structure_size, build->strings, build->strings_size);
    return total;
}
