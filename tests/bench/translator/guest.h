/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: a guest's memory of 2 GiB and its translation tables. Belongs to: test. */
#ifndef BULKHEAD_BENCH_GUEST_H
#define BULKHEAD_BENCH_GUEST_H

#include <stdint.h>

#define BENCH_MEMORY UINT64_C(0x80000000)
#define BENCH_IOVA UINT64_C(0x100000000) /* the aperture: 2 GiB from here on */
#define BENCH_BYTES UINT64_C(0x80000000)
#define BENCH_IOTA (UINT64_C(0x60000000) | 0x804)
#define BENCH_FRAMES 262144u /* frames that pages are mapped to, in random order */

const uint8_t *bench_memory(void);

/* No table but the region-third table. */
void bench_tables(void);

/* The entry of a page, with the tables above it. */
uint64_t bench_entry(uint64_t iova);

uint64_t bench_load(uint64_t at);
void bench_store(uint64_t at, uint64_t value);

/* The i-th frame of the random order, as an address. */
uint64_t bench_frame(uint64_t i);

#endif
