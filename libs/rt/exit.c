/* SPDX-License-Identifier: BSD-2-Clause */
/* Every way in which a program ends. Belongs to: everything that runs as a process. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"

#define CODE_FATAL 125
#define CODE_ABORT 134

_Noreturn void bh_exit(uint64_t code)
{
    fflush(stdout);
    bh_svc_exit(code);
}

_Noreturn void bh_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("fatal: ", stdout);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    bh_exit(CODE_FATAL);
}

_Noreturn void exit(int code)
{
    bh_exit((uint64_t)code);
}

_Noreturn void _Exit(int code)
{
    bh_svc_exit((uint64_t)code);
}

_Noreturn void abort(void)
{
    bh_exit(CODE_ABORT);
}

/* What assert() calls. */
_Noreturn void __assert_fail(const char *expression, const char *file, int line,
                             const char *function)
{
    bh_fatal("%s:%d: %s: assertion failed: %s", file, line, function, expression);
}

/* What functions compiled with a stack protector call, as musl's are. */
_Noreturn void __stack_chk_fail(void);
_Noreturn void __stack_chk_fail(void)
{
    bh_fatal("stack overwritten");
}
