/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what must hold between two requests. */
#ifndef BULKHEAD_TEST_TRANSLATOR_INVARIANTS_H
#define BULKHEAD_TEST_TRANSLATOR_INVARIANTS_H

/* Mirror, counts, bits and budget of every function fit together, and the kernel's entries are what
 * the mirror says, except where the translator knows that they may differ. */
void assert_invariants(void);

#endif
