/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: process spaces. Belongs to: test. */
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define X BH_R_REGION_EXECUTE
#define PAGES 512u /* of SPACE; its window 0 is all of REGION, readable and writable */
#define TOO_FAR UINT64_C(0x100000000)

static void refuse_windows(void)
{
    EXPECT(ARG, SPACE, SPACE_ADD_WINDOW, REGION, 0, 1, 0);
    EXPECT(ARG, SPACE, SPACE_ADD_WINDOW, REGION, 0, 1, 8);
    EXPECT(ARG, SPACE, SPACE_ADD_WINDOW, REGION, 0, 1, TOO_FAR + R);
    EXPECT(BOUND, SPACE, SPACE_ADD_WINDOW, REGION, 0, 0, R);
    EXPECT(BOUND, SPACE, SPACE_ADD_WINDOW, REGION, 0, REGION_PAGES + 1, R);
    EXPECT(BOUND, SPACE, SPACE_ADD_WINDOW, REGION, REGION_PAGES, 1, R);
    EXPECT(BOUND, SPACE, SPACE_ADD_WINDOW, REGION, 1, UINT64_MAX, R);
    EXPECT(BOUND, SPACE, SPACE_ADD_WINDOW, REGION_READ, 0, 1, R | W);
    EXPECT(TYPE, SPACE, SPACE_ADD_WINDOW, ENDPOINT, 0, 1, R);
    EXPECT(CAP, SPACE, SPACE_ADD_WINDOW, EMPTY, 0, 1, R);
}

/* Dropping a window unmaps what it showed, and nothing else. */
static void drop_window(void)
{
    EXPECT(OK, SPACE, SPACE_MAP, 0, 0, 0, 1, R);
    EXPECT(OK, SPACE, SPACE_ADD_WINDOW, GUEST_REGION, 0, 4, R | W);
    SAME(got.gr3, 1);
    EXPECT(OK, SPACE, SPACE_MAP, 300, 1, 0, 4, R | W);
    EXPECT(OK, SPACE, SPACE_DROP_WINDOW, 1);
    EXPECT(OK, SPACE, SPACE_ENTRY, 303);
    SAME(got.gr4, 0);
    EXPECT(OK, SPACE, SPACE_ENTRY, 0);
    SAME(got.gr4, R);
    EXPECT(ARG, SPACE, SPACE_DROP_WINDOW, 1);
    EXPECT(ARG, SPACE, SPACE_DROP_WINDOW, BH_WINDOWS);
    EXPECT(ARG, SPACE, SPACE_DROP_WINDOW, TOO_FAR);
    EXPECT(STATE, BH_INIT_SPACE, SPACE_DROP_WINDOW, 0);
}

void space_before(void)
{
    refuse_windows();
    drop_window();
}

static uint64_t first_frame(uint64_t region)
{
    EXPECT(OK, region, REGION_INSPECT);
    return got.gr3;
}

static void map_and_unmap(void)
{
    uint64_t frame = first_frame(REGION);

    EXPECT(OK, SPACE, SPACE_MAP, 256, 0, 0, 256, R | W);
    EXPECT(OK, SPACE, SPACE_ENTRY, 511);
    SAME(got.gr3, frame + 255);
    SAME(got.gr4, R | W);
    EXPECT(OK, SPACE, SPACE_MAP, 511, 0, 7, 1, R);
    EXPECT(OK, SPACE, SPACE_ENTRY, 511);
    SAME(got.gr3, frame + 7);
    SAME(got.gr4, R);
    EXPECT(OK, SPACE, SPACE_UNMAP, 256, 255);
    EXPECT(OK, SPACE, SPACE_ENTRY, 256);
    SAME(got.gr4, 0);
    EXPECT(OK, SPACE, SPACE_ENTRY, 511);
    SAME(got.gr3, frame + 7);
}

static void refuse_entries(void)
{
    EXPECT(ARG, SPACE, SPACE_MAP, 0, 0, 0, 0, R);
    EXPECT(ARG, SPACE, SPACE_MAP, 0, 0, 0, 257, R);
    EXPECT(ARG, SPACE, SPACE_MAP, 0, 0, 0, 1, 0);
    EXPECT(ARG, SPACE, SPACE_MAP, 0, 0, 0, 1, 8);
    EXPECT(RANGE, SPACE, SPACE_MAP, PAGES, 0, 0, 1, R);
    EXPECT(RANGE, SPACE, SPACE_MAP, PAGES - 1, 0, 0, 2, R);
    EXPECT(RANGE, SPACE, SPACE_MAP, UINT64_MAX, 0, 0, 1, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, 0, REGION_PAGES, 1, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, 0, REGION_PAGES - 1, 2, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, 0, UINT64_MAX, 1, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, BH_WINDOWS, 0, 1, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, TOO_FAR, 0, 1, R);
    EXPECT(BOUND, SPACE, SPACE_MAP, 0, 0, 0, 1, R | X);
    EXPECT(ARG, SPACE, SPACE_UNMAP, 0, 0);
    EXPECT(ARG, SPACE, SPACE_UNMAP, 0, 257);
    EXPECT(RANGE, SPACE, SPACE_UNMAP, PAGES - 1, 2);
    EXPECT(RANGE, SPACE, SPACE_UNMAP, UINT64_MAX, 1);
    EXPECT(RANGE, SPACE, SPACE_ENTRY, PAGES);
    EXPECT(RANGE, SPACE, SPACE_ENTRY, TOO_FAR);
}

void space_both(void)
{
    map_and_unmap();
    refuse_entries();
    EXPECT(OK, SPACE, SPACE_INSPECT, 0);
    SAME(got.gr4, first_frame(REGION));
    EXPECT(OK, SPACE, SPACE_INSPECT, 0);
    SAME(got.gr5, REGION_PAGES);
    SAME(got.gr6, R | W);
    EXPECT(OK, SPACE, SPACE_INSPECT, BH_WINDOWS);
    SAME(got.gr3, PAGES);
    EXPECT(ARG, SPACE, SPACE_INSPECT, BH_WINDOWS + 1);
    EXPECT(ARG, SPACE, SPACE_INSPECT, TOO_FAR);
}

void space_after(void)
{
    EXPECT(SEALED, SPACE, SPACE_ADD_WINDOW, REGION, 0, 1, R);
    EXPECT(SEALED, SPACE, SPACE_DROP_WINDOW, 0);
}
