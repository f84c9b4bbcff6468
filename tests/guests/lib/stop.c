/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: the end. Belongs to: test. */
#include "tests/guests/lib/guest.h"

#define ORDER_STOP 5

_Noreturn void guest_stop(void)
{
    register uint64_t status asm("4") = 0;
    register uint64_t address asm("3") = 0;

    for (;;)
        asm volatile("sigp %0,%1,%2" : "+d"(status) : "d"(address), "i"(ORDER_STOP) : "cc");
}
