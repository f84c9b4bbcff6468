/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: MVCOS that must not move anything: pages that are not there, and the guest's own
 * problem state. Belongs to: test. */
#include "libs/zformats/dat.h"
#include "tests/guests/hello/mvcos.h"

#define USER (PSW_64 | PSW_DAT | PSW_PROBLEM)
#define ALL_KEYS UINT64_C(0xffff0000)
#define USERS_NUMBER 15u /* a page of primary space, on the frame that is at TO in others */
#define USERS (WINDOW + USERS_NUMBER * 0x1000u)
#define PROTECTION 4u

/* ---- pages ---- */

static uint32_t is_refused(uint32_t code, uint64_t where, uint64_t control)
{
    uint32_t number = (uint32_t)((where - WINDOW) / 0x1000u);
    uint32_t to = number < FROM_NUMBER ? 0xff8u : 0x100u;
    uint32_t from = number < FROM_NUMBER ? 0x100u : 0xff8u;
    uint64_t address = (uint64_t)move_at + (code == PROTECTION ? 6u : 0);

    pages_fill();
    return move_these(TO + to, FROM + from, 16, control) == PROGRAM(code) &&
           trap.address == address && trap.length == 6u &&
           (trap.mask & ~PSW_CC_MASK) == kernel_mask && (trap.teid & ~UINT64_C(0xfff)) == where &&
           pages_moved(0, 0, 0);
}

/* The operands cross to the second page each. A move out of the page makes known what may be known
 * of it. */
static void check_refused(const char *name, uint32_t number, uint64_t flags, uint32_t code)
{
    static const uint64_t controls[] = {0, IN_SECONDARY, TARGET(IN_SECONDARY)};
    uint64_t where = WINDOW + number * 0x1000u;
    uint32_t i, good = 0;

    page_flags(number, flags, 0);
    for (i = 0; i < 2u * ROUNDS; i++) {
        if (code == PROTECTION)
            move_these(FROM, where, 1, controls[i % ROUNDS]);
        good += is_refused(code, where, controls[i % ROUNDS]);
    }
    page_flags(number, 0, flags);
    check_equal(name, good, 2u * ROUNDS);
}

static void check_pages(void)
{
    uint32_t i, good = 0;

    check_refused("MVCOS to a protected page", TO_NUMBER, DAT_PROTECTED, PROTECTION);
    check_refused("MVCOS to a protected second page", TO_NUMBER + 1u, DAT_PROTECTED, PROTECTION);
    check_refused("MVCOS to a missing second page", TO_NUMBER + 1u, DAT_PTE_INVALID, 0x11);
    check_refused("MVCOS from a missing page", FROM_NUMBER, DAT_PTE_INVALID, 0x11);
    check_refused("MVCOS from a missing second page", FROM_NUMBER + 1u, DAT_PTE_INVALID, 0x11);
    for (i = 0; i < ROUNDS; i++)
        good += moves(0xff8, 0xff4, 16, IN_SECONDARY);
    check_equal("MVCOS once all pages are back", good, ROUNDS);
}

/* ---- the guest's users ---- */

static void (*user_code)(void);

static void touch_and_move(void)
{
    *(volatile uint8_t *)op.to = FILLER;
    move();
}

static void enter_user(void)
{
    uint64_t psw[2] = {USER, (uint64_t)user_code};

    go(psw);
}

static uint32_t is_stopped(uint64_t to, uint64_t control)
{
    pages_fill();
    op = (struct move){to, FROM, 16, control, 9};
    return attempt(enter_user) >> 16 == TRAP_PROGRAM && pages_moved(0, 0, 0);
}

/* Even with all keys, and although the supervisor has just been there. */
static void check_users_with_keys(void)
{
    uint32_t i, good = 0;

    user_code = move;
    SET_CONTROL(3, ALL_KEYS);
    for (i = 0; i < ROUNDS; i++) {
        good += moves(0xff8, 0, 16, IN_SECONDARY);
        good += is_stopped(TO, IN_SECONDARY); /* a page of the supervisor alone */
        good += is_stopped(TO, TARGET(IN_HOME) | IN_SECONDARY);
        good += is_stopped(TO + 0x1000, IN_SECONDARY); /* the supervisor may store there */
        good += is_stopped(TO + 0x1000, TARGET(IN_PRIMARY) | IN_SECONDARY);
    }
    SET_CONTROL(3, 0);
    check_equal("MVCOS of a user to pages of the supervisor", good, 5u * ROUNDS);
}

/* From secondary space, which the supervisor has just read, to a page that the user has just
 * stored into: without a key it is refused. */
static void check_users_without_keys(void)
{
    uint32_t i, good = 0;

    user_code = touch_and_move;
    for (i = 0; i < ROUNDS; i++) {
        good += moves(0x100, 0x200, 16, IN_SECONDARY);
        good += is_stopped(USERS, IN_SECONDARY) && trap.code == 2u;
    }
    check_equal("MVCOS of a user without a key", good, 2u * ROUNDS);
}

void check_mvcos_refused(void)
{
    check_pages();
    *space_entry(SPACE_PRIMARY, FROM_NUMBER) = (uint64_t)from_byte(0);
    *space_entry(SPACE_PRIMARY, TO_NUMBER + 1u) = (uint64_t)to_byte(4096u) | DAT_PROTECTED;
    *space_entry(SPACE_PRIMARY, USERS_NUMBER) = (uint64_t)to_byte(0);
    check_users_with_keys();
    check_users_without_keys();
}
