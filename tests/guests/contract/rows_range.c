/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: rows about the range of RPCIT (7 to 13). Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define HERE MIB /* offset of the pages that come and go */

/* After an error: what is mapped shows only once the function works again. */
static void with_effect(const char *name, struct outcome o, uint64_t offset, uint32_t i)
{
    row(name);
    row_outcome(o);
    row_state(o.cc == 1);
    function_recover();
    row_writes(offset, i);
    row_end();
    function_fresh();
}

static void lengths(void)
{
    map(HERE, 1, 0);
    with_effect("7-length-0", refresh(HERE, 0), HERE, 1);
    map(HERE, 1, 0);
    with_effect("8-length-1", refresh(HERE, 1), HERE, 1);
    map(HERE, 1, 0);
    with_effect("8-start-unaligned", refresh(HERE + 8u, PAGE - 8u), HERE, 1);
    map(HERE, 1, 0);
    map(HERE + PAGE, 2, 0);
    with_effect("8-both-unaligned-first", refresh(HERE + 0x800u, PAGE), HERE, 1);
    map(HERE, 1, 0);
    map(HERE + PAGE, 2, 0);
    with_effect("8-both-unaligned-second", refresh(HERE + 0x800u, PAGE), HERE + PAGE, 2);
    map(HERE, 1, 0);
    map(HERE + PAGE, 2, 0);
    with_effect("8-end-unaligned", refresh(HERE, PAGE + 1u), HERE + PAGE, 2);
    map(HERE + PAGE, 2, 0);
    with_effect("8-only-the-range", refresh(HERE, PAGE), HERE + PAGE, 2);
}

static void wrapping(void)
{
    uint64_t to_end = UINT64_MAX - fn.sdma - HERE + 1u; /* the range ends with 2^64 */

    map(HERE, 1, 0);
    with_effect("9-wraps", refresh(HERE, UINT64_MAX - PAGE), HERE, 1);
    map(HERE, 1, 0);
    with_effect("9-wraps-high",
                do_rpcit(fn.handle, UINT64_MAX - PAGE + 1u, PAGE + fn.sdma + APERTURE), HERE, 1);
    row_all("9-last-page", do_rpcit(fn.handle, UINT64_MAX - PAGE + 1u, PAGE));
    function_fresh();
    (void)to_end;
}

static void outside(void)
{
    row_all("10-below", do_rpcit(fn.handle, fn.sdma - PAGE, PAGE));
    function_fresh();
    row_all("10-above", do_rpcit(fn.handle, fn.sdma + APERTURE, PAGE));
    function_fresh();
    row_all("10-zero", do_rpcit(fn.handle, 0, PAGE));
    function_fresh();
    row_all("10-below-length-0", do_rpcit(fn.handle, fn.sdma - PAGE, 0));
    function_fresh();
}

/* The aperture is narrower than the tables. */
static void straddling(void)
{
    function_enable();
    tables_clear();
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + 2u * MIB - 1u, tables_iota());
    refresh(0, 2u * MIB);
    map(2u * MIB - PAGE, 1, 0);
    map(2u * MIB, 2, 0);
    with_effect("11-straddles-pal-inside", refresh(2u * MIB - PAGE, 2u * PAGE), 2u * MIB - PAGE, 1);
    map(0x10000, 1, 0);
    with_effect("11-straddles-pba-inside", do_rpcit(fn.handle, fn.sdma - PAGE, 0x12000), 0x10000,
                1);
}

static void straddling_outside(void)
{
    function_enable();
    tables_clear();
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + 2u * MIB - 1u, tables_iota());
    refresh(0, 2u * MIB);
    map(2u * MIB - PAGE, 1, 0);
    map(2u * MIB, 2, 0);
    with_effect("11-straddles-pal-outside", refresh(2u * MIB - PAGE, 2u * PAGE), 2u * MIB, 2);
}

static void aperture(void)
{
    map(HERE, 1, 0);
    with_effect("13-aperture-first", refresh(0, APERTURE), HERE, 1);
    map(SEGMENT_TABLES * MIB - PAGE, 1, 0);
    with_effect("13-aperture-last", refresh(0, APERTURE), SEGMENT_TABLES * MIB - PAGE, 1);
}

void rows_range(void)
{
    function_fresh();
    lengths();
    wrapping();
    outside();
    straddling();
    straddling_outside();
    aperture();
}
