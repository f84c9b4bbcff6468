/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: garbage in handles, ranges, blocks and tables of all levels. Belongs to: test. */
#include "libs/zformats/bytes.h"
#include "libs/zformats/clp.h"
#include "tests/guests/garbage/garbage.h"

static uint8_t block[4096] __attribute__((aligned(4096)));
static uint32_t done, refused, interrupted;

static void count(struct outcome o)
{
    done++;
    refused += o.program == 0 && o.cc != 0;
    interrupted += o.program != 0;
}

/* Mostly the right one. */
static uint32_t handle(void)
{
    switch (random_below(8)) {
    case 0:
        return (uint32_t)random_next();
    case 1:
        return fn.handle ^ UINT32_C(1) << random_below(32);
    default:
        return fn.handle;
    }
}

static void fuzz_refresh(void)
{
    uint64_t start = fn.sdma + random_below(2u * WILD_APERTURE);
    uint64_t length = random_below(4u * MIB);

    if (random_below(8) == 0)
        start = random_next();
    if (random_below(8) == 0)
        length = random_next();
    count(do_rpcit(handle(), start, length));
}

/* One entry of some level. The first segments are the ring's and stay as they are. */
static void fuzz_tables(void)
{
    uint64_t offset = WILD_AT + random_below(WILD) * MIB;
    uint64_t table = (uint64_t)wild[random_below(WILD)];
    uint32_t i;

    switch (random_below(4)) {
    case 0:
        *segment_entry(offset) = random_next() & random_next();
        break;
    case 1:
        *segment_entry(offset) = random_address() / 2048u * 2048u + random_below(0x800);
        break;
    case 2:
        *segment_entry(offset) = table + (random_below(4) == 0 ? IOT_PROTECTED : 0);
        break;
    default:
        for (i = 0; i < 256u; i++)
            ((uint64_t *)table)[i] = random_entry(2);
        break;
    }
}

static void fuzz_region(void)
{
    uint64_t good = *region_entry();

    *region_entry() = random_below(2) == 0 ? random_next() : random_address();
    count(refresh(WILD_AT, WILD * MIB));
    *region_entry() = good;
}

static void random_block(uint32_t bytes)
{
    uint32_t i;

    for (i = 0; i < bytes; i += 8u)
        be64_put(block + i, random_next());
}

static void fuzz_controls(void)
{
    uint8_t *fib = block + (random_below(8) == 0 ? random_below(64) : 0);

    random_block(FIB_SIZE + 64u);
    if (random_below(4) != 0)
        fib[FIB_FORMAT] = 0;
    if (random_below(2) == 0)
        be64_put(fib + FIB_PBA, fn.sdma + random_below(WILD_APERTURE));
    if (random_below(2) == 0)
        be64_put(fib + FIB_PAL, fn.sdma + random_below(2u * WILD_APERTURE));
    if (random_below(2) == 0)
        be64_put(fib + FIB_IOTA, random_address() / 16384u * 16384u + 0x804u);
    be64_put(fib + FIB_AIBV, random_address() / 8u * 8u);
    be64_put(fib + FIB_AISB, random_address() / 8u * 8u);
    count(do_mpcifc(handle(), random_below(16) == 0, (uint32_t)random_below(20), fib));
}

static void fuzz_stored(void)
{
    uint64_t at = random_below(4) == 0 ? random_address() : (uint64_t)block + random_below(64);

    count(do_stpcifc(handle(), 0, (uint8_t *)at));
}

static void fuzz_access(void)
{
    uint32_t space = (uint32_t)random_below(17);
    uint32_t length = (uint32_t)random_below(10);
    uint64_t offset = random_below(8) == 0 ? random_next() : random_below(0x5000);

    switch (random_below(3)) {
    case 0:
        count(do_pcilg(handle(), space, length, offset));
        break;
    case 1:
        count(do_pcistg(handle(), space, length, offset, random_next()));
        break;
    default:
        random_block(256);
        count(do_pcistb(handle(), space, 8u * (uint32_t)random_below(20), offset / 8u * 8u, block));
        break;
    }
}

static void fuzz_clp(void)
{
    random_block(512);
    if (random_below(8) != 0)
        be16_put(block + CLP_LENGTH, CLP_REQUEST_LENGTH);
    be16_put(block + CLP_COMMAND, (uint16_t)random_below(7));
    if (random_below(4) != 0)
        be16_put(block + CLP_REQUEST_LENGTH, (uint16_t)(random_below(512) * 8u));
    be32_put(block + CLP_QFN_REQ_FH, handle());
    block[CLP_SET_REQ_OC] = (uint8_t)random_below(4);
    block[CLP_SET_REQ_NDAS] = (uint8_t)random_below(3);
    count(do_clp(random_below(16) == 0 ? (uint8_t *)random_address() : block));
}

static void fuzz_interruptions(void)
{
    count(do_sic(random_below(4) == 0 ? random_next() : random_below(20), random_next()));
}

static void chsc(void)
{
    asm volatile(".insn rre,0xb25f0000,%0,0" : : "a"(block) : "cc", "memory");
}

static void fuzz_events(void)
{
    random_block(64);
    if (random_below(4) != 0)
        be16_put(block, (uint16_t)(random_below(4) * 8u));
    if (random_below(2) != 0)
        be16_put(block + 2, 0x0e);
    done++;
    interrupted += attempt(chsc) != 0;
}

/* A page that leads to the litter and may be written, as far as one finds it in a few tries; or any
 * page. */
static uint64_t somewhere(void)
{
    uint64_t offset = 0, entry;
    uint32_t i;

    for (i = 0; i < 64u; i++) {
        uint64_t table = random_below(WILD), page = random_below(256);

        offset = WILD_AT + table * MIB + page * PAGE;
        entry = wild[table][page];
        if ((*segment_entry(offset) & ~IOT_PROTECTED) == (uint64_t)wild[table] &&
            (entry & (IOT_PTE_INVALID | IOT_PROTECTED)) == 0 && entry < GUEST_BYTES)
            break;
    }
    return offset;
}

/* Wherever the tables lead: to the litter, or nowhere. */
static uint32_t dma(void)
{
    uint32_t i;

    wild_fresh();
    for (i = 0; i < 32u; i++)
        fuzz_tables();
    count(refresh(WILD_AT, WILD * MIB));
    function_recover();
    if (disk_begin(DISK_READ, random_below(64), somewhere(), 4096u) && disk_end(1))
        return 1;
    disk_forget();
    return 0;
}

static void one(void)
{
    static void (*const what[])(void) = {fuzz_refresh,       fuzz_refresh, fuzz_tables, fuzz_region,
                                         fuzz_controls,      fuzz_stored,  fuzz_access, fuzz_clp,
                                         fuzz_interruptions, fuzz_events};

    what[random_below(sizeof(what) / sizeof(what[0]))]();
}

void fuzz(uint32_t rounds)
{
    uint32_t i, j, arrived = 0;

    for (i = 0; i < rounds; i++) {
        function_find(0); /* it may have been enabled or disabled */
        wild_fresh();
        for (j = 0; j < 64u; j++)
            one();
        function_find(0);
        arrived += dma();
    }
    print("garbage: fuzzed: ");
    print_decimal(done);
    print(" attempts, refused ");
    print_decimal(refused);
    print(", interrupted ");
    print_decimal(interrupted);
    print(", transfers to the litter ");
    print_decimal(arrived);
    print("\n");
}
