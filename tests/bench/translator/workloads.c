/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: layouts and phases. Belongs to: test. */
#include "tests/bench/translator/workloads.h"

#include <string.h>

#include "libs/zformats/iotable.h"
#include "tests/bench/translator/guest.h"

#define OTHER_FRAMES 131072u

/* dense: 4096 pages in a row, all tables there. sparse: 64 pages, in each quarter of the aperture
 * 16 of one segment, only the tables that they need; full: the same with all tables. live: 16 pages
 * in each of 2048 segments. */
#define DENSE(size, n)                                                                             \
    {"dense", size "-map", MAP, n}, {"dense", size "-same", KEEP, n},                              \
        {"dense", size "-flip", FLIP, n}, {"dense", NULL, UNFLIP, n},                              \
        {"dense", size "-remap", REMAP, n},                                                        \
    {                                                                                              \
        "dense", size "-unmap", UNMAP, n                                                           \
    }

const struct phase workload[] = {
    DENSE("1", 1),
    DENSE("16", 16),
    DENSE("256", 256),
    DENSE("4096", 4096),
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

uint32_t workload_pages(void)
{
    if (strcmp(layout, "dense") == 0)
        return 4096;
    return strcmp(layout, "live") == 0 ? 32768 : 64;
}

uint64_t workload_iova(uint32_t i)
{
    if (strcmp(layout, "dense") == 0)
        return BENCH_IOVA + i * IOT_PAGE_SIZE;
    if (strcmp(layout, "live") == 0)
        return BENCH_IOVA + i / 16 * IOT_SEGMENT_SIZE + i % 16 * 16 * IOT_PAGE_SIZE;
    return BENCH_IOVA + i / 16 * (BENCH_BYTES / 4) + 37 * IOT_SEGMENT_SIZE +
           (i % 16 * 16 + 5) * IOT_PAGE_SIZE;
}

static void make_layout(const char *name)
{
    layout = name;
    bench_tables();
    for (uint64_t at = 0; at < BENCH_BYTES && strcmp(name, "sparse") != 0; at += IOT_SEGMENT_SIZE)
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
    if (strcmp(layout, phase->layout) != 0)
        make_layout(phase->layout);
    for (uint32_t i = 0; i < workload_pages(); i++)
        change_entry(phase->change, i);
}
