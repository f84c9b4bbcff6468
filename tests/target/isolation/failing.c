/* SPDX-License-Identifier: BSD-2-Clause */
/* Test processes `failing-translator` and `failing-vmm`: how they fail. Belongs to: test. */
#include "tests/target/isolation/failing.h"

#include <stdint.h>
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

static volatile uint64_t *volatile nowhere = (volatile uint64_t *)0x400;

static _Noreturn void fail(uint64_t failure, unsigned notification)
{
    uint64_t bits;

    printf("fails from now on\n");
    if (failure == FAILURE_FAULT)
        *nowhere = 1;
    if (failure == FAILURE_END)
        bh_exit(1);
    for (;;)
        if (failure == FAILURE_SILENCE)
            (void)bh_svc_wait(notification, BH_NO_DEADLINE, &bits);
}

void failing_request(unsigned notification)
{
    static uint64_t served;
    uint64_t after = UINT64_MAX, failure = FAILURE_END;

    bh_value("after", &after);
    bh_value("failure", &failure);
    if (served++ == after)
        fail(failure, notification);
}
