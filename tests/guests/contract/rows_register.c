/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: MPCIFC and STPCIFC (rows 12, 25, 34 to 36). Belongs to: test. */
#include "libs/zformats/bytes.h"
#include "tests/guests/contract/contract.h"

#define HERE MIB
#define DESIGNATION UINT64_C(0x1c) /* of the anchor */
#define PROTECTED_ANCHOR UINT64_C(0x200)

static uint8_t fib[FIB_SIZE + 8u] __attribute__((aligned(8)));

static uint64_t end(void)
{
    return fn.sdma + APERTURE - 1u;
}

static struct outcome do_register(uint64_t pba, uint64_t pal, uint64_t iota)
{
    return function_register(MPCIFC_REGISTER_IOAT, pba, pal, iota);
}

static void refused(void)
{
    uint64_t iota = tables_iota();

    function_enable();
    row_all("34-deregister-none", function_register(MPCIFC_DEREGISTER_IOAT, 0, 0, 0));
    row_all("35-reregister-none", function_register(MPCIFC_REREGISTER_IOAT, fn.sdma, end(), iota));
    row_all("12-pba-above-pal", do_register(fn.sdma + 2u * PAGE, fn.sdma, iota));
    row_all("12-pba-below-sdma", do_register(fn.sdma - PAGE, end(), iota));
    row_all("12-pal-above-edma", do_register(fn.sdma, fn.edma + 1u, iota));
    row_all("12-pal-all-ones", do_register(fn.sdma, UINT64_MAX, iota));
    row_all("12-segment-designation", do_register(fn.sdma, end(), iota & ~DESIGNATION));
    row_all("12-region-2-designation", do_register(fn.sdma, end(), (iota & ~DESIGNATION) | 8u));
    row_all("12-region-1-designation", do_register(fn.sdma, end(), (iota & ~DESIGNATION) | 12u));
    row_all("6-identity", do_register(fn.sdma, end(), 0));
    row_all("12-page-anchor", do_register(fn.sdma, end(), (iota & ~DESIGNATION) | 16u));
}

static void beyond_4_tib(void)
{
    function_enable();
    row_all("12-pal-beyond-4-tib",
            do_register(fn.sdma, (UINT64_C(1) << 42) + PAGE - 1u, tables_iota()));
    function_enable();
}

static void operands(void)
{
    function_fresh();
    fib[0] = 1;
    row_all("mpcifc-format", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_IOAT, fib));
    fib[0] = 0;
    row_all("mpcifc-unaligned", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_IOAT, fib + 4));
    row_all("mpcifc-dma-space", do_mpcifc(fn.handle, 1, MPCIFC_DEREGISTER_IOAT, fib));
    row_all("mpcifc-operation-0", do_mpcifc(fn.handle, 0, 0, fib));
    row_all("mpcifc-operation-1", do_mpcifc(fn.handle, 0, 1, fib));
    row_all("mpcifc-operation-8", do_mpcifc(fn.handle, 0, 8, fib));
    row_all("mpcifc-operation-11", do_mpcifc(fn.handle, 0, 11, fib));
    row_all("mpcifc-directed", do_mpcifc(fn.handle, 0, MPCIFC_REGISTER_DIRECTED, fib));
    row_all("mpcifc-directed-end", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_DIRECTED, fib));
    row_all("mpcifc-operation-255", do_mpcifc(fn.handle, 0, 255, fib));
    row_all("mpcifc-measurement-stop", do_mpcifc(fn.handle, 0, MPCIFC_SET_MEASUREMENT, fib));
    row_all("mpcifc-outside", do_mpcifc(fn.handle, 0, MPCIFC_SET_MEASUREMENT, (uint8_t *)OUTSIDE));
    row_all("stpcifc-unaligned", do_stpcifc(fn.handle, 0, fib + 4));
    row_all("stpcifc-dma-space", do_stpcifc(fn.handle, 1, fib));
    row_all("stpcifc-outside", do_stpcifc(fn.handle, 0, (uint8_t *)OUTSIDE));
}

