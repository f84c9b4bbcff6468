/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: calls `peer` many times and checks every answer. Belongs to: test.
 * Capability: "service" (endpoint, call, badge 5). Value: "calls" (how many; 1000 if not given).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define BADGE 5u
#define NS_PER_US 1000u

static void call_once(unsigned service, uint64_t number)
{
    uint64_t words[BH_MESSAGE_WORDS] = {number, number << 32, ~number, 7};
    uint64_t error = bh_svc_call(service, words);

    if (error != BH_E_OK)
        bh_fatal("call %lu: %s", number, bh_error_text(error));
    if (words[0] != number + 1 || words[1] != (number << 32) + 1 || words[2] != ~number + 1 ||
        words[3] != 7 + 1 + BADGE)
        bh_fatal("call %lu: wrong answer %lx %lx %lx %lx", number, words[0], words[1], words[2],
                 words[3]);
}

int main(void)
{
    unsigned service = bh_need_cap("service");
    uint64_t calls = 1000;
    uint64_t start, ns;

    bh_value("calls", &calls);
    start = bh_tod();
    for (uint64_t i = 0; i < calls; i++)
        call_once(service, i);
    ns = (bh_tod() - start) * NS_PER_US / BH_TOD_PER_US;
    printf("%lu calls answered, %lu ns each\n", calls, calls ? ns / calls : 0);
    return 0;
}
