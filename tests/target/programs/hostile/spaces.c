/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `hostile`: wrong ranges, windows, words and rights for the process's own space and
 * for the I/O space of its function. Belongs to: test.
 */
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/report.h"

#define BAD_NUMBERS 5u

/* Not one of 0 to 3, although some are if bits are cut off. */
static const uint64_t bad_window[BAD_NUMBERS] = {BH_WINDOWS, BH_WINDOWS * 2, UINT64_C(1) << 32,
                                                 UINT64_C(1) << 63, UINT64_MAX};

/* Not 1 to 256. */
static const uint64_t bad_count[BAD_NUMBERS] = {0, BH_BATCH + 1, UINT64_C(1) << 32,
                                                (UINT64_C(1) << 32) + 1, UINT64_MAX};

/* Window pages that no window has, from the nearest to those whose address wraps. */
static const uint64_t far_page[BAD_NUMBERS] = {
    UINT64_C(1) << 20, UINT64_C(1) << 40, (UINT64_C(1) << 52) - 1, (UINT64_C(1) << 52), UINT64_MAX};

/* ---- the process's own space ---- */

static void map_wrong_numbers(uint64_t cap, uint64_t page)
{
    for (unsigned i = 0; i < BAD_NUMBERS; i++) {
        attempt_error(bh_space_map(cap, page, 0, 0, bad_count[i], BH_R_REGION_READ), BH_E_ARG,
                      "map: number of pages");
        attempt_error(bh_space_unmap(cap, page, bad_count[i]), BH_E_ARG, "unmap: number of pages");
        attempt_error(bh_space_map(cap, page, bad_window[i], 0, 1, BH_R_REGION_READ), BH_E_BOUND,
                      "map: number of the window");
        attempt_error(bh_space_map(cap, page, 0, far_page[i], 1, BH_R_REGION_READ), BH_E_BOUND,
                      "map: page beyond the window");
    }
    attempt_error(bh_space_map(cap, page, 0, 0, 1, 0), BH_E_ARG, "map: no rights");
    attempt_error(bh_space_map(cap, page, 0, 0, 1, 8), BH_E_ARG, "map: unknown right");
    attempt_error(bh_space_map(cap, page, 0, 0, 1, (UINT64_C(1) << 32) + 1), BH_E_ARG,
                  "map: unknown high right");
}

/* Last page of each window and one more; more rights than the window has. */
static void map_beyond_window(uint64_t cap, uint64_t page, uint64_t window)
{
    struct bh_results r;
    uint64_t rights;

    if (bh_space_inspect(cap, window, &r) != BH_E_OK)
        return;
    attempt_error(bh_space_map(cap, page, window, r.gr5, 1, BH_R_REGION_READ), BH_E_BOUND,
                  "map: first page behind a window");
    if (r.gr5 == 0)
        return;
    attempt_error(bh_space_map(cap, page - 1, window, r.gr5 - 1, 2, BH_R_REGION_READ), BH_E_BOUND,
                  "map: half behind a window");
    for (rights = BH_R_REGION_READ; rights < 8; rights += 2) /* reading is in all of them */
        if ((rights & ~r.gr6) != 0)
            attempt_error(bh_space_map(cap, page, window, 0, 1, rights), BH_E_BOUND,
                          "map: more rights than the window has");
}

static void map_outside_space(uint64_t cap, uint64_t pages)
{
    const uint64_t outside[] = {pages, pages + 1, UINT64_C(1) << 52, UINT64_MAX};

    for (unsigned i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        attempt_error(bh_space_map(cap, outside[i], 0, 0, 1, BH_R_REGION_READ), BH_E_RANGE,
                      "map: page outside the space");
        attempt_error(bh_space_unmap(cap, outside[i], 1), BH_E_RANGE,
                      "unmap: page outside the space");
    }
    attempt_error(bh_space_map(cap, pages - 1, 0, 0, 2, BH_R_REGION_READ), BH_E_RANGE,
                  "map: across the end of the space");
}

