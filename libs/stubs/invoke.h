/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the typed wrappers of this folder are written. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_INVOKE_H
#define BH_STUBS_INVOKE_H

#include "libs/stubs/svc.h"

#define BH_ARGUMENT_LIST(...) ((const uint64_t[BH_ARGUMENTS]){__VA_ARGS__})

/* BH_INVOKE(cap, OBJECT_METHOD, results, a0, ...): arguments that are not given are 0. */
#define BH_INVOKE(cap, method, results, ...)                                                       \
    bh_svc_invoke((cap), BH_M_##method, BH_ARGUMENT_LIST(__VA_ARGS__), (results))

/* The same where only the error matters, and where GR3 is the one result. */
#define BH_PLAIN(cap, method, ...)                                                                 \
    bh_invoke_plain((cap), BH_M_##method, BH_ARGUMENT_LIST(__VA_ARGS__))
#define BH_VALUE(cap, method, value, ...)                                                          \
    bh_invoke_value((cap), BH_M_##method, BH_ARGUMENT_LIST(__VA_ARGS__), (value))

static inline uint64_t bh_invoke_plain(uint64_t cap, uint64_t method, const uint64_t *arguments)
{
    struct bh_results unused;

    return bh_svc_invoke(cap, method, arguments, &unused);
}

static inline uint64_t bh_invoke_value(uint64_t cap, uint64_t method, const uint64_t *arguments,
                                       uint64_t *value)
{
    struct bh_results results;
    uint64_t error = bh_svc_invoke(cap, method, arguments, &results);

    *value = results.gr3;
    return error;
}

#endif
