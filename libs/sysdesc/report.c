/* SPDX-License-Identifier: BSD-2-Clause */
/* Findings and the text in them, without stdio. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"

#include <string.h>

_Static_assert(sizeof(unsigned long) == sizeof(uint64_t), "%lu and %lx take a uint64_t");

/* Names in a damaged blob may hold anything: what can't be printed becomes a question mark. */
static void add_character(struct sysdesc_text *text, char character)
{
    if (character < ' ' || character > '~')
        character = '?';
    if (text->used + 1 < sizeof(text->at))
        text->at[text->used++] = character;
    text->at[text->used] = '\0';
}

static void add_string(struct sysdesc_text *text, const char *string)
{
    for (; *string != '\0'; string++)
        add_character(text, *string);
}

static void add_number(struct sysdesc_text *text, uint64_t number, unsigned base)
{
    char digits[20];
    unsigned count = 0;

    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    while (count > 0)
        add_character(text, digits[--count]);
}

void sysdesc_add_list(struct sysdesc_text *text, const char *format, va_list list)
{
    for (; *format != '\0'; format++) {
        if (strncmp(format, "%s", 2) == 0) {
            add_string(text, va_arg(list, const char *));
            format += 1;
        } else if (strncmp(format, "%lu", 3) == 0) {
            add_number(text, va_arg(list, uint64_t), 10);
            format += 2;
        } else if (strncmp(format, "%lx", 3) == 0) {
            add_number(text, va_arg(list, uint64_t), 16);
            format += 2;
        } else {
            add_character(text, *format);
        }
    }
}

void sysdesc_add(struct sysdesc_text *text, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    sysdesc_add_list(text, format, list);
    va_end(list);
}

void sysdesc_found(struct sysdesc_report *report, enum sysdesc_rule rule, int32_t node,
                   const char *property, const char *format, ...)
{
    struct sysdesc_text text = {.used = 0};
    struct sysdesc_finding finding = {rule, node, property, text.at};
    va_list list;

    va_start(list, format);
    sysdesc_add_list(&text, format, list);
    va_end(list);
    report->count++;
    report->found(report->context, &finding);
}

const char *sysdesc_rule_name(enum sysdesc_rule rule)
{
#define RULE(id, name, text) name,
    static const char *const names[] = {
#include "libs/sysdesc/rules.def"
    };
#undef RULE

    return (unsigned)rule < SYSDESC_RULES ? names[rule] : "?";
}
