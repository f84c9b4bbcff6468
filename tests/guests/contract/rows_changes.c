/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: rows about changes from one valid state to another (22 to 24, 28 to 31, 39).
 * Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define HERE MIB
#define MANY 300u /* more than the budget of the system description */

static void mapped(uint64_t offset, uint32_t i, uint64_t flags)
{
    map(offset, i, flags);
    refresh(offset, PAGE);
}

static void effect(const char *name, struct outcome o, uint64_t offset, uint32_t i)
{
    row(name);
    row_outcome(o);
    row_state(o.cc == 1);
    row_writes(offset, i);
    row_end();
}

static void same_and_other(void)
{
    mapped(HERE, 1, 0);
    effect("22-same-again", refresh(HERE, PAGE), HERE, 1);
    map(HERE, 2, 0);
    effect("23-other-frame", refresh(HERE, PAGE), HERE, 2);
    map(HERE, 3, 0);
    effect("23-other-frame-in-range", refresh(0, APERTURE), HERE, 3);
    *page_entry(HERE) |= 0xc0u; /* bits without a meaning */
    effect("22-meaningless-bits", refresh(HERE, PAGE), HERE, 3);
    function_fresh();
}

static void rights(void)
{
    mapped(HERE, 1, 0);
    map(HERE, 1, IOT_PROTECTED);
    row("24-writable-to-protected");
    row_outcome(refresh(HERE, PAGE));
    row_reads(HERE, 1);
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
    mapped(HERE, 1, IOT_PROTECTED);
    map(HERE, 1, 0);
    effect("24-protected-to-writable", refresh(HERE, PAGE), HERE, 1);
    function_fresh();
}

static void lazy(void)
{
    mapped(HERE, 1, 0);
    unmap(HERE);
    row("30-invalidated-not-refreshed");
    row_writes(HERE, 1);
    row_state(0);
    row_end();
    row("30-refreshed");
    row_outcome(refresh(0, APERTURE));
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
    map(HERE, 1, 0);
    row("31-validated-not-refreshed");
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
}

static void twice_mapped(void)
{
    mapped(HERE, 1, 0);
    mapped(HERE + PAGE, 1, 0);
    unmap(HERE);
    effect("39-one-of-two-unmapped", refresh(HERE, PAGE), HERE + PAGE, 1);
    row("39-the-unmapped-one");
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
}

static void map_many(uint64_t offset, uint32_t n)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        map(offset + i * PAGE, 1, 0);
}

static void unmap_many(uint64_t offset, uint32_t n)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        unmap(offset + i * PAGE);
}

static void budget(void)
{
    map_many(HERE, MANY);
    row_all("28-too-many", refresh(HERE, MANY * PAGE));
    row_all("29-too-many-global", refresh(0, APERTURE));
    unmap_many(HERE + PAGE, MANY - 1u);
    map(5u * MIB, 2, 0);
    effect("28-room-made-in-the-request", refresh(0, APERTURE), 5u * MIB, 2);
    function_fresh();
    map_many(4u * MIB, 200);
    row_all("28-fits", refresh(0, APERTURE));
    unmap_many(4u * MIB, 200);
    map_many(HERE, 200);
    effect("28-maps-before-unmaps", refresh(0, APERTURE), HERE + 199u * PAGE, 1);
    function_fresh();
}

void rows_changes(void)
{
    function_fresh();
    same_and_other();
    rights();
    lazy();
    twice_mapped();
    budget();
}
