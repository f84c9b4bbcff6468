/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest for SIE: what guest, VMM and handler agree on. Belongs to: test. */
#ifndef SIE_SMOKE_PROTOCOL_H
#define SIE_SMOKE_PROTOCOL_H

/* DIAGNOSE codes. */
#define DIAG_SAY 0x500   /* GR2 address of a text that a zero byte ends */
#define DIAG_SPIN 0x501  /* GR2 address of a doubleword: the guest waits until it is not zero */
#define DIAG_COUNT 0x502 /* GR2 a COUNT_*: the answer is in GR2 */

#define COUNT_FAULTS 0  /* pages that were mapped when the guest touched them */
#define COUNT_KEYS 1    /* key instructions */
#define COUNT_INVALID 2 /* refusals of the state page */

/* The refreshes in their order; the handler answers each with its condition code and status. */
#define HANDLE 0x80210000
#define REFRESHES 5
#define REFRESH(n) (0x100000000 + (n)*0x1000000)
#define LENGTH(n) (0x1000 * ((n) + 1))
#define FORBIDDEN 0xf00d0000 /* a handle that must never arrive */

#define ALL_PASSED "all checks passed"

#define MEMORY 0x200000 /* of the guest, bytes */

#endif
