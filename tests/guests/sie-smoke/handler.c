/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: in a translator's place. Answers each RPCIT with what the guest expects, if the message is
 * what the kernel promises (libs/abi/reasons.def). Belongs to: test.
 */
#include <stdint.h>
#include <stdio.h>

#include "libs/abi/abi.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/rt/start.h"
#include "libs/stubs/svc.h"
#include "tests/guests/sie-smoke/protocol.h"

#define BADGE 0x77u
#define RESULT(cc, status) ((cc)*256u + (status))

static const uint64_t answer[REFRESHES] = {RESULT(1, 16), RESULT(0, 16), RESULT(2, 16),
                                           RESULT(3, 16), RESULT(1, 40)};

static int expected(const struct bh_message *message, uint32_t n)
{
    return n < REFRESHES && message->badge == BADGE && message->word[0] == HANDLE &&
           message->word[1] == (uint64_t)REFRESH(n) && message->word[2] == (uint64_t)LENGTH(n) &&
           message->word[3] == 0;
}

static void serve(struct bh_message *message, uint32_t n)
{
    if (!expected(message, n)) {
        printf("verdict: fail: RPCIT %u: badge %lx words %lx %lx %lx %lx\n", n, message->badge,
               message->word[0], message->word[1], message->word[2], message->word[3]);
        message->word[0] = BH_STOP;
        return;
    }
    message->word[0] = BH_RESUME;
    message->word[1] = answer[n];
}

int main(void)
{
    unsigned requests = bh_need_cap("requests");
    struct bh_message message;
    uint64_t error = bh_svc_recv(requests, BH_NO_DEADLINE, &message);
    uint32_t n;

    for (n = 0; error == BH_E_OK; n++) {
        serve(&message, n);
        error = bh_svc_reply_recv(requests, BH_NO_DEADLINE, &message);
    }
    bh_fatal("receive: %s", bh_error_text(error));
}
