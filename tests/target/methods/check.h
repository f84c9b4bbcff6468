/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: one invocation or call, and what it must give. Belongs to: test.
 *
 * Before seal every invocation that must succeed is made through a capability that has no right but
 * the one that methods.def names for the method.
 */
#ifndef METHODS_CHECK_H
#define METHODS_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "libs/stubs/stubs.h"
#include "tests/target/methods/pairs.h"

/* Results of the last invocation. */
extern struct bh_results got;

/* Failures so far. */
extern unsigned failures;

/* EXPECT(RANGE, SPACE, SPACE_UNMAP, page, pages): the method with these arguments, through the
 * capability in this slot, gives this error of errors.def (or OK). */
#define EXPECT(error, cap, method, ...)                                                            \
    expect(__FILE__, __LINE__, BH_E_##error, (cap), BH_M_##method, BH_ARGUMENT_LIST(__VA_ARGS__))

/* EXPECT_CALL(TIMEOUT, WAIT, bh_svc_wait(...)): the system call, already made, gave this. */
#define EXPECT_CALL(error, call, value)                                                            \
    expect_call(__FILE__, __LINE__, BH_E_##error, BH_CALL_##call, (value))

/* The value is what it must be. */
#define SAME(value, wanted) same(__FILE__, __LINE__, #value, (value), (wanted))

bool expect(const char *file, int line, uint64_t error, uint64_t cap, uint64_t method,
            const uint64_t arguments[BH_ARGUMENTS]);
bool expect_call(const char *file, int line, uint64_t error, uint32_t call, uint64_t value);
bool same(const char *file, int line, const char *what, uint64_t value, uint64_t wanted);

/* Error and result of a method, for what another thread did. */
bool judge_result(const char *file, int line, uint64_t method, uint64_t error, uint64_t wanted);

/* Word `index` of the message buffer. */
void put_word(unsigned index, uint64_t word);

#endif
