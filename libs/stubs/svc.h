/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system calls as C functions. Belongs to: everything that runs as a process.
 *
 * Every function returns one of libs/abi/errors.def as GR2 holds it. A deadline is an absolute TOD
 * clock value: 0 polls, BH_NO_DEADLINE waits without end. A capability is an index into the
 * caller's own table. What a failed call left in a result has no meaning.
 */
#ifndef BH_STUBS_SVC_H
#define BH_STUBS_SVC_H

#include <stdint.h>

#include "libs/abi/abi.h"

#define BH_ARGUMENTS 6u /* GR4 to GR9 */

/* What an invocation left in the registers; the method says which of them mean something. */
struct bh_results {
    uint64_t gr3, gr4, gr5, gr6, gr7;
};

/* A call taken: the badge of the capability that the caller used, and its words. */
struct bh_message {
    uint64_t badge;
    uint64_t word[BH_MESSAGE_WORDS];
};

/* Nothing: the cost of entering and leaving the kernel. */
uint64_t bh_svc_null(void);

/* Method `method` of the object behind `cap`. Errors: CAP, TYPE, RIGHT, METHOD and those that
 * libs/abi/methods.def lists for the method. */
uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results);

/* The same for what comes often: a method with at most three arguments and GR3 as its only result,
 * which goes to *value. */
uint64_t bh_svc_short(uint64_t cap, uint64_t method, uint64_t a0, uint64_t a1, uint64_t a2,
                      uint64_t *value);

/* The same for a method without arguments or results, but for what GR3 says about an error. */
uint64_t bh_svc_bare(uint64_t cap, uint64_t method);

/* Send four words to an endpoint and wait for the four of the reply, which replace them.
 * Errors: CAP, TYPE, RIGHT; STOPPED if the server's partition was stopped. */
uint64_t bh_svc_call(uint64_t cap, uint64_t words[BH_MESSAGE_WORDS]);

/* Take a call: OK. NOTIFIED: the bound notification came instead, its bits are in the badge.
 * Errors: CAP, TYPE, RIGHT, TIMEOUT; STATE if the call taken last is not answered. */
uint64_t bh_svc_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);

/* Answer the call taken last. Errors: NO_CALLER. */
uint64_t bh_svc_reply(const uint64_t words[BH_MESSAGE_WORDS]);

/* Answer the call taken last with the message's words, then take the next call into it. Results as
 * bh_svc_recv, once it is answered; NO_CALLER if there is no call to answer. */
uint64_t bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);

/* Set the bits of the capability's badge in a notification. Errors: CAP, TYPE, RIGHT. */
uint64_t bh_svc_signal(uint64_t cap);

/* Take and clear the bits of a notification. Errors: CAP, TYPE, RIGHT, TIMEOUT. */
uint64_t bh_svc_wait(uint64_t cap, uint64_t deadline, uint64_t *bits);

/* Let other threads of the same priority run first. */
uint64_t bh_svc_yield(void);

/* End this thread for good; the code goes into the audit trail. */
_Noreturn void bh_svc_exit(uint64_t code);

#endif
