/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: one invocation or call, and what it must give. Belongs to: test. */
#include "tests/target/methods/check.h"

#include <stdio.h>

#include "libs/rt/rt.h"
#include "tests/target/methods/slots.h"

struct bh_results got;
unsigned failures;

bool same(const char *file, int line, const char *what, uint64_t value, uint64_t wanted)
{
    if (value == wanted)
        return true;
    failures++;
    printf("methods: FAILED: %s:%d: %s is %#lx, must be %#lx\n", file, line, what, value, wanted);
    return false;
}

static bool wrong(const char *file, int line, const char *kind, uint64_t number, uint64_t error,
                  uint64_t wanted)
{
    failures++;
    printf("methods: FAILED: %s:%d: %s %#lx gave \"%s\", must give \"%s\"\n", file, line, kind,
           number, bh_error_text(error), bh_error_text(wanted));
    return false;
}

bool judge_result(const char *file, int line, uint64_t method, uint64_t error, uint64_t wanted)
{
    if (error != wanted)
        return wrong(file, line, "method", method, error, wanted);
    if (pairs_seen(method, error))
        return true;
    failures++;
    return false;
}

/* A copy with just the right that the method needs; the capability itself where that cannot be. */
static uint64_t with_one_right(uint64_t cap, uint64_t method)
{
    uint64_t right = pairs_right(method);

    if (phase != BEFORE || right == 0)
        return cap;
    bh_captable_drop(BH_INIT_CAPTABLE, MINIMAL);
    return bh_captable_grant(BH_INIT_CAPTABLE, MINIMAL, cap, right, 0) == BH_E_OK ? MINIMAL : cap;
}

bool expect(const char *file, int line, uint64_t error, uint64_t cap, uint64_t method,
            const uint64_t arguments[BH_ARGUMENTS])
{
    uint64_t used = error == BH_E_OK ? with_one_right(cap, method) : cap;

    return judge_result(file, line, method, bh_svc_invoke(used, method, arguments, &got), error);
}

bool expect_call(const char *file, int line, uint64_t error, uint32_t call, uint64_t value)
{
    if (value != error)
        return wrong(file, line, "call", call, value, error);
    if (pairs_seen_call(call, error))
        return true;
    failures++;
    return false;
}

void put_word(unsigned index, uint64_t word)
{
    uint64_t *words = bh_message_buffer();

    words[index % (BH_PAGE_SIZE / sizeof(uint64_t))] = word;
}
