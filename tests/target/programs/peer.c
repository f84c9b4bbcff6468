/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: answers each call with its words plus one; the last word with the badge added.
 * Belongs to: test. Capability: "service" (endpoint, receive).
 */
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

static void answer(struct bh_message *message)
{
    for (unsigned i = 0; i < BH_MESSAGE_WORDS; i++)
        message->word[i]++;
    message->word[BH_MESSAGE_WORDS - 1] += message->badge;
}

int main(void)
{
    unsigned service = bh_need_cap("service");
    struct bh_message message;
    uint64_t error = bh_svc_recv(service, BH_NO_DEADLINE, &message);

    while (error == BH_E_OK) {
        answer(&message);
        error = bh_svc_reply_recv(service, BH_NO_DEADLINE, &message);
    }
    bh_fatal("receive: %s", bh_error_text(error));
}
