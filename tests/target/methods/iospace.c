/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: I/O spaces, as far as no function is needed (disk.c has the rest).
 * Belongs to: test.
 */
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"
#include "tests/target/methods/worker.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define X BH_R_REGION_EXECUTE
#define PAGES 256u /* of IOSPACE_3; its window 0 is all of GUEST_REGION, readable and writable */
#define LAST_WINDOW (BH_WINDOWS - 1u)
#define TOO_FAR UINT64_C(0x100000000)

static void refuse_windows(void)
{
    EXPECT(ARG, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, 1, 0);
    EXPECT(ARG, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, 1, 8);
    EXPECT(BOUND, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, GUEST_PAGES + 1, R);
    EXPECT(BOUND, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, GUEST_PAGES, 1, R);
    EXPECT(BOUND, IOSPACE_3, IOSPACE_ADD_WINDOW, REGION_READ, 0, 1, W | R);
}

/* A window can be dropped until the space is updated for the first time. */
static void drop_windows(void)
{
    EXPECT(OK, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, 1, R);
    SAME(got.gr3, 1);
    EXPECT(OK, IOSPACE_3, IOSPACE_DROP_WINDOW, 1);
    EXPECT(ARG, IOSPACE_3, IOSPACE_DROP_WINDOW, 1);
    EXPECT(ARG, IOSPACE_3, IOSPACE_DROP_WINDOW, BH_WINDOWS);
    put_word(0, 0);
    EXPECT(OK, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 1, 0);
    EXPECT(STATE, IOSPACE_3, IOSPACE_DROP_WINDOW, 0);
}

void iospace_before(void)
{
    refuse_windows();
    drop_windows();
}

static uint64_t entry(uint64_t page)
{
    EXPECT(OK, IOSPACE_3, IOSPACE_ENTRY, page);
    return got.gr4;
}

static void update(void)
{
    put_word(0, 5 * BH_PAGE_SIZE);
    put_word(1, 6 * BH_PAGE_SIZE | BH_WORD_READ_ONLY);
    put_word(2, BH_WORD_INVALID);
    EXPECT(OK, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE + 253, 3, 0);
    SAME(got.gr3, 3);
    SAME(entry(IO_PAGE + 253), R | W);
    SAME(entry(IO_PAGE + 254), R);
    SAME(entry(IO_PAGE + 255), 0);
}

static void refuse_updates(void)
{
    put_word(0, 0);
    put_word(1, GUEST_PAGES * BH_PAGE_SIZE);
    EXPECT(ARG, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 0, 0);
    EXPECT(ARG, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 257, 0);
    EXPECT(ARG, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE + 255, 2, 0);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE + PAGES, 1, 0);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE - 1, 1, 0);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_UPDATE, UINT64_MAX, 1, 0);
    EXPECT(BOUND, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 2, 0);
    SAME(got.gr3, 1);
    EXPECT(BOUND, IOSPACE_1, IOSPACE_UPDATE, IO_PAGE, 1, LAST_WINDOW);
    put_word(0, BH_WORD_READ_ONLY | 1);
    EXPECT(BOUND, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 1, 0);
    EXPECT_BY(&worker_b, STATE, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 1, 0);
}

/* Nothing to tell: no function knows this space. */
static void clear(void)
{
    unsigned pieces = 0;

    put_word(0, 0);
    EXPECT(OK, IOSPACE_3, IOSPACE_UPDATE, IO_PAGE, 1, 0);
    EXPECT(OK, IOSPACE_3, IOSPACE_FLUSH);
    EXPECT(AGAIN, IOSPACE_3, IOSPACE_CLEAR);
    while (pieces < 100 && bh_iospace_clear(IOSPACE_3) == BH_E_AGAIN)
        pieces++;
    SAME(entry(IO_PAGE), 0);
}

static void inspect(void)
{
    EXPECT(OK, GUEST_REGION, REGION_INSPECT);
    uint64_t frame = got.gr3;

    EXPECT(OK, IOSPACE_3, IOSPACE_INSPECT, 0);
    SAME(got.gr4, frame);
    SAME(got.gr5, GUEST_PAGES);
    SAME(got.gr6, R | W);
    EXPECT(OK, IOSPACE_3, IOSPACE_INSPECT, BH_WINDOWS);
    SAME(got.gr3, IO_PAGE);
    SAME(got.gr4, PAGES);
    SAME(got.gr6, 0);
    EXPECT(ARG, IOSPACE_3, IOSPACE_INSPECT, BH_WINDOWS + 1);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_ENTRY, IO_PAGE + PAGES);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_ENTRY, IO_PAGE - 1);
    EXPECT(RANGE, IOSPACE_3, IOSPACE_ENTRY, TOO_FAR + IO_PAGE);
}

void iospace_both(void)
{
    update();
    refuse_updates();
    clear();
    inspect();
}

void iospace_after(void)
{
    EXPECT(SEALED, IOSPACE_3, IOSPACE_ADD_WINDOW, GUEST_REGION, 0, 1, R);
    EXPECT(SEALED, IOSPACE_3, IOSPACE_DROP_WINDOW, 0);
}
