/* SPDX-License-Identifier: BSD-2-Clause */
/* The cache of shadow spaces. Belongs to: VMM, back end pv. */
#include "vmm/pv/shadow.h"

#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"
#include "libs/zformats/dat.h"
#include "vmm/memory.h"
#include "vmm/pv/kernel.h"

/* What of an ASCE makes a space another one. */
#define KEY_MASK                                                                                   \
    (~UINT64_C(0xfff) | ASCE_PRIVATE | ASCE_REAL_SPACE | ASCE_TYPE_MASK | ASCE_LENGTH_MASK)
#define TYPE_OF(asce) ((uint32_t)((asce) >> 2) % 4u)
#define TYPE_REGION3 1u
#define TYPE_REGION1 3u

enum state {
    FREE,  /* no key */
    STALE, /* a key, but its entries are not to be used */
    LIVE
};

struct shadow {
    uint64_t key;
    uint64_t used; /* when it was looked up last */
    enum state state;
};

uint32_t shadow_generation = 1;
static struct shadow shadows[BH_VCPU_SPACES];
static uint64_t uses;
static int failed;

int shadow_failed(void)
{
    return failed;
}

static uint64_t key_of(uint64_t asce)
{
    return asce == SHADOW_REAL ? asce : asce & KEY_MASK;
}

/* As SPACE_RESET takes it. */
static uint32_t type_of(uint64_t key)
{
    if (key == SHADOW_REAL)
        return guest_size > DAT_REGION3_SIZE ? TYPE_REGION3 : 0;
    return (asce_is_real_space(key) ? TYPE_REGION1 : TYPE_OF(key)) |
           ((key & ASCE_PRIVATE) != 0 ? BH_SPACE_PRIVATE : 0);
}

void shadow_reset(void)
{
    uint32_t i;

    for (i = 0; i < BH_VCPU_SPACES; i++)
        shadows[i].state = FREE;
    shadow_generation++;
}

/* One that was live before frees tables; a free one comes first. */
static uint32_t least_recent(uint32_t but, enum state at_least)
{
    uint32_t i, best = BH_VCPU_SPACES;

    for (i = 0; i < BH_VCPU_SPACES; i++) {
        if (i == but || shadows[i].state < at_least)
            continue;
        if (shadows[i].state == FREE)
            return i;
        if (best == BH_VCPU_SPACES || shadows[i].used < shadows[best].used)
            best = i;
    }
    return best;
}

/* Gives back the tables of the least recently used space but one; 0 if no other holds any. */
static int make_room(uint32_t but)
{
    uint32_t victim = least_recent(but, STALE);

    if (victim == BH_VCPU_SPACES)
        return 0;
    kernel_reset(victim, 0);
    shadows[victim].state = FREE;
    shadow_generation++;
    return 1;
}

static void empty(uint32_t number)
{
    uint32_t error = kernel_reset(number, type_of(shadows[number].key));

    while (error == BH_E_FULL && make_room(number))
        error = kernel_reset(number, type_of(shadows[number].key));
    if (error != BH_E_OK)
        failed = 1;
    shadows[number].state = LIVE;
}

static uint32_t take(uint64_t key)
{
    uint32_t i;

    for (i = 0; i < BH_VCPU_SPACES; i++)
        if (shadows[i].state != FREE && shadows[i].key == key)
            return i;
    i = least_recent(BH_VCPU_SPACES, FREE);
    if (shadows[i].state != FREE)
        shadow_generation++;
    shadows[i] = (struct shadow){.key = key, .state = STALE};
    return i;
}

void shadow_touch(uint32_t number)
{
    uses++;
    shadows[number % BH_VCPU_SPACES].used = uses;
}

uint32_t shadow_find(uint64_t asce)
{
    uint32_t number = take(key_of(asce));

    shadow_touch(number);
    if (shadows[number].state == STALE)
        empty(number);
    return number;
}

uint32_t shadow_map(uint32_t number, uint64_t page, uint32_t n)
{
    uint32_t error = kernel_map(number, page, n);

    while (error == BH_E_FULL && make_room(number))
        error = kernel_map(number, page, n);
    if (error == BH_E_FULL) {
        empty(number);
        error = kernel_map(number, page, n);
    }
    if (error != BH_E_OK)
        failed = 1;
    return error;
}

static void make_stale(uint32_t number)
{
    if (shadows[number].state == LIVE)
        shadows[number].state = STALE;
}

void shadow_purge_virtual(void)
{
    uint32_t i;

    for (i = 0; i < BH_VCPU_SPACES; i++)
        if (shadows[i].key != SHADOW_REAL)
            make_stale(i);
    shadow_generation++;
}

void shadow_purge_origin(uint64_t asce)
{
    uint32_t i;

    for (i = 0; i < BH_VCPU_SPACES; i++)
        if (shadows[i].key != SHADOW_REAL && asce_table(shadows[i].key) == asce_table(asce))
            make_stale(i);
    shadow_generation++;
}

/* Pages beyond a space's top table are refused by the kernel, and nothing is mapped there. */
void shadow_purge_page(uint64_t page)
{
    uint32_t i;

    for (i = 0; i < BH_VCPU_SPACES; i++)
        if (shadows[i].key != SHADOW_REAL && shadows[i].state == LIVE)
            kernel_invalidate(i, page, 1);
}
