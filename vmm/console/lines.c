/* SPDX-License-Identifier: BSD-2-Clause */
/* Line assembly of one source. Belongs to: console. */
#include "vmm/console/lines.h"

static void end_line(struct console_lines *lines)
{
    lines->text[lines->length] = 0;
    lines->length = 0;
    lines->print(lines->name, lines->text);
}

static char shown(char c)
{
    if (c == '\t')
        return ' ';
    return c >= ' ' && c <= '~' ? c : '?';
}

void console_lines_add(struct console_lines *lines, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
            end_line(lines);
            continue;
        }
        if (lines->length == CONSOLE_LINE)
            end_line(lines);
        lines->text[lines->length++] = shown(bytes[i]);
    }
}
