/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: process and I/O spaces. Belongs to: test. */
#include "tests/lib/test.h"

#include "libs/sysdesc/init/scratch.h"
#include "tests/unit/init/toy.h"

static uint64_t add_window(struct toy_space *space, const uint64_t *a, struct bh_results *r)
{
    uint64_t region;
    uint64_t error = toy_own(a[0], BH_REGION, a[3], &region);
    uint32_t number = 0;

    if (toy.sealed)
        return BH_E_SEALED;
    if (error != BH_E_OK)
        return error == BH_E_RIGHT ? BH_E_BOUND : error;
    if (a[2] == 0 || a[1] + a[2] > toy.region[region].frames)
        return BH_E_BOUND;
    while (number < BH_WINDOWS && space->window[number].pages != 0)
        number++;
    if (number == BH_WINDOWS)
        return BH_E_FULL;
    space->window[number] =
        (struct toy_window){region, toy.region[region].first + a[1], a[2], a[3]};
    r->gr3 = number;
    return BH_E_OK;
}

/* In two pieces, so that the caller has to repeat. */
static uint64_t drop_window(struct toy_space *space, const uint64_t *a)
{
    struct toy_window *window = &space->window[a[0] % BH_WINDOWS];
    bool left = false;

    if (a[0] >= BH_WINDOWS || window->pages == 0)
        return BH_E_ARG;
    if (window->rights != 0) {
        window->rights = 0;
        return BH_E_AGAIN;
    }
    for (uint64_t page = 0; page < space->pages; page++)
        left = left || (space->leaf[page].rights != 0 &&
                        space->leaf[page].frame - window->first < window->pages);
    assert_false(left); /* init unmaps what it has mapped */
    window->pages = 0;
    return BH_E_OK;
}

static uint64_t seen_rights(uint64_t rights)
{
    return toy.execute_protection ? rights : rights & ~(uint64_t)BH_R_REGION_EXECUTE;
}

static uint64_t map(struct toy_space *space, const uint64_t *a)
{
    const struct toy_window *window = &space->window[a[1] % BH_WINDOWS];

    if (a[3] == 0 || a[3] > BH_BATCH || a[4] == 0)
        return BH_E_ARG;
    if (a[0] + a[3] > space->pages)
        return BH_E_RANGE;
    if (a[1] >= BH_WINDOWS || a[2] + a[3] > window->pages || (a[4] & ~window->rights) != 0)
        return BH_E_BOUND;
    for (uint64_t i = 0; i < a[3]; i++)
        space->leaf[a[0] + i] = (struct toy_leaf){window->first + a[2] + i, seen_rights(a[4])};
    if (space == &toy.space[0] && a[0] == SCRATCH_ADDRESS / BH_PAGE_SIZE)
        toy.scratch = window->first + a[2];
    return BH_E_OK;
}

static uint64_t unmap(struct toy_space *space, const uint64_t *a)
{
    if (a[1] == 0 || a[1] > BH_BATCH)
        return BH_E_ARG;
    if (a[0] + a[1] > space->pages)
        return BH_E_RANGE;
    for (uint64_t i = 0; i < a[1]; i++)
        space->leaf[a[0] + i].rights = 0;
    return BH_E_OK;
}

static uint64_t inspect_window(const struct toy_space *space, uint64_t number, struct bh_results *r)
{
    if (number > BH_WINDOWS)
        return BH_E_ARG;
    r->gr3 = space->window[number].region;
    r->gr4 = space->window[number].first;
    r->gr5 = space->window[number].pages;
    r->gr6 = space->window[number].rights;
    return BH_E_OK;
}

static uint64_t entry(const struct toy_space *space, uint64_t page, struct bh_results *r)
{
    if (page < space->base || page - space->base >= space->pages)
        return BH_E_RANGE;
    const struct toy_leaf *leaf = &space->leaf[page - space->base];
    r->gr3 = leaf->rights != 0 ? leaf->frame : 0;
    r->gr4 = leaf->rights;
    return BH_E_OK;
}

uint64_t toy_space_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r)
{
    struct toy_space *space = &toy.space[object];

    switch (method) {
    case BH_M_SPACE_ADD_WINDOW:
        return add_window(space, a, r);
    case BH_M_SPACE_DROP_WINDOW:
        return drop_window(space, a);
    case BH_M_SPACE_MAP:
        return map(space, a);
    case BH_M_SPACE_UNMAP:
        return unmap(space, a);
    case BH_M_SPACE_ENTRY:
        return entry(space, a[0], r);
    default:
        r->gr3 = space->pages;
        r->gr4 = space->owner;
        return a[0] == BH_WINDOWS ? BH_E_OK : inspect_window(space, a[0], r);
    }
}

uint64_t toy_iospace_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                            struct bh_results *r)
{
    struct toy_space *space = &toy.space[object];

    if (method == BH_M_IOSPACE_ADD_WINDOW)
        return add_window(space, a, r);
    if (method == BH_M_IOSPACE_ENTRY)
        return entry(space, a[0], r);
    assert_int_equal(method, BH_M_IOSPACE_INSPECT);
    if (a[0] != BH_WINDOWS)
        return inspect_window(space, a[0], r);
    r->gr3 = space->base;
    r->gr4 = space->pages;
    r->gr5 = space->owed;
    r->gr6 = space->function == TOY_NONE ? 0 : space->function + 1;
    r->gr7 = space->owner;
    return BH_E_OK;
}
