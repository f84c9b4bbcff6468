/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: rows about who asks, handles and states (1 to 6, 37). Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define WRONG_INSTANCE 0x01000000u
#define WRONG_INDEX 0x7u

static uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));
static uint8_t block[4096] __attribute__((aligned(4096)));

static void problem_state(void)
{
    insn_problem(1);
    struct outcome o[] = {do_rpcit(fn.handle, fn.sdma, PAGE),
                          do_rpcit_odd(fn.handle, fn.sdma, PAGE),
                          do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_IOAT, fib),
                          do_stpcifc(fn.handle, 0, fib),
                          do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0),
                          do_pcistg(fn.handle, ZPCI_AS_CONFIG, 4, 4, 0),
                          do_pcistb(fn.handle, 0, 16, 0, block),
                          do_sic(0, 0),
                          do_clp(block)};
    insn_problem(0);
    row_all("1-problem-rpcit", o[0]);
    row_all("1-problem-rpcit-odd", o[1]);
    row_all("1-problem-mpcifc", o[2]);
    row_all("1-problem-stpcifc", o[3]);
    row_all("1-problem-pcilg", o[4]);
    row_all("1-problem-pcistg", o[5]);
    row_all("1-problem-pcistb", o[6]);
    row_all("1-problem-sic", o[7]);
    row_all("1-problem-clp", o[8]);
}

static void odd_registers(void)
{
    row_all("2-odd-rpcit", do_rpcit_odd(fn.handle, fn.sdma, PAGE));
    row_all("2-odd-rpcit-15", do_rpcit_last(fn.handle));
    row_all("2-odd-rpcit-bad-handle", do_rpcit_odd(0, fn.sdma, PAGE));
    row_all("2-odd-pcilg", do_odd_load(fn.handle));
    row_all("2-odd-pcistg", do_odd_store(fn.handle));
}

/* None of these is the handle of an enabled function. */
static void bad_handle(const char *name, uint32_t handle)
{
    static uint8_t stored[FIB_SIZE] __attribute__((aligned(8)));
    struct outcome o[] = {do_rpcit(handle, fn.sdma, PAGE),
                          do_rpcit(handle, fn.sdma, 0),
                          do_mpcifc(handle, 0, MPCIFC_DEREGISTER_IOAT, fib),
                          do_stpcifc(handle, 0, stored),
                          do_pcilg(handle, ZPCI_AS_CONFIG, 4, 0),
                          do_pcistg(handle, ZPCI_AS_CONFIG, 4, 4, 0),
                          do_pcistb(handle, 0, 16, 0, block)};
    static const char *const what[] = {"rpcit", "rpcit-0", "mpcifc", "stpcifc",
                                       "pcilg", "pcistg",  "pcistb"};
    uint32_t i;

    for (i = 0; i < sizeof(o) / sizeof(o[0]); i++) {
        row(name);
        print("-");
        print(what[i]);
        row_outcome(o[i]);
        row_end();
    }
}

static void handles(void)
{
    uint32_t stale;

    function_fresh();
    bad_handle("3-zero", 0);
    bad_handle("3-instance", fn.handle ^ WRONG_INSTANCE);
    bad_handle("3-index", fn.handle + WRONG_INDEX);
    bad_handle("3-not-enabled-bit", fn.handle & ~ZPCI_FH_ENABLED);
    stale = fn.handle;
    function_disable();
    bad_handle("4-disabled", fn.handle);
    bad_handle("4-disabled-stale", stale);
    bad_handle("4-disabled-enable-bit", fn.handle | ZPCI_FH_ENABLED);
    function_enable();
}

static void no_anchor(void)
{
    function_enable();
    row_all("6-enabled", do_stpcifc(fn.handle, 0, fib));
    row_all("6-no-anchor", refresh(0, PAGE));
    row_all("5-in-error", refresh(0, PAGE));
    row_all("5-in-error-length-0", refresh(0, 0));
    row_all("5-in-error-pcilg", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0));
    row_all("5-in-error-pcistg", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 4, 4, 0));
    row_all("5-in-error-pcistb", do_pcistb(fn.handle, 4, 16, 0, block));
    row_all("5-unblock", do_mpcifc(fn.handle, 0, MPCIFC_RESET_BLOCK, fib));
    row_all("5-unblocked-pcilg", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0));
    row_all("5-unblocked-rpcit", refresh(0, PAGE));
    row_all("5-unblock-again", do_mpcifc(fn.handle, 0, MPCIFC_RESET_BLOCK, fib));
    row_all("5-reset", do_mpcifc(fn.handle, 0, MPCIFC_RESET_ERROR, fib));
    row_all("5-reset-again", do_mpcifc(fn.handle, 0, MPCIFC_RESET_ERROR, fib));
    row_all("5-unblock-not-in-error", do_mpcifc(fn.handle, 0, MPCIFC_RESET_BLOCK, fib));
    row_all("6-no-anchor-length-0", refresh(0, 0));
    row_all("5-reset-blocked", do_mpcifc(fn.handle, 0, MPCIFC_RESET_ERROR, fib));
    row_all("5-after-reset", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0));
}

/* What was mapped before does not survive. */
static void disabled_while_mapped(void)
{
    function_fresh();
    map(MIB, 1, 0);
    refresh(MIB, PAGE);
    function_enable();
    row_all("37-disabled-rpcit", refresh(MIB, PAGE));
    function_recover();
    *page_entry(MIB) = IOT_PTE_EMPTY;
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + APERTURE - 1u, tables_iota());
    refresh(0, PAGE * RING_PAGES);
    row("37-disabled-mapping");
    row_writes(MIB, 1);
    row_state(1);
    row_end();
    function_fresh();
}

void rows_state(void)
{
    function_fresh();
    problem_state();
    odd_registers();
    handles();
    no_anchor();
    disabled_while_mapped();
}
