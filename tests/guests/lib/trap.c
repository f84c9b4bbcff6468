/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: interruptions. Belongs to: test. */
#include "tests/guests/lib/guest.h"

#define SAVED_REGISTERS 0xc00u
#define RETURN_PSW 0xb00u
#define OLD_PSW(kind) (0x120u + 0x10u * (kind))
#define NEW_PSW(kind) (0x1a0u + 0x10u * (kind))
#define KINDS 5u

struct trap trap;
uint64_t kernel_mask = PSW_64;

extern const char entry_external[], entry_supervisor[], entry_program[], entry_machine_check[],
    entry_io[], attempt_ended[];
extern uint64_t attempt_stack; /* 0: no attempt is under way */
void trap_handle(uint32_t kind);
uint32_t trap_taken(void);

/* The compiler distrusts pointers to the lowcore. */
static uint64_t load(uint64_t at)
{
    uint64_t value;

    asm volatile("lg %0,0(%1)" : "=d"(value) : "a"(at) : "memory");
    return value;
}

static void store(uint64_t at, uint64_t value)
{
    asm volatile("stg %0,0(%1)" : : "d"(value), "a"(at) : "memory");
}

void trap_start(void)
{
    static const char *const entries[KINDS] = {entry_external, entry_supervisor, entry_program,
                                               entry_machine_check, entry_io};
    uint32_t kind;

    for (kind = 1; kind <= KINDS; kind++) {
        store(NEW_PSW(kind), kernel_mask);
        store(NEW_PSW(kind) + 8u, (uint64_t)entries[kind - 1u]);
    }
}

static uint32_t code_of(uint32_t kind)
{
    switch (kind) {
    case TRAP_EXTERNAL:
        return (uint32_t)load(0x80) & 0xffffu;
    case TRAP_SUPERVISOR:
        return (uint32_t)(load(0x88) >> 32) & 0xffffu;
    default:
        return (uint32_t)load(0x88) & 0xffffu;
    }
}

static uint32_t length_of(uint32_t kind)
{
    return (uint32_t)(kind == TRAP_SUPERVISOR ? load(0x88) >> 48 : load(0x88) >> 16) & 0xffffu;
}

uint32_t trap_taken(void)
{
    return TRAP(trap.kind, trap.code);
}

/* Every interruption ends the attempt that is under way. One that comes without is fatal: a
 * disabled wait, whose address says which it was. */
void trap_handle(uint32_t kind)
{
    trap = (struct trap){.mask = load(OLD_PSW(kind)),
                         .address = load(OLD_PSW(kind) + 8u),
                         .teid = load(0xa8),
                         .per_address = load(0x98),
                         .machine_check = load(0xe8),
                         .io = {load(0xb8), load(0xc0)},
                         .kind = kind,
                         .code = code_of(kind),
                         .length = length_of(kind)};
    store(RETURN_PSW, attempt_stack != 0 ? kernel_mask : PSW_64 | PSW_WAIT);
    store(RETURN_PSW + 8u, attempt_stack != 0 ? (uint64_t)attempt_ended : trap_taken());
}

static void wait_here(void)
{
    uint64_t psw[2] = {kernel_mask | PSW_WAIT | PSW_EXTERNAL, 0};

    go(psw);
}

uint32_t wait_external(void)
{
    struct trap before = trap; /* checks look at theirs after they have printed something */
    uint32_t taken = attempt(wait_here);

    trap = before;
    return taken >> 16 == TRAP_EXTERNAL ? taken & 0xffffu : 0;
}
