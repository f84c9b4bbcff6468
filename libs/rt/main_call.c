/* SPDX-License-Identifier: BSD-2-Clause */
/* The common end of every start: thread block, main, exit. Belongs to: everything that runs as a
 * process. */
#include "libs/rt/rt.h"
#include "libs/rt/start.h"

/* musl's thread structure is smaller; its sixth word is the guard value that functions compiled
 * with a stack protector compare (GCC's s390 ABI: 40 bytes behind the thread pointer). */
#define THREAD_WORDS 64
#define GUARD_WORD 5

uint64_t bh_thread_block[THREAD_WORDS];

static void *message_buffer;

void bh_message_buffer_set(void *page)
{
    message_buffer = page;
}

void *bh_message_buffer(void)
{
    return message_buffer;
}

_Noreturn void bh_run_main(void)
{
    bh_thread_block[GUARD_WORD] = bh_tod();
    bh_exit((uint64_t)main());
}