static void stored(void)
{
    uint64_t iota = tables_iota();

    row("stpcifc-registered");
    row_outcome(do_stpcifc(fn.handle, 0, fib));
    row_number("fc", fib[FIB_CONTROLS], 2);
    row_number("pba", be64_get(fib + FIB_PBA), 16);
    row_number("pal", be64_get(fib + FIB_PAL), 16);
    row_text(be64_get(fib + FIB_IOTA) == iota ? "anchor" : "no-anchor");
    row_end();
    row_all("34-register-twice", do_register(fn.sdma, end(), iota));
    function_register(MPCIFC_DEREGISTER_IOAT, 0, 0, 0);
    row("stpcifc-low-bits");
    row_outcome(do_register(fn.sdma + 0x123u, fn.sdma + 2u * MIB + 5u, iota));
    do_stpcifc(fn.handle, 0, fib);
    row_number("pba", be64_get(fib + FIB_PBA), 16);
    row_number("pal", be64_get(fib + FIB_PAL), 16);
    row_end();
    row("stpcifc-low-bits-end");
    map(2u * MIB, 1, 0);
    row_outcome(refresh(0, APERTURE));
    row_writes(2u * MIB, 1);
    row_end();
    function_fresh();
}

static void filled(void)
{
    function_enable();
    tables_clear();
    map(HERE, 1, 0);
    row("31-registered-filled");
    row_outcome(do_register(fn.sdma, end(), tables_iota()));
    refresh(0, RING_PAGES * PAGE);
    row_writes(HERE, 1);
    row_state(0);
    row_end();
    function_fresh();
}

static uint64_t other_region[2048] __attribute__((aligned(16384)));

static void reregister(void)
{
    uint32_t i;

    for (i = 0; i < 2048u; i++)
        other_region[i] = region_table[i];
    map(HERE, 1, 0);
    refresh(HERE, PAGE);
    row("35-reregister-bad");
    row_outcome(function_register(MPCIFC_REREGISTER_IOAT, fn.sdma, end(), 0));
    row_state(0);
    row_writes(HERE, 1);
    row_end();
    row_all("35-reregister-bad-then-rpcit", refresh(HERE, PAGE));
    function_fresh();
    map(HERE, 1, 0);
    refresh(HERE, PAGE);
    row("35-reregister");
    row_outcome(
        function_register(MPCIFC_REREGISTER_IOAT, fn.sdma, end(), (uint64_t)other_region + 0x804u));
    row_state(0);
    refresh(0, APERTURE);
    row_writes(HERE, 1);
    row_end();
    function_fresh();
}

static void protected_anchor(void)
{
    function_enable();
    tables_clear();
    map(HERE, 1, 0);
    row("25-anchor-protected");
    row_outcome(do_register(fn.sdma, end(), tables_iota() + PROTECTED_ANCHOR));
    row_outcome(refresh(HERE, PAGE));
    row_state(0);
    row_end();
    function_fresh();
}

static void deregister(void)
{
    map(HERE, 1, 0);
    refresh(HERE, PAGE);
    row("36-deregister");
    row_outcome(function_register(MPCIFC_DEREGISTER_IOAT, 0, 0, 0));
    row_state(0);
    row_end();
    row_all("36-deregister-again", function_register(MPCIFC_DEREGISTER_IOAT, 0, 0, 0));
    unmap(HERE);
    row("36-registered-again");
    row_outcome(do_register(fn.sdma, end(), tables_iota()));
    refresh(0, RING_PAGES * PAGE);
    row_writes(HERE, 1);
    row_state(1);
    row_end();
    function_fresh();
}

void rows_register(void)
{
    refused();
    beyond_4_tib();
    operands();
    stored();
    filled();
    reregister();
    protected_anchor();
    deregister();
}
