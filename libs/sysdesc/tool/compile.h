/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs the devicetree compiler on a source file. Belongs to: host tool.
 */
#ifndef BH_SYSDESC_COMPILE_H
#define BH_SYSDESC_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

#define COMPILE_INCLUDES 8u

/* Bytes in memory, with a NUL behind them that `size` doesn't count. */
struct buffer {
    char *bytes;
    size_t size;
};

struct compile {
    const char *source;
    const char *include[COMPILE_INCLUDES]; /* folders for /include/ */
    unsigned includes;
};

/* Compiles to a blob, or to text annotated with source locations. Returns false if the compiler
 * refused; `*messages` is what it said. Both buffers are the caller's to free. */
bool compile_blob(const struct compile *compile, struct buffer *blob, struct buffer *messages);
bool compile_annotated(const struct compile *compile, struct buffer *text, struct buffer *messages);

#endif
