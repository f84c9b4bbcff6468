/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest `storm`: the storms. Belongs to: test. */
#include "tests/guests/lib/guest.h"
#include "tests/guests/storm/storm.h"

#define ORDER_EXTERNAL_CALL 2
#define ORDER_EMERGENCY 3
#define CR0_EMERGENCY UINT64_C(0x4000)
#define CR0_EXTERNAL_CALL UINT64_C(0x2000)
#define NOWHERE UINT64_C(0x4000000000)

static uint64_t area[512] __attribute__((aligned(4096)));

_Noreturn void storm_loop(void)
{
    asm volatile("stnsm 0x308,0x00" : : : "memory");
    for (;;)
        asm volatile("");
}

static void store_timer(void)
{
    asm volatile("stpt %0" : "=Q"(area[0]) : : "memory");
}

static void store_identity(void)
{
    asm volatile("stidp %0" : "=Q"(area[0]) : : "memory");
}

static void change_mask(void)
{
    asm volatile("stosm 0x308,0x01\n\tstnsm 0x308,0xfc" : : : "memory");
}

static void change_control(void)
{
    SET_CONTROL(9, area[0]);
    SET_CONTROL(9, 0);
}

static void purge(void)
{
    asm volatile("ptlb" : : : "memory");
}

static void diagnose(void)
{
    asm volatile("diag 0,0,0x44" : : : "memory");
}

static void call_service(void)
{
    asm volatile(".insn rre,0xb2200000,%0,%1" : : "d"(0), "a"(area) : "cc", "memory");
}

static void ask_channels(void)
{
    asm volatile("lghi 1,1\n\tstsch %0" : "=Q"(area[0]) : : "1", "cc", "memory");
}

static void no_operation_code(void)
{
    asm volatile(".long 0");
}

static void supervisor_call(void)
{
    asm volatile("svc 1");
}

static void beyond_memory(void)
{
    *(volatile uint64_t *)NOWHERE = 1;
}

static void many_pages(void)
{
    uint64_t i;

    for (i = 0; i < 64u; i++)
        *(volatile uint64_t *)(UINT64_C(0x1000000) + i * 4096u) = i;
}

_Noreturn void storm_exits(void)
{
    static void (*const what[])(void) = {store_timer,     store_identity, change_mask,
                                         change_control,  purge,          diagnose,
                                         call_service,    ask_channels,   no_operation_code,
                                         supervisor_call, beyond_memory,  many_pages};
    uint64_t i;

    for (i = 0;; i++)
        (void)attempt(what[i % (sizeof(what) / sizeof(what[0]))]);
}

static void signal(uint32_t order)
{
    register uint64_t status asm("4") = 0;
    register uint64_t address asm("3") = 0;

    asm volatile("sigp %0,%1,0(%2)" : "+d"(status) : "d"(address), "a"((uint64_t)order) : "cc");
}

/* All of them pend at once; one comes, and the others with the next attempt. */
static void take_one(void)
{
    signal(ORDER_EXTERNAL_CALL);
    signal(ORDER_EMERGENCY);
    asm volatile("stosm 0x308,0x03" : : : "memory");
    for (;;)
        asm volatile("");
}

_Noreturn void storm_interrupts(void)
{
    area[0] = 1;
    asm volatile("sckc %0\n\tspt %0" : : "Q"(area[0]) : "memory");
    SET_CONTROL(0, CR0_RESET | CR0_CLOCK_COMPARATOR | CR0_CPU_TIMER | CR0_EMERGENCY |
                       CR0_EXTERNAL_CALL);
    for (;;)
        (void)attempt(take_one);
}

static uint64_t state = 88172645463325252u;

static uint64_t random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* A handle that exists, now and then, with a range inside the aperture, and any registers. */
static void refresh(void)
{
    register uint64_t handle asm("2") = random();
    register uint64_t start asm("4") = random();
    register uint64_t length asm("5") = random();

    if (length % 4u == 0) {
        handle = handle % 4u << 32 | handle % 2u << 63 | handle % 2u << 49;
        start = UINT64_C(0x100000000) + start % 0x20000000u;
        length %= 0x40000000u;
    }
    asm volatile(".insn rre,0xb9d30000,%0,%1"
                 : "+d"(handle)
                 : "d"(start), "d"(length)
                 : "cc", "memory");
}

_Noreturn void storm_refreshes(void)
{
    for (;;)
        (void)attempt(refresh);
}
