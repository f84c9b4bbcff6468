/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test processes `failing-translator` and `failing-vmm`: the real ones, until they have served so
 * many requests. Belongs to: test.
 *
 * Values: "after" (requests that are served well), "failure" (enum failure), for the VMM "opcode"
 * (only exits of this instruction count; 0 for all).
 */
#ifndef ISOLATION_FAILING_H
#define ISOLATION_FAILING_H

enum failure {
    FAILURE_FAULT = 1,   /* stores where nothing is mapped */
    FAILURE_LOOP = 2,    /* computes for ever */
    FAILURE_SILENCE = 3, /* waits for ever and does not answer */
    FAILURE_END = 4      /* ends */
};

/* One more request: returns if it is to be served. `notification` is one to wait for. */
void failing_request(unsigned notification);

#endif