static void attack_space(uint64_t cap)
{
    struct bh_results r;
    uint64_t pages;

    if (bh_space_inspect(cap, BH_WINDOWS, &r) != BH_E_OK)
        bh_fatal("the capability \"space\" cannot inspect");
    pages = r.gr3;
    map_wrong_numbers(cap, pages - 1);
    for (uint64_t window = 0; window < BH_WINDOWS; window++)
        map_beyond_window(cap, pages - 1, window);
    map_outside_space(cap, pages);
    attempt(bh_space_entry(cap, pages - 1, &r) == BH_E_OK && r.gr4 == 0,
            "a refused map left an entry");
}

/* ---- the I/O space ---- */

/* One update with one word in the message buffer. */
static uint64_t update(uint64_t cap, uint64_t page, uint64_t pages, uint64_t window, uint64_t word)
{
    uint64_t stored;

    memcpy(bh_message_buffer(), &word, sizeof(word));
    return bh_iospace_update(cap, page, pages, window, &stored);
}

static void update_wrong_numbers(uint64_t cap, uint64_t first, uint64_t pages)
{
    const uint64_t outside[] = {0, first - 1, first + pages, UINT64_C(1) << 52, UINT64_MAX};

    for (unsigned i = 0; i < BAD_NUMBERS; i++) {
        attempt_error(update(cap, first, bad_count[i], 0, BH_WORD_INVALID), BH_E_ARG,
                      "update: number of pages");
        attempt_error(update(cap, first, 1, bad_window[i], 0), BH_E_ARG,
                      "update: number of the window");
    }
    for (unsigned i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
        attempt_error(update(cap, outside[i], 1, 0, 0), BH_E_RANGE,
                      "update: page outside the I/O space");
    attempt_error(update(cap, first + BH_BATCH - 1, 2, 0, BH_WORD_INVALID), BH_E_ARG,
                  "update: across a page table");
    attempt_error(update(cap, first, 1, 0, BH_WORD_INVALID), BH_E_OK, "update: end");
}

/* The frame behind the last one of each window; writing through a read-only one. */
static void update_beyond_window(uint64_t cap, uint64_t first, uint64_t window)
{
    struct bh_results r;

    if (bh_iospace_inspect(cap, window, &r) != BH_E_OK)
        return;
    attempt_error(update(cap, first, 1, window, r.gr5 * BH_PAGE_SIZE | BH_WORD_READ_ONLY),
                  BH_E_BOUND, "update: first page behind a window");
    if (r.gr5 != 0 && (r.gr6 & BH_R_REGION_WRITE) == 0)
        attempt_error(update(cap, first, 1, window, 0), BH_E_BOUND,
                      "update: writable in a read-only window");
}

/* Frames of the kernel and of other partitions, and all above them, as if words named frames. */
static void update_absolute(uint64_t cap, uint64_t first)
{
    struct bh_results r;
    uint64_t pages;

    if (bh_iospace_inspect(cap, 0, &r) != BH_E_OK)
        return;
    pages = r.gr5;
    for (uint64_t frame = 1; frame < UINT64_C(1) << 52; frame *= 2)
        if (frame >= pages)
            attempt_error(update(cap, first, 1, 0, frame * BH_PAGE_SIZE), BH_E_BOUND,
                          "update: an absolute frame");
    attempt(bh_iospace_entry(cap, first, &r) == BH_E_OK && r.gr4 == 0,
            "a refused update left an entry");
}

static void attack_iospace(uint64_t cap)
{
    struct bh_results r;
    uint64_t first;

    if (bh_iospace_inspect(cap, BH_WINDOWS, &r) != BH_E_OK)
        bh_fatal("the capability \"disk-dma\" cannot inspect");
    first = r.gr3;
    update_wrong_numbers(cap, first, r.gr4);
    for (uint64_t window = 0; window < BH_WINDOWS; window++)
        update_beyond_window(cap, first, window);
    update_absolute(cap, first);
    for (unsigned i = 1; i < BAD_NUMBERS; i++)
        attempt_error(bh_iospace_inspect(cap, bad_window[i], &r), BH_E_ARG,
                      "inspect: number of the window");
}

void hostile_spaces(void)
{
    if (bh_cap("space") >= 0)
        attack_space((uint64_t)bh_cap("space"));
    if (bh_cap("disk-dma") >= 0)
        attack_iospace((uint64_t)bh_cap("disk-dma"));
}
