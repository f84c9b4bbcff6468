/* SPDX-License-Identifier: BSD-2-Clause */
/* Integer and string formatting. Belongs to: everything that runs as a process. */
#include "libs/rt/format.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DIGITS 24 /* 2^64 - 1 has 22 octal digits */

struct out {
    char *to;
    size_t size, length;
};

/* One conversion specification. */
struct spec {
    bool left, zero, plus, space, alternate;
    int width;
    int precision; /* negative: none given */
    int length;    /* bytes of the integer argument */
    char conversion;
};

static void put(struct out *out, char c)
{
    if (out->length < out->size)
        out->to[out->length] = c;
    out->length++;
}

static void put_many(struct out *out, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        put(out, text[i]);
}

static void pad(struct out *out, char c, int count)
{
    for (int i = 0; i < count; i++)
        put(out, c);
}

/* Text in a field of the specification's width. */
static void put_field(struct out *out, const struct spec *spec, const char *text, int count)
{
    if (!spec->left)
        pad(out, ' ', spec->width - count);
    put_many(out, text, count);
    if (spec->left)
        pad(out, ' ', spec->width - count);
}

static const char *parse_flags(const char *at, struct spec *spec)
{
    for (;; at++) {
        switch (*at) {
        case '-':
            spec->left = true;
            break;
        case '0':
            spec->zero = true;
            break;
        case '+':
            spec->plus = true;
            break;
        case ' ':
            spec->space = true;
            break;
        case '#':
            spec->alternate = true;
            break;
        default:
            return at;
        }
    }
}

/* A decimal number, at most INT_MAX / 16, so that sums of a few do not overflow. */
static const char *parse_number(const char *at, int *number)
{
    *number = 0;
    for (; *at >= '0' && *at <= '9'; at++)
        if (*number < INT_MAX / 256)
            *number = *number * 10 + (*at - '0');
    return at;
}

static const char *parse_length(const char *at, struct spec *spec)
{
    spec->length = sizeof(int);
    if (strchr("ljzt", *at) && *at != 0)
        spec->length = sizeof(long);
    else if (*at == 'h')
        spec->length = at[1] == 'h' ? sizeof(char) : sizeof(short);
    else
        return at;
    return at[1] == at[0] ? at + 2 : at + 1;
}

static unsigned base_of(char conversion)
{
    if (conversion == 'o')
        return 8;
    return conversion == 'd' || conversion == 'i' || conversion == 'u' ? 10 : 16;
}

/* Digits of a value, at the end of the buffer; returns the first. No digits for zero. */
static char *digits(char *end, uint64_t value, char conversion)
{
    const char *alphabet = conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = base_of(conversion);

    for (; value != 0; value /= base)
        *--end = alphabet[value % base];
    return end;
}

/* What stands before the digits: a sign or the mark of the base. */
static const char *prefix_of(const struct spec *spec, uint64_t value, bool negative)
{
    bool is_signed = spec->conversion == 'd' || spec->conversion == 'i';

    if (negative)
        return "-";
    if (is_signed && spec->plus)
        return "+";
    if (is_signed && spec->space)
        return " ";
    if (spec->conversion == 'p' || (spec->conversion == 'x' && spec->alternate && value != 0))
        return "0x";
    return spec->conversion == 'X' && spec->alternate && value != 0 ? "0X" : "";
}

static void put_integer(struct out *out, const struct spec *spec, uint64_t value, bool negative)
{
    char buffer[DIGITS];
    const char *first = digits(buffer + DIGITS, value, spec->conversion);
    const char *prefix = prefix_of(spec, value, negative);
    int count = (int)(buffer + DIGITS - first);
    int prefix_length = (int)strlen(prefix);
    int least = spec->precision < 0 ? 1 : spec->precision;

    if (spec->conversion == 'o' && spec->alternate && least <= count)
        least = count + 1;
    if (spec->zero && !spec->left && spec->precision < 0 && spec->width - prefix_length > least)
        least = spec->width - prefix_length;
    if (least < count)
        least = count;
    if (!spec->left)
        pad(out, ' ', spec->width - prefix_length - least);
    put_many(out, prefix, prefix_length);
    pad(out, '0', least - count);
    put_many(out, first, count);
    if (spec->left)
        pad(out, ' ', spec->width - prefix_length - least);
}

