/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the short forms of an invocation, for programs that stand in for the long one. To be
 * included once in a program. */
#ifndef TESTS_LIB_SHORT_CALL_H
#define TESTS_LIB_SHORT_CALL_H

#include "libs/stubs/svc.h"

uint64_t bh_svc_short(uint64_t cap, uint64_t method, uint64_t a0, uint64_t a1, uint64_t a2,
                      uint64_t *value)
{
    struct bh_results results = {0};
    uint64_t error =
        bh_svc_invoke(cap, method, (const uint64_t[BH_ARGUMENTS]){a0, a1, a2}, &results);

    *value = results.gr3;
    return error;
}

uint64_t bh_svc_bare(uint64_t cap, uint64_t method)
{
    struct bh_results unused;

    return bh_svc_invoke(cap, method, (const uint64_t[BH_ARGUMENTS]){0}, &unused);
}

#endif
