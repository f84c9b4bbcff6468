/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Benchmark: the VMM as shipped, linked so that it notes in the guest's memory when it gave its
 * last reply and when it took the exit behind it. Belongs to: test.
 */
#include "tests/bench/guest/stamp.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "vmm/memory.h"

uint64_t __real_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);
uint64_t __wrap_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message);

static uint64_t now(void)
{
    uint64_t tod;

    __asm__ volatile("stckf %0" : "=Q"(tod) : : "cc", "memory");
    return tod;
}

uint64_t __wrap_bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    volatile uint64_t *stamp = (volatile uint64_t *)(void *)(guest_memory + STAMP_AT);
    uint64_t error;

    stamp[STAMP_REPLY] = now();
    error = __real_bh_svc_reply_recv(cap, deadline, message);
    stamp[STAMP_EXIT] = now();
    return error;
}
