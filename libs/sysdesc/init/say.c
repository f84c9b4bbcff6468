/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines on the console. Belongs to: init. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "libs/abi/abi.h"
#include "libs/rt/output.h"
#include "libs/rt/rt.h"
#include "libs/sysdesc/init/say.h"

static void write_line(const char *start, const char *format, va_list list)
{
    char line[SAY_BYTES + 1];
    size_t used = strlen(start);

    memcpy(line, start, used);
    int length = vsnprintf(line + used, SAY_BYTES - used, format, list);
    if (length > 0)
        used += (size_t)length < SAY_BYTES - used ? (size_t)length : SAY_BYTES - used - 1;
    line[used++] = '\n';
    bh_output(line, used);
}

void say(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    write_line("init: ", format, list);
    va_end(list);
}

bool refuse(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    write_line("init: refused: ", format, list);
    va_end(list);
    return false;
}

bool mismatch(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    write_line("init: mismatch: ", format, list);
    va_end(list);
    return false;
}

bool done(uint64_t error, const char *what, const char *name)
{
    return error == BH_E_OK || refuse("%s %s: %s", what, name, bh_error_text(error));
}
