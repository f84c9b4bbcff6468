/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: the guest's side. Belongs to: test. */
#include "tests/bench/translator/guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/iotable.h"

#define RT UINT64_C(0x60000000)
#define FIRST_ST UINT64_C(0x60004000)
#define FIRST_PT UINT64_C(0x61000000)
#define FIRST_FRAME 4096u

static uint8_t *memory;
static uint32_t frame[BENCH_FRAMES];
static uint64_t next_st, next_pt;

static uint64_t splitmix64(void)
{
    static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void shuffle_frames(void)
{
    for (uint32_t i = 0; i < BENCH_FRAMES; i++)
        frame[i] = FIRST_FRAME + i;
    for (uint32_t i = BENCH_FRAMES - 1; i > 0; i--) {
        uint32_t j = (uint32_t)(splitmix64() % (i + 1));
        uint32_t kept = frame[i];

        frame[i] = frame[j];
        frame[j] = kept;
    }
}

const uint8_t *bench_memory(void)
{
    if (memory)
        return memory;
    memory = mmap(NULL, BENCH_MEMORY, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        perror("guest memory");
        exit(2);
    }
    shuffle_frames();
    return memory;
}

uint64_t bench_load(uint64_t at)
{
    return be64_get(memory + at);
}

void bench_store(uint64_t at, uint64_t value)
{
    be64_put(memory + at, value);
}

uint64_t bench_frame(uint64_t i)
{
    return frame[i % BENCH_FRAMES] * IOT_PAGE_SIZE;
}

static void fill(uint64_t table, uint64_t entries, uint64_t value)
{
    for (uint64_t i = 0; i < entries; i++)
        bench_store(table + i * 8, value);
}

void bench_tables(void)
{
    fill(RT, IOT_TABLE_ENTRIES, IOT_UPPER_EMPTY);
    next_st = FIRST_ST;
    next_pt = FIRST_PT;
}

/* The table below an upper entry; a new one, filled with `empty`, if there is none. */
static uint64_t below(uint64_t at, uint64_t *next, uint64_t bytes, uint64_t empty, uint64_t flags)
{
    uint64_t table = *next;

    if (iot_upper_valid(bench_load(at)))
        return bench_load(at) / bytes * bytes;
    fill(table, bytes / 8, empty);
    bench_store(at, table | flags);
    *next += bytes;
    return table;
}

uint64_t bench_entry(uint64_t iova)
{
    uint64_t st = below(RT + iot_region3_index(iova) * 8, &next_st, IOT_TABLE_BYTES,
                        IOT_UPPER_EMPTY, IOT_RTE_FLAGS);
    uint64_t pt =
        below(st + iot_segment_index(iova) * 8, &next_pt, IOT_PAGE_TABLE_BYTES, IOT_PTE_EMPTY, 0);

    return pt + iot_page_index(iova) * 8;
}
