/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: STNSM and STOSM, each more than once with the same page: an exit the first time, and
 * perhaps none later. Belongs to: test. */
#include "libs/zformats/dat.h"
#include "tests/guests/hello/guest.h"

#define NUMBER 4u /* of a page of the window, and the one behind it */
#define AT_END (WINDOW + (NUMBER + 1u) * 0x1000u - 1u)
#define LAST 0xfffu
#define FILLER 0xeeu
#define ROUNDS 3u
#define IO 0x02u
#define CR0_EMERGENCY UINT64_C(0x4000)
#define MICROSECOND 4096u
#define TIMERS 100u
#define PATIENCE (5000u * TOD_PER_MS)

static uint8_t pages[2][4096] __attribute__((aligned(4096)));
static uint64_t at; /* where these instructions store */
extern const char enable_io_at[], enable_external_at[];

#define INSTRUCTION(name, text, mask)                                                              \
    static __attribute__((noinline)) void name(void)                                               \
    {                                                                                              \
        asm volatile(#name "_at:\t" text " 0(%0)," mask : : "a"(at) : "memory");                   \
    }
INSTRUCTION(enable_io, "stosm", "0x02")
INSTRUCTION(enable_external, "stosm", "0x01")
INSTRUCTION(disable, "stnsm", "0xfc")
#undef INSTRUCTION

static uint8_t mask_before(void)
{
    return (uint8_t)(kernel_mask >> 56);
}

/* A store that is none of these instructions: from here on it is known where the page is. */
static void touch(void)
{
    *(volatile uint8_t *)at = FILLER;
}

static int only_last_is(uint8_t value)
{
    return pages[0][LAST] == value && pages[0][LAST - 1u] == FILLER && pages[1][0] == FILLER;
}

/* One byte, and the mask of before. */
static void check_stored(const char *name)
{
    uint32_t i, good = 0;

    for (i = 0; i < ROUNDS; i++) {
        pages[0][LAST - 1u] = pages[0][LAST] = pages[1][0] = FILLER;
        good += attempt(enable_io) == 0 && only_last_is(mask_before());
        touch();
        good += attempt(disable) == 0 && only_last_is(mask_before() | IO);
        good += attempt(disable) == 0 && only_last_is(mask_before());
    }
    check_equal(name, good, 3u * ROUNDS);
}

static void load_at_end(void)
{
    (void)*(volatile uint8_t *)AT_END;
}

/* The mask is as it was: the old PSW has it. The load makes known what may be known of the page. */
static uint32_t refused(uint32_t code, const char *where)
{
    uint32_t taken = attempt(enable_io);

    return taken == PROGRAM(code) && trap.address == (uint64_t)where && trap.length == 4u &&
           (trap.mask & ~PSW_CC_MASK) == kernel_mask &&
           (trap.teid & ~UINT64_C(0xfff)) == (AT_END & ~LAST) && pages[0][LAST] == FILLER;
}

static void check_refused(const char *name, uint64_t flags, uint32_t code, const char *where)
{
    uint32_t i, good = 0;

    *space_entry(SPACE_HOME, NUMBER) = (uint64_t)pages[0] | flags;
    asm volatile("ptlb" : : : "memory");
    pages[0][LAST] = FILLER;
    for (i = 0; i < ROUNDS; i++) {
        attempt(load_at_end);
        good += refused(code, where);
    }
    *space_entry(SPACE_HOME, NUMBER) = (uint64_t)pages[0];
    asm volatile("ptlb" : : : "memory");
    check_equal(name, good, ROUNDS);
}

static void set_comparator(uint64_t when)
{
    asm volatile("sckc %0" : : "Q"(when) : "memory");
}

static void comparator_on(uint64_t when)
{
    set_comparator(when);
    SET_CONTROL(0, console_control | CR0_CLOCK_COMPARATOR);
}

static void comparator_off(void)
{
    set_comparator(UINT64_MAX);
    SET_CONTROL(0, console_control);
}

/* An emergency signal to this very CPU is pending at once. */
static void signal_self(void)
{
    uint64_t status = 0;

    asm volatile("sigp %0,%1,3" : "+d"(status) : "d"(UINT64_C(0)) : "cc", "memory");
}

/* Right behind the STOSM, whose byte is stored. */
static uint32_t interrupted_behind(void)
{
    touch();
    return attempt(enable_external) == TRAP(TRAP_EXTERNAL, 0x1201) &&
           trap.address == (uint64_t)enable_external_at + 4u &&
           (trap.mask & ~PSW_CC_MASK) == (kernel_mask | PSW_EXTERNAL) &&
           pages[0][LAST] == mask_before();
}

static void check_pending(const char *name)
{
    uint32_t i, good = 0;

    SET_CONTROL(0, console_control | CR0_EMERGENCY);
    for (i = 0; i < ROUNDS; i++) {
        signal_self();
        good += interrupted_behind();
        good += attempt(enable_external) == 0; /* it is not pending any more */
        good += attempt(disable) == 0;
        signal_self();
        good += attempt(disable) == 0;
        good += attempt(enable_io) == 0; /* that is for others */
        good += attempt(disable) == 0;
        good += interrupted_behind();
    }
    SET_CONTROL(0, console_control);
    check_equal(name, good, 7u * ROUNDS);
}

/* Enables and disables until an interruption ends it, or patience does. */
static void change_masks(void)
{
    uint64_t end = tod_now() + PATIENCE;

    while (tod_now() < end) {
        enable_io();
        enable_external();
        disable();
    }
}

/* The time comes between any two of these instructions. */
static void check_lost(void)
{
    uint32_t i, good = 0;

    for (i = 0; i < TIMERS; i++) {
        comparator_on(tod_now() + (20u + 7u * i) * MICROSECOND);
        good += attempt(change_masks) == TRAP(TRAP_EXTERNAL, 0x1004);
    }
    comparator_off();
    check_equal("a timer while masks change all the time", good, TIMERS);
}

/* It comes due without anything that would be an exit, and stays pending. */
static void come_due_masked(void)
{
    uint64_t due = tod_now() + 200u * MICROSECOND;

    comparator_on(due);
    while (tod_now() < due + 300u * MICROSECOND)
        disable();
    change_masks();
}

static void check_due_while_masked(void)
{
    uint32_t i, good = 0;

    for (i = 0; i < ROUNDS; i++)
        good += attempt(come_due_masked) == TRAP(TRAP_EXTERNAL, 0x1004);
    comparator_off();
    check_equal("a timer that comes due while it is masked", good, ROUNDS);
}

static uint32_t stores_into(uint32_t page)
{
    pages[0][LAST] = pages[1][LAST] = FILLER;
    *space_entry(SPACE_HOME, NUMBER) = (uint64_t)pages[page];
    touch();
    return attempt(enable_io) == 0 && attempt(disable) == 0 &&
           pages[page][LAST] == (mask_before() | IO) && pages[1u - page][LAST] == FILLER;
}

static uint32_t is_gone(void)
{
    asm volatile("ipte %0,%1" : : "a"(space_entry(SPACE_HOME, 0)), "a"(AT_END) : "memory");
    return attempt(enable_io) == PROGRAM(0x11);
}

/* Whoever remembers where a page was has to forget it. */
static void check_moved_page(void)
{
    uint32_t i, good = 0;

    for (i = 0; i < ROUNDS; i++)
        good += stores_into(i % 2u) && is_gone();
    good += stores_into(0);
    check_equal("STOSM to a page whose frame changes", good, ROUNDS + 1u);
}

/* Other bits of the mask change what addresses mean. */
static void check_dat_bit(void)
{
    static uint8_t first, second;
    uint32_t i, good = 0;

    for (i = 0; i < ROUNDS; i++) {
        first = second = FILLER;
        asm volatile("stnsm %0,0xfb\n\tstosm %1,0x04" : "=Q"(first), "=Q"(second) : : "memory");
        good += first == mask_before() && second == 0 && *(volatile uint64_t *)WINDOW == SPACE_HOME;
    }
    check_equal("DAT off and on by STNSM and STOSM", good, ROUNDS);
}

void check_masks(void)
{
    at = (uint64_t)&pages[0][LAST];
    check_stored("STOSM and STNSM at a page's end");
    check_pending("what is pending comes behind STOSM");
    check_lost();
    check_due_while_masked();
    spaces_start();
    at = AT_END;
    *space_entry(SPACE_HOME, NUMBER) = (uint64_t)pages[0];
    *space_entry(SPACE_HOME, NUMBER + 1u) = (uint64_t)pages[1];
    check_stored("the same with DAT");
    check_pending("what is pending comes with DAT, too");
    check_refused("STOSM to a protected page", DAT_PROTECTED, 4, enable_io_at + 4);
    check_refused("STOSM to a missing page", DAT_PTE_INVALID, 0x11, enable_io_at);
    check_stored("STOSM and STNSM to a page that is back");
    check_moved_page();
    check_dat_bit();
    spaces_stop();
}
