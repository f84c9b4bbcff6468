/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: layouts and phases. Belongs to: test. */
#include "tests/bench/translator/workloads.h"

#include <string.h>

#include "libs/zformats/iotable.h"
#include "tests/bench/translator/guest.h"

#define OTHER_FRAMES 131072u

/* row, table: 128 and 4096 pages in a row, all tables there. sparse: 64 pages, in each quarter of
 * the aperture 16 of one segment, only the tables that they need; full: the same with all tables.
 * none: no table but the region-third table. live: 16 pages in a row in each of 2048 segments. */
#define DENSE(layout, size, n)                                                                     \
    {layout, size "-map", MAP, n}, {layout, size "-same", KEEP, n},                                \
        {layout, size "-flip", FLIP, n}, {layout, NULL, UNFLIP, n},                                \
        {layout, size "-remap", REMAP, n},                                                         \
    {                                                                                              \
        layout, size "-unmap", UNMAP, n                                                            \
    }

const struct phase workload[] = {
    {"none", "none-same", KEEP, 0},
    DENSE("row", "1", 1),
    DENSE("row", "16", 16),
    DENSE("table", "256", 256),
    DENSE("table", "4096", 4096),
    {"sparse", "sparse-map", MAP, 0},
    {"sparse", "sparse-same", KEEP, 0},
    {"sparse", "sparse-unmap", UNMAP, 0},
    {"full", "full-map", MAP, 0},
    {"full", "full-same", KEEP, 0},
    {"full", "full-unmap", UNMAP, 0},
    {"live", NULL, MAP, 0},
    {"live", "live-same", KEEP, 0},
};
const unsigned workload_phases = sizeof(workload) / sizeof(workload[0]);

static const char *layout = "";

static int is(const char *name)
{
    return strcmp(layout, name) == 0;
}

uint32_t workload_pages(void)
{
    if (is("live"))
        return 32768;
    if (is("table"))
        return 4096;
    if (is("none"))
        return 0;
    return is("row") ? 128 : 64;
}

uint64_t workload_iova(uint32_t i)
{
    if (is("row") || is("table"))
        return BENCH_IOVA + i * IOT_PAGE_SIZE;
    if (is("live"))
        return BENCH_IOVA + i / 16 * IOT_SEGMENT_SIZE + (i % 16 + 5) * IOT_PAGE_SIZE;
    return BENCH_IOVA + i / 16 * (BENCH_BYTES / 4) + 37 * IOT_SEGMENT_SIZE +
           (i % 16 * 16 + 5) * IOT_PAGE_SIZE;
}

static void make_layout(const char *name)
{
    layout = name;
    bench_tables();
    for (uint64_t at = 0; at < BENCH_BYTES && !is("sparse") && !is("none"); at += IOT_SEGMENT_SIZE)
        bench_entry(BENCH_IOVA + at);
    for (uint32_t i = 0; i < workload_pages(); i++)
        bench_entry(workload_iova(i));
}

static void change_entry(enum change change, uint32_t i)
{
    uint64_t at = bench_entry(workload_iova(i));
    uint64_t old = bench_load(at);
    const uint64_t new[] = {
        [MAP] = bench_frame(i),
        [KEEP] = old,
        [FLIP] = old | IOT_PROTECTED,
        [UNFLIP] = old & ~IOT_PROTECTED,
        [REMAP] = bench_frame(OTHER_FRAMES + i),
        [UNMAP] = old | IOT_PTE_INVALID,
    };

    bench_store(at, new[change]);
}

void workload_prepare(const struct phase *phase)
{
    if (!is(phase->layout))
        make_layout(phase->layout);
    for (uint32_t i = 0; i < workload_pages(); i++)
        change_entry(phase->change, i);
}
