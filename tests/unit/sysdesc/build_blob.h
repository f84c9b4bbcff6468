/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: devicetree blobs put together word by word, right or wrong.
 */
#ifndef BH_TEST_SYSDESC_BUILD_BLOB_H
#define BH_TEST_SYSDESC_BUILD_BLOB_H

#include <stddef.h>
#include <stdint.h>

#define BUILD_ROOM 65536u

struct build {
    uint8_t structure[BUILD_ROOM];
    uint8_t strings[BUILD_ROOM];
    _Alignas(8) uint8_t blob[2 * BUILD_ROOM + 64];
    size_t structure_size, strings_size;
};

void build_start(struct build *build);
void build_word(struct build *build, uint32_t word);
void build_node(struct build *build, const char *name);
void build_end(struct build *build);
void build_property(struct build *build, const char *name, const void *value, size_t size);
void build_text(struct build *build, const char *name, const char *text);
void build_cell(struct build *build, const char *name, uint32_t cell);

/* Adds the final word and a header; returns the size of build->blob. */
size_t build_finish(struct build *build);

#endif
