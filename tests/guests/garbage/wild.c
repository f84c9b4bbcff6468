/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: garbage, always the same. Belongs to: test. */
#include "tests/guests/garbage/garbage.h"

uint64_t wild[WILD][256] __attribute__((aligned(4096)));

static uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);

/* xorshift64 */
uint64_t random_next(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

uint64_t random_below(uint64_t limit)
{
    return (random_next() >> 16) % limit;
}

uint64_t random_address(void)
{
    switch (random_below(4)) {
    case 0:
        return GUEST_BYTES + random_below(BEHIND);
    case 1: /* as if guest addresses were the machine's */
        return UINT64_C(0xa000000) + random_below(BEHIND);
    case 2:
        return random_next() | UINT64_C(1) << (32u + random_below(32));
    default:
        return LITTER + random_below(LITTER_BYTES);
    }
}

uint64_t random_entry(uint32_t bad_of_256)
{
    uint64_t flags = random_next() % 0x1000u;
    uint64_t address = LITTER + random_below(LITTER_BYTES);

    if (random_below(256) < bad_of_256)
        address = random_address();
    if (random_below(3) != 0)
        flags &= ~IOT_PTE_INVALID;
    return address / PAGE * PAGE + flags;
}

void wild_fresh(void)
{
    uint32_t i;

    function_enable();
    tables_clear();
    for (i = 0; i < WILD * 256u; i++)
        wild[i / 256u][i % 256u] = IOT_PTE_EMPTY;
    for (i = 0; i < WILD; i++)
        *segment_entry(WILD_AT + i * MIB) = (uint64_t)wild[i];
    for (i = 0; i < WILD_BYTES / PAGE; i++)
        *page_entry(WILD_MAPPED + i * PAGE) = (uint64_t)wild + i * PAGE;
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + WILD_APERTURE - 1u, tables_iota());
    refresh(0, WILD_APERTURE);
}
