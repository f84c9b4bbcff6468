/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: which pairs of method and result the tests have seen, over all their processes.
 * Belongs to: test.
 */
#ifndef TESTS_KERNEL_PAIRS_H
#define TESTS_KERNEL_PAIRS_H

#include <stdint.h>

/* Before the first test; without it pairs are only judged, not noted. */
void pairs_start(void);

/* An invocation had this result; fails the test if methods.def does not say that it may. */
void pairs_note(uint64_t method, uint32_t error);

/* Fails, and names them, if a method of methods.def was never done, or one of its errors, or an
 * error that every invocation has, was never seen. */
void pairs_complete(void **state);

#endif
