/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: a disk writes into the page tables while they are refreshed. Belongs to: test. */
#include "tests/guests/garbage/garbage.h"

#define PATTERNS 4u /* on the disk, one behind the other */
#define SECTORS (WILD_BYTES / 512u)
#define AT_ONCE 8u
#define PATIENCE 10u /* so many times as many rounds until a change came at the right moment */

static uint32_t changed, refused;

/* A few words of each table, quickly. */
static uint64_t sample(void)
{
    uint64_t sum = 0;
    uint32_t i;

    for (i = 0; i < WILD; i++)
        sum = sum * 3u + ((const volatile uint64_t *)wild[i])[i * 4u % 256u];
    return sum;
}

/* The later ones have entries that no guest may have. */
static int store_patterns(void)
{
    uint32_t p, i;

    for (p = 0; p < PATTERNS; p++) {
        for (i = 0; i < WILD * 256u; i++)
            wild[i / 256u][i % 256u] = random_entry(p);
        if (!disk_begin(DISK_WRITE, p * SECTORS, WILD_MAPPED, WILD_BYTES) || !disk_end(1))
            return 0;
    }
    return 1;
}

static void refresh_counted(uint64_t offset, uint64_t length)
{
    uint64_t before = sample();
    struct outcome o = refresh(offset, length);

    changed += sample() != before;
    if (o.cc == 1) {
        refused++;
        function_recover();
    }
}

/* All tables at once, then some. */
static void refresh_all(void)
{
    uint32_t i;

    refresh_counted(WILD_AT, WILD * MIB);
    for (i = 0; i < 8u; i++)
        refresh_counted(WILD_AT + random_below(WILD) * MIB, MIB);
}

static int round(void)
{
    uint32_t i;

    for (i = 0; i < AT_ONCE; i++) {
        if (!disk_begin(DISK_READ, random_below(PATTERNS) * SECTORS, WILD_MAPPED, WILD_BYTES))
            return 0;
        refresh_all();
    }
    return disk_end(AT_ONCE);
}

static void say(const char *text, uint64_t value)
{
    print(text);
    print_decimal(value);
}

void rewrite(uint32_t rounds)
{
    uint32_t i, good = 0;

    wild_fresh();
    if (!store_patterns()) {
        print("garbage: fatal: no disk\n");
        guest_stop();
    }
    for (i = 0; i < rounds || (changed == 0 && i < PATIENCE * rounds); i++)
        good += (uint32_t)round();
    say("garbage: rewritten tables: rounds ", i);
    say(", good ", good);
    say(", changed under a refresh ", changed);
    say(", refused ", refused);
    print("\n");
}
