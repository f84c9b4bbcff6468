/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the guest, its VMM and the witness tell each other in the guest's memory. Doublewords
 * in the machine's order. Belongs to: test. */
#ifndef TESTS_GUESTS_ALONE_H
#define TESTS_GUESTS_ALONE_H

#define ALONE_AT 0xf00000u /* guest absolute address, beyond the guest's image */
#define ALONE_LEAVE 0u     /* the guest: the VMM is to end once it has answered the next exit */
#define ALONE_ROUNDS 1u    /* RPCITs since then */
#define ALONE_ERRORS 2u    /* of which ended with another condition code than 0 */
#define ALONE_DONE 3u      /* 1: the guest has finished */
#define ALONE_FRAMES 8u    /* for each page: the guest's address behind it, or ALONE_NONE */
#define ALONE_PAGES 256u
#define ALONE_NONE UINT64_MAX

#define ALONE_WANTED 2000u /* RPCITs without a VMM */

#endif
