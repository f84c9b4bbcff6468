/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: a translator gone bad. It tries all that its capabilities allow, answers refreshes
 * and calls with anything, and at last spoils its channel and stops its own partition by an answer.
 * Belongs to: test. Everything that drivers/zpci/translator has in a system description.
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "tests/target/isolation/attack.h"
#include "tests/target/programs/hostile/report.h"

#define CALLS 30000u
#define ANSWERS 3000u
#define LAST_WORDS_US 100000u

/* As a translator that works, but for what it says. */
static void answer_anything(unsigned requests)
{
    struct bh_message message;
    uint64_t error = bh_svc_recv(requests, BH_NO_DEADLINE, &message);
    uint64_t events = 0;

    for (unsigned i = 0; i < ANSWERS && error == BH_E_OK; i++) {
        events += message.badge == 0x101u ? 1u : 0u;
        attack_answer(message.word);
        error = bh_svc_reply_recv(requests, BH_NO_DEADLINE, &message);
    }
    if (error != BH_E_OK)
        bh_fatal("receive: %s", bh_error_text(error));
    printf("%u answers with anything, %lu of them to refreshes\n", ANSWERS, events);
}

/* Holds a refresh. */
static void end_all(unsigned wake)
{
    uint64_t word[BH_MESSAGE_WORDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    uint64_t bits;

    (void)bh_svc_wait(wake, bh_deadline(LAST_WORDS_US), &bits);
    attack_channels();
    (void)bh_svc_reply(word);
    bh_fatal("still alive");
}

int main(void)
{
    unsigned requests = bh_need_cap("requests");

    attack_forbidden();
    attack_calls(CALLS);
    answer_anything(requests);
    (void)report();
    end_all(bh_need_cap("wake"));
    return 1;
}
