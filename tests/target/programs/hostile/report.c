/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: the count. Belongs to: test. */
#include "tests/target/programs/hostile/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "libs/rt/rt.h"

/* More lines would only hide the first ones. */
#define LINES 20u

static unsigned attempts, breaches;

void attempt(bool refused, const char *format, ...)
{
    va_list arguments;

    attempts++;
    if (refused || ++breaches > LINES)
        return;
    va_start(arguments, format);
    fputs("BREACH ", stdout);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
}

void attempt_error(uint64_t got, uint64_t expected, const char *what)
{
    attempt(got == expected, "%s: expected \"%s\", got \"%s\"", what, bh_error_text(expected),
            bh_error_text(got));
}

int report(void)
{
    if (breaches == 0)
        printf("%u attempts, all refused\n", attempts);
    else
        printf("%u attempts, %u NOT refused\n", attempts, breaches);
    return breaches != 0;
}
