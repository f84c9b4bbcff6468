/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: two functions with the same tables (row 38). Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define HERE MIB

static struct function one, other;

/* The disk of this function is the one that is asked next. */
static void turn_to(const struct function *function)
{
    fn = *function;
    disk_forget();
}

static void start_both(void)
{
    function_fresh();
    one = fn;
    function_find(1);
    function_enable();
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + APERTURE - 1u, tables_iota());
    refresh(0, APERTURE);
    other = fn;
}

/* An error ends with the anchor in place. */
static void say(const char *name, const struct function *function)
{
    turn_to(function);
    row(name);
    row_writes(HERE, 1);
    row_state(0);
    row_end();
    if ((function_controls() & FIB_FC_ERROR) != 0)
        function_recover();
}

void rows_pair(void)
{
    start_both();
    map(HERE, 1, 0);
    turn_to(&one);
    row_all("38-refresh-one", refresh(HERE, PAGE));
    say("38-refreshed", &one);
    say("38-other-not-refreshed", &other);
    row_all("38-refresh-other", refresh(HERE, PAGE));
    say("38-other-refreshed", &other);
    unmap(HERE);
    row_all("38-unmap-in-other", refresh(HERE, PAGE));
    say("38-unmapped-in-other", &other);
    say("38-still-mapped", &one);
    turn_to(&other);
    function_disable();
    say("38-other-disabled", &one);
    row_all("38-handle-of-other", do_rpcit(other.handle, fn.sdma, PAGE));
    function_fresh();
}
