/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: takes a call and never answers. Belongs to: test.
 * Capabilities: "service" (endpoint, receive), "never" (a notification that nobody signals).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

int main(void)
{
    unsigned service = bh_need_cap("service");
    unsigned never = bh_need_cap("never");
    struct bh_message message;
    uint64_t bits;
    uint64_t error = bh_svc_recv(service, BH_NO_DEADLINE, &message);

    printf("took a call: %s, badge %lu, first word %lu\n", bh_error_text(error), message.badge,
           message.word[0]);
    for (;;)
        bh_svc_wait(never, BH_NO_DEADLINE, &bits);
}
