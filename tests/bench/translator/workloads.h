/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: what the guest does to its tables, and which requests it makes then. Belongs to: test.
 */
#ifndef BULKHEAD_BENCH_WORKLOADS_H
#define BULKHEAD_BENCH_WORKLOADS_H

#include <stdint.h>

enum change { MAP, KEEP, FLIP, UNFLIP, REMAP, UNMAP };

/* One phase: the change is made to `pages` pages, then they are refreshed, `n` at a time, or all
 * of the aperture with one request. */
struct phase {
    const char *layout; /* of the pages: changed when the name changes */
    const char *name;   /* NULL: not measured */
    enum change change;
    uint32_t n; /* pages of a request; 0: the aperture */
};

extern const struct phase workload[];
extern const unsigned workload_phases;

/* Makes the phase's change, all tables anew if the layout is another one than before. */
void workload_prepare(const struct phase *phase);

uint32_t workload_pages(void);

/* Page i of the layout. */
uint64_t workload_iova(uint32_t i);

#endif
