/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: each test of the kernel runs in a process of its own. The kernel is static arrays that
 * begin as zeros, once; so a fresh kernel is a fresh process. Belongs to: test.
 */
#ifndef TESTS_KERNEL_ISOLATE_H
#define TESTS_KERNEL_ISOLATE_H

#include "tests/lib/test.h"

/* A cmocka test that boots the machine (boot() of machine.h) and runs body in a process of its
 * own. What it prints is shown if it fails. */
#define kernel_test(body)                                                                          \
    {                                                                                              \
#body, isolate_run, NULL, NULL, (void *)(uintptr_t)body                                    \
    }

void isolate_run(void **state);

/* Memory that the processes of all tests share, zero at first: 1 MiB at most for all callers. */
void *isolate_shared(size_t bytes);

#endif
