/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: serves the faults of `hostile`: notes them in the window "shared" and sends the
 * thread to where it asked to go on. A fault that hostile did not expect stops the partition.
 * Belongs to: test. Capability: "faults" (endpoint, receive).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/target/programs/hostile/hostile.h"

static void answer(struct hostile_shared *shared, struct bh_message *message)
{
    uint64_t resume = shared->resume;

    /* A thread that faults where it was sent to cannot be brought back: its PSW is not repaired. */
    if (message->word[0] != BH_REASON_FAULT || resume == 0 || message->word[3] == resume) {
        printf("unexpected event %lu: code %#lx, address %#lx, PSW %#lx\n", message->word[0],
               message->word[1], message->word[2], message->word[3]);
        message->word[0] = BH_STOP;
        return;
    }
    shared->faults++;
    shared->code = message->word[1];
    shared->address = message->word[2];
    message->word[0] = BH_RESUME;
    message->word[1] = resume;
}

int main(void)
{
    struct hostile_shared *shared = bh_need_window("shared").address;
    unsigned faults = bh_need_cap("faults");
    struct bh_message message;
    uint64_t error = bh_svc_recv(faults, BH_NO_DEADLINE, &message);

    while (error == BH_E_OK) {
        answer(shared, &message);
        error = bh_svc_reply_recv(faults, BH_NO_DEADLINE, &message);
    }
    bh_fatal("receive: %s", bh_error_text(error));
}