static void put_signed(struct out *out, const struct spec *spec, int64_t value)
{
    if (spec->length == sizeof(short))
        value = (short)value;
    if (spec->length == sizeof(char))
        value = (signed char)value;
    put_integer(out, spec, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0);
}

static void put_unsigned(struct out *out, const struct spec *spec, uint64_t value)
{
    if (spec->length < (int)sizeof(long))
        value &= (UINT64_C(1) << (8 * spec->length)) - 1;
    put_integer(out, spec, value, false);
}

static void put_string(struct out *out, const struct spec *spec, const char *text)
{
    size_t limit = spec->precision < 0 ? INT_MAX / 2 : (size_t)spec->precision;

    if (!text)
        text = "(null)";
    put_field(out, spec, text, (int)strnlen(text, limit));
}

/* Writes the argument of one specification; false if its conversion is not known. The va_list is
 * behind a pointer, so that the caller's moves on. */
static bool convert(struct out *out, const struct spec *spec, va_list *arguments)
{
    bool is_long = spec->length == sizeof(long);
    char c;

    switch (spec->conversion) {
    case 'd':
    case 'i':
        put_signed(out, spec, is_long ? va_arg(*arguments, long) : va_arg(*arguments, int));
        return true;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        put_unsigned(out, spec,
                     is_long ? va_arg(*arguments, unsigned long)
                             : va_arg(*arguments, unsigned int));
        return true;
    case 'p':
        put_integer(out, spec, (uintptr_t)va_arg(*arguments, void *), false);
        return true;
    case 's':
        put_string(out, spec, va_arg(*arguments, const char *));
        return true;
    case 'c':
        c = (char)va_arg(*arguments, int);
        put_field(out, spec, &c, 1);
        return true;
    default:
        return false;
    }
}

/* Width or precision: a number, or * for the next argument. */
static const char *parse_size(const char *at, int *number, va_list *arguments)
{
    if (*at != '*')
        return parse_number(at, number);
    *number = va_arg(*arguments, int);
    if (*number > INT_MAX / 16)
        *number = INT_MAX / 16;
    return at + 1;
}

/* Parses the specification behind a %; `at` is returned behind its conversion character. */
static const char *parse(const char *at, struct spec *spec, va_list *arguments)
{
    *spec = (struct spec){.precision = -1};
    at = parse_flags(at, spec);
    at = parse_size(at, &spec->width, arguments);
    if (spec->width < 0) {
        spec->left = true;
        spec->width = spec->width < -INT_MAX / 16 ? INT_MAX / 16 : -spec->width;
    }
    if (*at == '.')
        at = parse_size(at + 1, &spec->precision, arguments);
    at = parse_length(at, spec);
    spec->conversion = *at;
    return *at ? at + 1 : at;
}

/* Everything up to the end or a conversion that is not known; returns where it stopped. */
static const char *format_all(struct out *out, const char *format, va_list *arguments)
{
    struct spec spec;

    while (*format) {
        const char *percent = format;

        if (*format != '%' || format[1] == '%') {
            put(out, *format);
            format += *format == '%' ? 2 : 1;
            continue;
        }
        format = parse(format + 1, &spec, arguments);
        if (!convert(out, &spec, arguments))
            return percent;
    }
    return format;
}

int bh_format(char *to, size_t size, const char *format, va_list arguments)
{
    struct out out = {.to = to, .size = size};
    va_list copy;

    va_copy(copy, arguments);
    format = format_all(&out, format, &copy);
    va_end(copy);
    put_many(&out, format, (int)strlen(format));
    if (size > 0)
        to[out.length < size ? out.length : size - 1] = 0;
    return (int)out.length;
}
