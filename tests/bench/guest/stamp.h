/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: where the VMM notes its times, for the guest. Belongs to: test. */
#ifndef BENCH_GUEST_STAMP_H
#define BENCH_GUEST_STAMP_H

#define STAMP_AT 0xf00000u /* guest absolute address, beyond the guest's image */
#define STAMP_REPLY 0u     /* TOD before the last reply, */
#define STAMP_EXIT 1u      /* and when the exit behind it was there */

#endif
