/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: any text, any state page, any tables: the kernel changes nothing but what the guest may
 * write, and nothing at all if it leaves the instruction to the VMM. Belongs to: test. */
#include "tests/unit/kernel/served.h"

#include <string.h>

#include "kernel/arch/s390x/pv/masks.h"
#include "kernel/arch/s390x/pv/move.h"

#define TRIES 20000u
#define AT 0x700u /* first page of the guest that is mapped */
#define FEW 6u    /* pages from there on, and of the memory */
#define BEHIND 4u /* page of the memory that the first one is */
#define LENGTH 3u
#define TO 4u
#define FROM 5u

static uint64_t seed = 88172645463325252u;

static uint64_t any(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static uint64_t below(uint64_t n)
{
    return any() / 65536u % n;
}

/* Mostly near the end of a page that is there. */
static uint64_t any_address(void)
{
    return below(20) == 0 ? any() : PAGE(AT + below(FEW + 1u)) + below(64) - 32u;
}

/* Half of general register 0: nothing, secondary space, or any bits. */
static uint64_t any_control(void)
{
    static const uint64_t controls[] = {0, 0x81};

    return below(8) == 0 ? below(0x10000) : controls[below(2)];
}

static void any_state(void)
{
    guest.gr[0] = any_control() << 16 | any_control();
    guest.gr[LENGTH] = below(10) == 0 ? any() : below(64);
    guest.gr[TO] = any_address();
    guest.gr[FROM] = any_address();
    guest.psw_mask = PSW_64 | (below(10) == 0 ? any() : 0);
    guest.problem = below(5) == 0 ? any() : 0;
    guest.served = below(5) == 0 ? any() : BH_SERVED_MASKS | BH_SERVED_MOVE;
    guest.mask = below(10) == 0 ? any() : below(4) | BH_MASK_DAT;
    guest.pending = below(4);
}

static uint64_t any_text(void)
{
    uint64_t to = OPERAND(TO, below(64)) << 32;

    if (below(2) == 0) {
        return (0xacu + below(2)) << 56 | below(256) << 48 | to | below(UINT64_C(0x100000000));
    }
    return UINT64_C(0xc8) << 56 | (uint64_t)LENGTH << 52 | to | OPERAND(FROM, below(64)) << 16 |
           below(0x10000);
}

/* 1: executed. */
static uint32_t execute(uint64_t text)
{
    if (masks_are_meant(text)) {
        return masks_execute(&guest, text, served_asce(FIRST));
    }
    assert_true(move_is_meant(text));
    return move_execute(&guest, text, served_asce(FIRST), served_asce(SECOND)) != MOVE_REFUSED;
}

/* The guest may only read page n of the memory, or not even that. */
static uint32_t is_kept(uint32_t n)
{
    return n < BEHIND || n >= BEHIND + FEW || n % 3u == 0;
}

/* The second space has them in the other order. */
static void map_all(void)
{
    uint32_t i, last = BEHIND + FEW - 1u;

    for (i = 0; i < FEW; i++) {
        served_map(FIRST, AT + i, BEHIND + i, is_kept(BEHIND + i) ? BH_WORD_READ_ONLY : 0);
        served_map(SECOND, AT + i, last - i, is_kept(last - i) ? BH_WORD_READ_ONLY : 0);
    }
}

static void test_any_instruction(void **state)
{
    static uint8_t before[PAGE(PROCESS_PAGES)];
    uint32_t i, page, executed = 0;

    (void)state;
    served_start();
    map_all();
    memcpy(before, served_byte(0, 0), sizeof(before));
    for (i = 0; i < TRIES; i++) {
        any_state();
        served_note();
        if (execute(any_text()) == 0) {
            assert_nothing_changed();
            continue;
        }
        executed++;
        assert_int_equal(guest.problem, 0);
        for (page = 0; page < PROCESS_PAGES; page++) {
            if (is_kept(page)) {
                assert_memory_equal(served_byte(page, 0), before + PAGE(page), BH_PAGE_SIZE);
            }
        }
    }
    assert_in_range(executed, TRIES / 20u, TRIES * 3u / 4u);
}

const struct CMUnitTest served_any[] = {
    kernel_test(test_any_instruction),
    kernel_tests_end,
};
