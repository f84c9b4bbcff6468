/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: the VMM as shipped, linked so that it ends when its guest says so: it answers the exit that
 * it serves, and is gone. Belongs to: test.
 */
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "tests/guests/alone/alone.h"
#include "vmm/memory.h"

uint64_t __real_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);
uint64_t __wrap_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);

uint64_t __wrap_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    const volatile uint64_t *box = (const volatile uint64_t *)(void *)(guest_memory + ALONE_AT);

    if (box[ALONE_LEAVE] == 0)
        return __real_bh_svc_reply_recv(cap, deadline, message);
    bh_svc_reply(message->word);
    bh_svc_exit(0);
}
