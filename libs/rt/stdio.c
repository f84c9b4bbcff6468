/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of stdio.h that processes have: formatted and plain output, line-buffered, stdout and
 * stderr alike. Belongs to: everything that runs as a process.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "libs/rt/format.h"
#include "libs/rt/output.h"

#define LINE 1024

/* The type is musl's, but no code of musl ever sees these two objects. */
struct _IO_FILE {
    char unused;
};

static FILE the_file;
FILE *const stdout = &the_file;
FILE *const stderr = &the_file;

static char line[LINE];
static size_t line_length;

int fflush(FILE *file)
{
    size_t length = line_length;

    (void)file;
    line_length = 0;
    bh_output(line, length);
    return 0;
}

int fputc(int c, FILE *file)
{
    line[line_length++] = (char)c;
    if (c == '\n' || line_length == LINE)
        fflush(file);
    return (unsigned char)c;
}

int putc(int c, FILE *file)
{
    return fputc(c, file);
}

int putchar(int c)
{
    return fputc(c, stdout);
}

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict file)
{
    const char *bytes = from;

    for (size_t i = 0; i < size * count; i++)
        fputc(bytes[i], file);
    return count;
}

int fputs(const char *restrict text, FILE *restrict file)
{
    return (int)fwrite(text, strlen(text), 1, file);
}

int puts(const char *text)
{
    fputs(text, stdout);
    return fputc('\n', stdout);
}

int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list arguments)
{
    return bh_format(to, size, format, arguments);
}

int snprintf(char *restrict to, size_t size, const char *restrict format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = bh_format(to, size, format, arguments);
    va_end(arguments);
    return length;
}

/* One call prints at most a line buffer's length; the rest of the text is cut off. */
int vfprintf(FILE *restrict file, const char *restrict format, va_list arguments)
{
    char text[LINE];
    int length = bh_format(text, sizeof(text), format, arguments);

    fputs(text, file);
    return length;
}

int vprintf(const char *restrict format, va_list arguments)
{
    return vfprintf(stdout, format, arguments);
}

int fprintf(FILE *restrict file, const char *restrict format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vfprintf(file, format, arguments);
    va_end(arguments);
    return length;
}

int printf(const char *restrict format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vfprintf(stdout, format, arguments);
    va_end(arguments);
    return length;
}
