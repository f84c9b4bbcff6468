/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: MVCOS of the supervisor: between which spaces, how much, which condition code.
 * Belongs to: test. */
#include "tests/guests/hello/mvcos.h"

#define UNTOUCHED UINT64_C(0xaaaaaaaaaaaaaaaa)
#define WAYS 4u

/* Ways to name a space in half of register 0, and which one it is. */
static const struct {
    uint64_t control;
    uint32_t space;
} ways[WAYS] = {{0, SPACE_HOME},
                {IN_PRIMARY, SPACE_PRIMARY},
                {IN_SECONDARY, SPACE_SECONDARY},
                {IN_HOME, SPACE_HOME}};

/* All within the same frames. */
static const uint64_t controls[] = {0, IN_SECONDARY, TARGET(IN_SECONDARY)};
#define CONTROLS (sizeof(controls) / sizeof(controls[0]))

static uint32_t moves_between(uint32_t to, uint32_t from)
{
    uint64_t control = TARGET(ways[to].control) | ways[from].control;
    uint32_t i, good;

    for (i = 0; i < SPACE_COUNT; i++)
        frames[i][1] = UNTOUCHED;
    good = move_these(WINDOW + 8u, WINDOW, 8, control) == 0 && op.cc == 0;
    for (i = 0; i < SPACE_COUNT; i++)
        good += frames[i][1] == (i == ways[to].space ? ways[from].space : UNTOUCHED);
    return good == SPACE_COUNT + 1u;
}

static void check_spaces(void)
{
    uint32_t i, good = 0;

    for (i = 0; i < ROUNDS * WAYS * WAYS; i++)
        good += moves_between(i / WAYS % WAYS, i % WAYS);
    check_equal("MVCOS between all spaces", good, ROUNDS * WAYS * WAYS);
}

static void check_lengths(void)
{
    static const struct {
        uint32_t to, from;
        uint64_t length;
    } cases[] = {
        {0x100, 0x200, 0}, {0x101, 0x203, 1}, {0x101, 0x203, 257},   {0, 0, 4095},
        {0, 0, 4096},      {0, 0, 4097},      {0x800, 0x400, 4097},  {0xfff, 0x001, UINT64_MAX},
        {0xffc, 0x000, 8}, {0x000, 0xffc, 8}, {0xffc, 0xffc, 8},     {0xffe, 0xffc, 8},
        {0xff8, 0x000, 8}, {0x000, 0xff8, 8}, {0x001, 0xfff, 0x1000}};
    uint32_t i, good = 0, count = CONTROLS * sizeof(cases) / sizeof(cases[0]);

    for (i = 0; i < count; i++)
        good += moves(cases[i / CONTROLS].to, cases[i / CONTROLS].from, cases[i / CONTROLS].length,
                      controls[i % CONTROLS]);
    check_equal("MVCOS of all lengths and over page ends", good, count);
}

static void fill_target(void)
{
    uint32_t i;

    for (i = 0; i < BYTES; i++)
        *to_byte(i) = pattern(i);
}

/* From higher to lower addresses, every order of moving has the same result. */
static uint32_t moves_down(uint32_t to, uint32_t from, uint32_t n, uint64_t control)
{
    uint32_t i, good = 0;

    fill_target();
    if (move_these(TO + to, TO + from, n, control) != 0 || op.cc != 0)
        return 0;
    for (i = 0; i < BYTES; i++)
        good += *to_byte(i) == pattern(i - to < n ? from + i - to : i);
    return good == BYTES;
}

/* What is in the part that overlaps cannot be foreseen. */
static uint32_t moves_up(uint32_t to, uint32_t from, uint32_t n, uint64_t control)
{
    uint32_t i, good = 0;

    fill_target();
    if (move_these(TO + to, TO + from, n, control) != 0 || op.cc != 0)
        return 0;
    for (i = 0; i < BYTES; i++)
        good += i - to < n || *to_byte(i) == pattern(i);
    return good == BYTES;
}

static void check_overlap(void)
{
    uint32_t i, good = 0;

    for (i = 0; i < CONTROLS; i++) {
        good += moves_down(0x100, 0x100, 0x400, controls[i]);
        good += moves_down(0x100, 0x101, 0x400, controls[i]);
        good += moves_down(0xf00, 0xf80, 0x300, controls[i]);
        good += moves_down(0x007, 0x800, 0x1000, controls[i]);
        good += moves_up(0x101, 0x100, 0x400, controls[i]);
        good += moves_up(0xf80, 0xf00, 0x300, controls[i]);
    }
    check_equal("MVCOS of operands that overlap", good, 6u * CONTROLS);
}

static void check_control(void)
{
    uint32_t i, good = 0;

    SET_CONTROL(0, CR0_RESET);
    for (i = 0; i < ROUNDS; i++) {
        good += move_these(TO, FROM, 8, IN_SECONDARY) == PROGRAM(0x13);
        good += move_these(TO, FROM, 8, TARGET(IN_SECONDARY)) == PROGRAM(0x13);
    }
    SET_CONTROL(0, console_control);
    check_equal("MVCOS without the secondary-space control", good, 2u * ROUNDS);
}

void check_mvcos(void)
{
    uint32_t refused;

    spaces_start();
    pages_start();
    check_spaces();
    check_lengths();
    check_overlap();
    check_control();
    check_mvcos_refused();
    spaces_stop();
    refused = move_these(WINDOW, WINDOW, 8, IN_SECONDARY);
    check_equal("MVCOS while DAT is off", refused, PROGRAM(0x13));
}
