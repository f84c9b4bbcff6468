/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: a VMM gone bad. It tries all that its capabilities allow, lets its vCPU run with
 * any state and any code, and at last spoils its channels and stops its own partition by an answer.
 * Belongs to: test. Everything that vmm/main.c has in a system description.
 */
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "tests/target/isolation/attack.h"
#include "tests/target/isolation/guest.h"
#include "tests/target/programs/hostile/report.h"

#define ROUNDS 10000u
#define CALLS 40000u
#define LAST_WORDS_US 100000u

/* Whether an exit is held or not: with the process its partition ends. */
static _Noreturn void end_all(unsigned events)
{
    uint64_t word[BH_MESSAGE_WORDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    struct bh_message message;
    uint64_t bits;

    (void)bh_svc_wait(events, bh_deadline(LAST_WORDS_US), &bits);
    attack_channels();
    for (;;) {
        (void)bh_svc_reply(word);
        (void)bh_vcpu_kick(bh_need_cap("vcpu"), &bits);
        (void)bh_svc_recv(bh_need_cap("exits"), BH_NO_DEADLINE, &message);
    }
}

int main(void)
{
    attack_forbidden();
    guest_start();
    guest_instructions();
    guest_garbage(ROUNDS);
    attack_calls(CALLS);
    (void)report();
    end_all(bh_need_cap("events"));
}
