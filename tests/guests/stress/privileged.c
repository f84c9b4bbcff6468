/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: instructions that user mode may not have. Belongs to: test. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

static uint8_t area[PAGE] __attribute__((aligned(4096)));
static uint64_t condition;

/* Linux gives handlers its primary space; what was loaded into registers is put back by siglongjmp.
 */
#define BODY(text)                                                                                 \
    static void NAME(__LINE__)(void)                                                               \
    {                                                                                              \
        asm volatile("lgr 2,%1\n\t"                                                                \
                     "lghi 0,0\n\tlghi 1,0\n\tlghi 3,0\n\tlghi 4,0\n\tcr 0,0\n\t" text             \
                     "\n\tipm %0"                                                                  \
                     : "=d"(condition)                                                             \
                     : "d"(area)                                                                   \
                     : "0", "1", "2", "3", "4", "5", "cc", "memory");                              \
    }
#define NAME(line) NAME_OF(line)
#define NAME_OF(line) body_##line

#define TRY(name, text) BODY(text)
#include "tests/guests/stress/privileged.def"
#undef TRY

static const struct {
    const char *name;
    void (*body)(void);
} tries[] = {
#define TRY(name, text) {name, NAME(__LINE__)},
#include "tests/guests/stress/privileged.def"
#undef TRY
};

/* What a store would have left, as one number. */
static uint32_t stored(void)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i < PAGE; i++)
        total = total * 31u + area[i];
    return total;
}

static void try_one(uint32_t i)
{
    uint32_t taken;

    memset(area, 0, PAGE);
    taken = attempt(tries[i].body);
    if (taken != 0)
        say("privileged: %s: signal %u, code %u, stored %08x", tries[i].name, taken / 256u,
            taken % 256u, stored());
    else
        say("privileged: %s: condition %lu, stored %08x", tries[i].name, condition >> 28 & 3u,
            stored());
}

/* Each in a child: what it does to the CPU's state must not reach the next. */
void try_privileged(void)
{
    for (uint32_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
        int child = fork(), status;

        if (child == 0) {
            try_one(i);
            _exit(0);
        }
        status = status_of(child);
        if (status != 0)
            say("privileged: %s: ended with %d", tries[i].name, status);
    }
}
