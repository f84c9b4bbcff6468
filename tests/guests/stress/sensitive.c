/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: instructions of user mode that show something of the machine, and MVCOS.
 * Belongs to: test. */
#include <string.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define FACILITY_WORDS 4u
#define PROBLEM_AND_MODES                                                                          \
    UINT64_C(0x0403c00180000000) /* DAT, wait and problem, space, EA and BA                        \
                                  */

static uint8_t from[64], to[64];
static uint64_t operand; /* of MVCOS: access controls of target and source */
static uint64_t condition;

static void extract_psw(void)
{
    uint64_t high, low;

    asm volatile("lghi %0,0\n\tlghi %1,0\n\tepsw %0,%1" : "=&d"(high), "=&d"(low));
    say("sensitive: EPSW, without key, interruptions and condition: %016lx",
        (high << 32 | (low & 0xffffffffu)) & PROBLEM_AND_MODES);
}

static void facilities(void)
{
    uint64_t list[FACILITY_WORDS] = {0};
    register uint64_t last asm("0") = FACILITY_WORDS - 1u;

    asm volatile(".insn s,0xb2b00000,%0" : "=Q"(list), "+d"(last) : : "cc", "memory");
    say("sensitive: STFLE %016lx %016lx %016lx %016lx, last word %lu", list[0], list[1], list[2],
        list[3], last % 256u);
}

static void access_registers(void)
{
    uint32_t before[16], set[16], after[16];

    asm volatile("stam 0,15,%0" : "=Q"(before));
    for (uint32_t i = 0; i < 16; i++)
        set[i] = i < 2u ? before[i] : i * 0x01010101u;
    asm volatile("lam 0,15,%0" : : "Q"(set));
    getppid(); /* through the kernel and back */
    asm volatile("stam 0,15,%0" : "=Q"(after));
    say("sensitive: access registers %s", memcmp(set, after, sizeof(set)) == 0 ? "kept" : "lost");
}

/* The upper halves that no z10 program knows, and registers 16 to 31. */
static void vector_registers(void)
{
    uint64_t seen[4];

    asm volatile(".machine push\n\t.machine z13\n\t"
                 "vlvgp %%v3,%1,%2\n\t"
                 "vlvgp %%v27,%2,%1\n\t"
                 "svc 64\n\t"  /* getppid */
                 "svc 158\n\t" /* sched_yield */
                 "vst %%v3,%0\n\t"
                 "vst %%v27,16+%0\n\t"
                 ".machine pop"
                 : "=Q"(seen)
                 : "d"(UINT64_C(0x1122334455667788)), "d"(UINT64_C(0x99aabbccddeeff00))
                 : "2", "memory");
    say("sensitive: vector registers %016lx %016lx %016lx %016lx", seen[0], seen[1], seen[2],
        seen[3]);
}

static void move(void)
{
    register uint64_t control asm("0") = operand;

    asm volatile(".insn ssf,0xc80000000000,0(%1),0(%2),%3\n\tipm %0"
                 : "=d"(condition)
                 : "a"(to), "a"(from), "d"((uint64_t)sizeof(from)), "d"(control)
                 : "cc", "memory");
}

/* Access controls of an operand: key 4 bits, space 2 bits, key valid, space valid. */
static void moves(void)
{
    static const uint16_t controls[] = {0x0000, 0x0001, 0x0041, 0x0081, 0x00c1,
                                        0x0002, 0x8002, 0xf002, 0x8083};

    memset(from, 'x', sizeof(from));
    for (uint32_t i = 0; i < 2u * sizeof(controls) / sizeof(controls[0]); i++) {
        uint32_t half = i % 2u, taken;

        operand = (uint64_t)controls[i / 2u] << (half ? 16u : 0u);
        memset(to, 0, sizeof(to));
        taken = attempt(move);
        say("sensitive: MVCOS %08lx: signal %u, condition %lu, moved %d", operand, taken / 256u,
            taken ? 0 : condition >> 28 & 3u, memcmp(to, from, sizeof(to)) == 0);
    }
}

/* A system call through EXECUTE RELATIVE LONG. */
static void executed_call(void)
{
    register uint64_t result asm("2");

    asm volatile("exrl 0,0f\n\tj 1f\n0:\tsvc 20\n1:" : "=d"(result) : : "memory");
    say("sensitive: EXECUTE of a system call %d", result == (uint64_t)getpid());
}

void try_sensitive(void)
{
    extract_psw();
    facilities();
    access_registers();
    vector_registers();
    moves();
    executed_call();
}
