/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: all checks, then the end that SIGP stop is. Belongs to: test. */
#include "tests/guests/hello/guest.h"

_Noreturn void guest_main(void)
{
    SET_CONTROL(0, CR0_RESET);
    trap_start();
    print("hello: here\n");
    check_psw();
    check_state();
    check_clock();
    check_dat();
    check_user();
    check_rights();
    check_masks();
    check_mvcos();
    check_per();
    print(check_failures() == 0 ? "hello: all checks passed\n" : "hello: checks FAILED\n");
    guest_stop();
}
