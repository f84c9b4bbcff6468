/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: all rows. Belongs to: test. */
#include "tests/guests/contract/contract.h"

_Noreturn void guest_main(void)
{
    SET_CONTROL(0, CR0_RESET);
    SET_CONTROL(6, 0);
    trap_start();
    function_find(0);
    disk_learn();
    rows_state();
    rows_range();
    rows_tables();
    rows_changes();
    rows_pair();
    rows_register();
    rows_access();
    rows_clp();
    rows_interruption();
    print("contract: done\n");
    guest_stop();
}
