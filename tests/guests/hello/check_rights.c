/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: what its problem state must be refused: every privileged instruction, and MVCOS with
 * every operand-access control. On the bare machine the machine does that, in a VMM others do.
 * Belongs to: test.
 */
#include "tests/guests/hello/guest.h"

#define USER (PSW_64 | PSW_DAT | PSW_PROBLEM)
#define USER_CALL TRAP(TRAP_SUPERVISOR, 9)
#define OPERATION 0x1u
#define PRIVILEGED 0x2u
#define SPECIAL_OPERATION 0x13u

/* Access controls of MVCOS, in each half of register 0. */
#define SPACES 4u
#define SPACE_ACCESS_REGISTER 1u
#define SPACE_IS_SECONDARY 2u
#define SPACE_IS_HOME 3u
#define CONTROLS 64u /* four spaces, four keys, the two validity bits */
#define STEP 3u      /* of all pairs of controls, this part is enough */
/* PSW-key masks of CR3. */
#define NO_KEY UINT64_C(0)
#define KEY_0 UINT64_C(0x80000000)
#define ALL_KEYS UINT64_C(0xffff0000)
#define UNTOUCHED UINT64_C(0xaaaaaaaaaaaaaaaa)
#define MOVE_FROM WINDOW
#define MOVE_TO (WINDOW + 8u)

static uint64_t area[512] __attribute__((aligned(4096)));
static void (*user_code)(void);
static uint64_t control; /* register 0 of MVCOS */

static void enter(void)
{
    uint64_t psw[2] = {USER, (uint64_t)user_code};

    go(psw);
}

static uint32_t run_user(void (*code)(void))
{
    user_code = code;
    return attempt(enter);
}

/* Register 2 has the address of an area that begins with a PSW of the supervisor; what runs to its
 * end calls the supervisor. */
#define NAME(line) NAME_OF(line)
#define NAME_OF(line) try_##line
#define TRY(name, text)                                                                            \
    static void NAME(__LINE__)(void)                                                               \
    {                                                                                              \
        asm volatile("lgr 2,%0\n\t"                                                                \
                     "lghi 0,0\n\tlghi 1,0\n\tlghi 3,0\n\tlghi 4,0\n\t" text "\n\tsvc 9"           \
                     :                                                                             \
                     : "d"(area)                                                                   \
                     : "0", "1", "2", "3", "4", "5", "cc", "memory");                              \
    }
#include "tests/guests/hello/rights.def"
#undef TRY

static const struct {
    const char *name;
    void (*code)(void);
} tries[] = {
#define TRY(name, text) {name, NAME(__LINE__)},
#include "tests/guests/hello/rights.def"
#undef TRY
};

/* Refused: as privileged, by the mode of the address space, or because the machine lacks it. */
static int is_refusal(uint32_t taken)
{
    return taken == PROGRAM(PRIVILEGED) || taken == PROGRAM(OPERATION) ||
           taken == PROGRAM(SPECIAL_OPERATION);
}

static void try_all(void)
{
    uint32_t i, refused = 0, count = sizeof(tries) / sizeof(tries[0]);

    for (i = 0; i < count; i++) {
        area[0] = kernel_mask;
        area[1] = (uint64_t)attempt; /* anywhere in this program */
        if (is_refusal(run_user(tries[i].code)))
            refused++;
        else
            check(tries[i].name, 0);
    }
    check_equal("instructions refused to a user", refused, count);
}

static void move(void)
{
    register uint64_t access asm("0") = control;

    asm volatile(".insn ssf,0xc80000000000,0(%0),0(%1),%2\n\tsvc 9"
                 :
                 : "a"(MOVE_TO), "a"(MOVE_FROM), "d"(UINT64_C(8)), "d"(access)
                 : "cc", "memory");
}

/* One side's space, key and their validity bits as half of register 0. */
static uint64_t access_control(uint32_t side)
{
    static const uint32_t key[4] = {0, 1, 8, 15};

    return (uint64_t)key[side >> 4 & 3u] << 12 | (uint64_t)(side >> 2 & 3u) << 6 | (side & 3u);
}

static uint32_t space_of(uint32_t side)
{
    return (side & 1u) != 0 ? side >> 2 & 3u : 0;
}

/* Whether a user may do that with this key mask and that CR0; QEMU has no access-register mode. */
static int is_allowed(uint32_t side, uint64_t keys, uint64_t cr0)
{
    uint64_t key = (side & 2u) != 0 ? access_control(side) >> 12 : 0;
    uint32_t space = space_of(side);

    if (space == SPACE_ACCESS_REGISTER || space == SPACE_IS_HOME)
        return 0;
    if (space == SPACE_IS_SECONDARY && (cr0 & CR0_SECONDARY_SPACE) == 0)
        return 0;
    return (int)(keys >> (31u - key) & 1u);
}

static uint32_t frame_of(uint32_t space)
{
    return space == SPACE_IS_SECONDARY ? SPACE_SECONDARY : SPACE_PRIMARY;
}

/* Nobody's second doubleword but the one that was to be written changed. */
static int touched_only(uint32_t frame, uint64_t value)
{
    uint32_t i, good = 0;

    for (i = 0; i < SPACE_COUNT; i++)
        good += frames[i][1] == (i == frame ? value : UNTOUCHED);
    return good == SPACE_COUNT;
}

/* Either done as it should be, if it is allowed, or refused; QEMU itself refuses all of them. */
static int move_is_right(uint32_t to, uint32_t from, uint64_t keys, uint64_t cr0)
{
    uint32_t i, taken;

    for (i = 0; i < SPACE_COUNT; i++)
        frames[i][1] = UNTOUCHED;
    control = access_control(to) << 16 | access_control(from);
    taken = run_user(move);
    if (taken >> 16 == TRAP_PROGRAM)
        return touched_only(SPACE_COUNT, 0);
    return taken == USER_CALL && is_allowed(to, keys, cr0) && is_allowed(from, keys, cr0) &&
           touched_only(frame_of(space_of(to)), frame_of(space_of(from)));
}

static uint32_t wrong_moves(uint64_t keys, uint64_t cr0)
{
    uint32_t i, wrong = 0;

    SET_CONTROL(3, keys);
    SET_CONTROL(0, cr0);
    for (i = 0; i < CONTROLS * CONTROLS; i += STEP)
        wrong += move_is_right(i / CONTROLS, i % CONTROLS, keys, cr0) ? 0 : 1;
    SET_CONTROL(3, 0);
    SET_CONTROL(0, console_control);
    return wrong;
}

static void check_moves(void)
{
    uint64_t cr0 = CR0_RESET;

    check_equal("MVCOS of a user without any key", wrong_moves(NO_KEY, cr0 | CR0_SECONDARY_SPACE),
                0);
    check_equal("MVCOS of a user with one key", wrong_moves(KEY_0, cr0), 0);
    check_equal("MVCOS of a user with all keys and secondary space",
                wrong_moves(ALL_KEYS, cr0 | CR0_SECONDARY_SPACE), 0);
}

void check_rights(void)
{
    spaces_start();
    try_all();
    check_moves();
    spaces_stop();
}
