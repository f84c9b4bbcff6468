/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: control registers, prefix, real storage, keys. Belongs to: test. */
#include "tests/guests/hello/guest.h"

#define FRAME 0x1000u

static uint64_t doublewords[16];
static uint8_t areas[2 * 0x2000] __attribute__((aligned(0x2000)));

static void check_control(void)
{
    SET_CONTROL(3, 0x123456789abcdef0);
    asm volatile("stctg 3,3,%0" : "=Q"(doublewords) : : "memory");
    check_equal("LCTLG and STCTG", doublewords[0], 0x123456789abcdef0);
    doublewords[0] = UINT64_C(0x1111111122222222);
    asm volatile("lctl 3,3,%0" : : "Q"(doublewords) : "memory");
    asm volatile("stctg 3,3,%0" : "=Q"(doublewords) : : "memory");
    check_equal("LCTL changes one half", doublewords[0], 0x1234567811111111);
    SET_CONTROL(3, 0);
}

static uint64_t load_absolute(uint64_t at)
{
    uint64_t value;

    asm volatile("lurag %0,%1" : "=d"(value) : "a"(at) : "memory");
    return value;
}

/* With the prefix at the new lowcore, what is stored at 0x300 is found there. */
static void check_prefix(void)
{
    uint32_t old, prefix = (uint32_t)(uint64_t)areas;
    uint64_t value, i;

    asm volatile("stpx %0" : "=Q"(old));
    for (i = 0; i < 0x2000u; i += 8u)
        *(uint64_t *)(areas + i) = load_absolute(i);
    asm volatile("spx %0\n\tlghi 1,77\n\tstg 1,0x300\n\tspx %1"
                 :
                 : "Q"(prefix), "Q"(old)
                 : "1", "memory");
    value = *(volatile uint64_t *)(areas + 0x300);
    check_equal("stores with another prefix", value, 77);
    asm volatile("spx %0\n\tstpx %1\n\tspx %2"
                 : "+Q"(prefix), "=Q"(doublewords), "+Q"(old)
                 :
                 : "memory");
    check_equal("STPX", doublewords[0] >> 32, prefix);
}

static void check_real(void)
{
    uint64_t value;

    asm volatile("sturg %0,%1" : : "d"(UINT64_C(0xabcdef)), "a"(areas) : "memory");
    check_equal("STURG", *(volatile uint64_t *)areas, 0xabcdef);
    asm volatile("lurag %0,%1" : "=d"(value) : "a"(areas) : "memory");
    check_equal("LURAG", value, 0xabcdef);
    asm volatile(".insn rre,0xb22c0000,0,%0" : : "a"(areas) : "0", "cc", "memory");
    check_equal("TB clears", *(volatile uint64_t *)areas, 0);
}

static void check_keys(void)
{
    uint64_t key = 0x30, read = 0, page = (uint64_t)areas;

    asm volatile("sske %0,%1" : : "d"(key), "a"(page));
    asm volatile("iske %0,%1" : "+d"(read) : "a"(page));
    check_equal("storage key", read & 0xf0u, 0x30);
    asm volatile("sske %0,%1" : : "d"(UINT64_C(0)), "a"(page));
}

static void store_low(void)
{
    asm volatile("mvi 0x40,1" : : : "memory");
}

static void store_real_low(void)
{
    asm volatile("stura %0,%1" : : "d"(1), "a"(UINT64_C(0x40)) : "memory");
}

static void check_low_addresses(void)
{
    uint32_t stored, stored_real;

    check_equal("store at a low address", attempt(store_low), 0);
    SET_CONTROL(0, CR0_RESET | CR0_LOW_ADDRESS_PROTECTION);
    stored = attempt(store_low);
    stored_real = attempt(store_real_low);
    SET_CONTROL(0, CR0_RESET);
    check_equal("low-address protection", stored, PROGRAM(4));
    check_equal("the same for STURA", stored_real, PROGRAM(4));
}

static void monitor(void)
{
    asm volatile("mc 0,5");
}

static void check_monitor(void)
{
    check_equal("monitor call, masked", attempt(monitor), 0);
    SET_CONTROL(8, UINT64_C(0x8000) >> 5);
    check_equal("monitor call", attempt(monitor), PROGRAM(0x40));
    SET_CONTROL(8, 0);
}

void check_state(void)
{
    check_control();
    check_prefix();
    check_real();
    check_keys();
    check_low_addresses();
    check_monitor();
}
