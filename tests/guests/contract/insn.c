/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: zPCI instructions with any operand; interruptions are outcomes. Belongs to: test.
 *
 * The status byte is something else than any status before, so that one sees who wrote it. */
#include "tests/guests/contract/contract.h"

#define NO_STATUS UINT64_C(0xa5)
#define STATUS_SHIFT 24
#define STATUS_MASK (UINT64_C(0xff) << STATUS_SHIFT)

/* Operands and results of the one that is issued: it may end in an interruption. */
static struct {
    uint64_t handle, second, third;
    const void *memory;
    uint32_t cc;
} op;

static int problem;
static void (*user_code)(void);

void insn_problem(int on)
{
    problem = on;
}

static void user(void)
{
    uint64_t psw[2] = {PSW_64 | PSW_PROBLEM, (uint64_t)user_code};

    go(psw);
}

static uint64_t with_handle(uint32_t handle, uint64_t space, uint64_t low)
{
    return (uint64_t)handle << 32 | NO_STATUS << STATUS_SHIFT | space << 16 | low;
}

static struct outcome run(void (*what)(void))
{
    uint64_t before = op.handle;
    struct outcome o = {0};
    uint32_t taken;

    op.cc = 9;
    user_code = what;
    taken = attempt(problem ? user : what);
    o.program = taken >> 16 == TRAP_PROGRAM ? taken & 0xffffu : taken;
    o.cc = op.cc;
    o.status = (uint32_t)(op.handle >> STATUS_SHIFT) & 0xffu;
    o.kept = (op.cc == 1 && ((op.handle ^ before) & ~STATUS_MASK) == 0) ||
             (op.cc != 1 && op.handle == before);
    o.value = op.third;
    return o;
}

static void rpcit(void)
{
    register uint64_t start asm("4") = op.second;
    register uint64_t length asm("5") = op.third;
    uint64_t handle = op.handle;
    uint32_t ipm;

    asm volatile(".insn rre,0xb9d30000,%0,%2\n\tipm %1"
                 : "+d"(handle), "=d"(ipm), "+d"(start), "+d"(length)
                 :
                 : "cc", "memory");
    op.handle = handle;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_rpcit(uint32_t handle, uint64_t start, uint64_t length)
{
    op.handle = with_handle(handle, 0, 0);
    op.second = start;
    op.third = length;
    return run(rpcit);
}

static void rpcit_odd(void)
{
    asm volatile(".insn rre,0xb9d30000,2,5" : : : "cc", "memory");
}

/* The pair would be general registers 15 and 16. */
static void rpcit_last(void)
{
    asm volatile(".insn rre,0xb9d30000,2,15" : : : "cc", "memory");
}

struct outcome do_rpcit_last(uint32_t handle)
{
    op.handle = with_handle(handle, 0, 0);
    return run(rpcit_last);
}

struct outcome do_rpcit_odd(uint32_t handle, uint64_t start, uint64_t length)
{
    op.handle = with_handle(handle, 0, 0);
    op.second = start;
    op.third = length;
    return run(rpcit_odd);
}

static void mpcifc(void)
{
    uint64_t handle = op.handle;
    uint32_t ipm;

    asm volatile(".insn rxy,0xe300000000d0,%0,0(%2)\n\tipm %1"
                 : "+d"(handle), "=d"(ipm)
                 : "a"(op.memory)
                 : "cc", "memory");
    op.handle = handle;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_mpcifc(uint32_t handle, uint32_t space, uint32_t operation, const uint8_t *fib)
{
    op.handle = with_handle(handle, space, operation);
    op.memory = fib;
    return run(mpcifc);
}

static void stpcifc(void)
{
    uint64_t handle = op.handle;
    uint32_t ipm;

    asm volatile(".insn rxy,0xe300000000d4,%0,0(%2)\n\tipm %1"
                 : "+d"(handle), "=d"(ipm)
                 : "a"(op.memory)
                 : "cc", "memory");
    op.handle = handle;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_stpcifc(uint32_t handle, uint32_t space, uint8_t *fib)
{
    op.handle = with_handle(handle, space, 0);
    op.memory = fib;
    return run(stpcifc);
}

static void pcilg(void)
{
    register uint64_t handle asm("4") = op.handle;
    register uint64_t offset asm("5") = op.second;
    uint64_t value = op.third;
    uint32_t ipm;

    asm volatile(".insn rre,0xb9d20000,%0,%2\n\tipm %1"
                 : "+d"(value), "=d"(ipm), "+d"(handle), "+d"(offset)
                 :
                 : "cc", "memory");
    op.handle = handle;
    op.third = value;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_pcilg(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset)
{
    op.handle = with_handle(handle, space, length);
    op.second = offset;
    op.third = 0;
    return run(pcilg);
}

static void pcistg(void)
{
    register uint64_t handle asm("4") = op.handle;
    register uint64_t offset asm("5") = op.second;
    uint32_t ipm;

    asm volatile(".insn rre,0xb9d00000,%3,%1\n\tipm %0"
                 : "=d"(ipm), "+d"(handle), "+d"(offset)
                 : "d"(op.third)
                 : "cc", "memory");
    op.handle = handle;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_pcistg(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset,
                         uint64_t value)
{
    op.handle = with_handle(handle, space, length);
    op.second = offset;
    op.third = value;
    return run(pcistg);
}

static void pcistb(void)
{
    uint64_t handle = op.handle;
    uint32_t ipm;

    asm volatile(".insn rsy,0xeb00000000d0,%0,%2,0(%3)\n\tipm %1"
                 : "+d"(handle), "=d"(ipm)
                 : "d"(op.second), "a"(op.memory)
                 : "cc", "memory");
    op.handle = handle;
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_pcistb(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset,
                         const uint8_t *source)
{
    op.handle = with_handle(handle, space, length);
    op.second = offset;
    op.memory = source;
    return run(pcistb);
}

/* It has no condition code. */
static void sic(void)
{
    static uint64_t block[8];

    asm volatile(".insn rsy,0xeb00000000d1,%0,%1,0(%2)"
                 :
                 : "d"(op.second), "d"(op.third), "a"(block)
                 : "cc", "memory");
    op.cc = 0;
}

struct outcome do_sic(uint64_t operation, uint64_t subclass)
{
    op.second = operation;
    op.third = subclass << 27;
    return run(sic);
}

static void clp(void)
{
    uint64_t mask = 0;
    uint32_t ipm;

    asm volatile(".insn rrf,0xb9a00000,%0,%2,0,2\n\tipm %1"
                 : "+d"(mask), "=d"(ipm)
                 : "a"(op.memory)
                 : "cc", "memory");
    op.cc = ipm >> 28 & 3u;
}

struct outcome do_clp(uint8_t *block)
{
    op.memory = block;
    return run(clp);
}

static void odd_load(void)
{
    asm volatile(".insn rre,0xb9d20000,2,5" : : : "cc", "memory");
}

struct outcome do_odd_load(uint32_t handle)
{
    op.handle = with_handle(handle, 0, 4);
    return run(odd_load);
}

static void odd_store(void)
{
    asm volatile(".insn rre,0xb9d00000,2,5" : : : "cc", "memory");
}

struct outcome do_odd_store(uint32_t handle)
{
    op.handle = with_handle(handle, 0, 4);
    return run(odd_store);
}
