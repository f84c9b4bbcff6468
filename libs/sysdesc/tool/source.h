/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which line of the source a node or property comes from, and what the compiler's own errors say.
 * Belongs to: host tool. Source of the formats: output of dtc 1.6 with -T -T, and its messages.
 */
#ifndef BH_SYSDESC_SOURCE_H
#define BH_SYSDESC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct source_place {
    char *path;    /* of the node; with ":property" behind it for a property */
    char *file;    /* as it was opened */
    unsigned line; /* from 1 */
};

struct source_map {
    struct source_place *place;
    size_t count;
};

/* Reads annotated text; the text is changed. The map is the caller's to free with source_free. */
void source_read(struct source_map *map, char *annotated);
void source_free(struct source_map *map);

/* The place of a property, or of the node if it has none such or `property` is NULL; NULL if the
 * node isn't in the source. */
const struct source_place *source_find(const struct source_map *map, const char *path,
                                       const char *property);

/* One error of the compiler. The strings lie in the line that it was read from. */
struct source_error {
    const char *file; /* NULL: it isn't about a place */
    unsigned line;
    const char *check; /* the compiler's name for what it checked; NULL: syntax */
    const char *text;
};

/* Reads a line of the compiler's messages and changes it. False: the line is no error. */
bool source_error(char *line, struct source_error *error);

#endif
