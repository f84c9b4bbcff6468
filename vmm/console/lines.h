/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the bytes of one source to whole lines that say where they come from. Belongs to: console.
 *
 * Sources are not trusted: a line gets its prefix here, and every byte that is not printable ASCII
 * is shown as '?', so that no source can print what looks like another's line.
 */
#ifndef BH_CONSOLE_LINES_H
#define BH_CONSOLE_LINES_H

#include <stddef.h>

/* Longest text of a line; a longer one is continued as a line of its own. */
#define CONSOLE_LINE 200u

struct console_lines {
    const char *name; /* what stands before the colon */
    void (*print)(const char *name, const char *text);
    size_t length;
    char text[CONSOLE_LINE + 1];
};

/* Takes `count` bytes; calls print for each line that they complete. */
void console_lines_add(struct console_lines *lines, const char *bytes, size_t count);

#endif
