/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back the spaces of processes, page by page. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/model.h"
#include "libs/sysdesc/init/plan.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

/* What a page shows; rights 0 is nothing. */
struct leaf {
    uint64_t frame;
    uint32_t rights;
};

/* Goes through a plan in ascending order of pages. */
struct cursor {
    const struct sysdesc *sys;
    uint16_t space;
    const struct plan *plan;
    uint32_t at;
    uint64_t frame; /* of the first page of piece `at` */
};

static uint64_t window_frame(const struct sysdesc *sys, const struct sysdesc_window *window)
{
    return (sys->region[window->region].base + window->offset) / BH_PAGE_SIZE;
}

bool verify_window(const struct readback *rb, uint16_t space, uint32_t number,
                   const struct bh_results *results)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_window *window = model_window(sys, space, number);
    const char *name = sys->space[space].name;

    if (!window)
        return readback_same("unused window of", name, "its size", results->gr5, 0);
    return readback_same("window of", name, "its region", results->gr3,
                         readback_number(rb, BH_REGION, window->region)) &&
           readback_same("window of", name, "first frame", results->gr4,
                         window_frame(sys, window)) &&
           readback_same("window of", name, "pages", results->gr5, window->size / BH_PAGE_SIZE) &&
           readback_same("window of", name, "rights", results->gr6, window->rights);
}

static bool check_windows(const struct readback *rb, uint16_t space)
{
    const struct sysdesc *sys = &rb->init->sys;
    uint32_t slot = slot_of(sys, BH_SPACE, space);

    for (uint32_t number = 0; number < BH_WINDOWS; number++) {
        struct bh_results results;
        uint64_t error = bh_space_inspect(slot, number, &results);
        if (!readback_done(error, "window of", sys->space[space].name) ||
            !verify_window(rb, space, number, &results))
            return false;
    }
    return true;
}

static void cursor_enter(struct cursor *cursor)
{
    if (cursor->at < cursor->plan->pieces) {
        const struct plan_piece *piece = &cursor->plan->piece[cursor->at];
        const struct sysdesc_window *window =
            model_window(cursor->sys, cursor->space, (uint32_t)piece->window);
        cursor->frame = window ? window_frame(cursor->sys, window) + piece->wpage : 0;
    }
}

/* Requires: pages come in ascending order, one after the other. */
static struct leaf cursor_leaf(struct cursor *cursor, uint64_t page)
{
    const struct plan_piece *piece = &cursor->plan->piece[cursor->at];

    if (cursor->at < cursor->plan->pieces && page >= piece->page + piece->pages) {
        cursor->at++;
        piece++;
        cursor_enter(cursor);
    }
    if (cursor->at >= cursor->plan->pieces || page < piece->page)
        return (struct leaf){0, 0};
    return (struct leaf){cursor->frame + (page - piece->page), piece->rights};
}

static bool same_rights(struct readback *rb, uint32_t got, uint32_t wanted)
{
    uint32_t both = BH_R_REGION_WRITE | BH_R_REGION_EXECUTE;

    if (wanted & BH_R_REGION_EXECUTE) {
        rb->executable++;
        if (got & BH_R_REGION_EXECUTE)
            rb->called_executable++;
        else
            got |= BH_R_REGION_EXECUTE;
    }
    return got == wanted && (got & both) != both;
}

static bool check_leaf(struct readback *rb, uint16_t space, uint64_t page, struct leaf wanted)
{
    const char *name = rb->init->sys.space[space].name;
    struct bh_results got;
    uint64_t error = bh_space_entry(slot_of(&rb->init->sys, BH_SPACE, space), page, &got);

    if (!readback_done(error, "page of", name))
        return false;
    if (same_rights(rb, (uint32_t)got.gr4, wanted.rights) &&
        (wanted.rights == 0 || got.gr3 == wanted.frame))
        return true;
    return mismatch("space %s: page 0x%lx shows frame 0x%lx with rights %lu, described are 0x%lx "
                    "and %u",
                    name, (unsigned long)page, (unsigned long)got.gr3, (unsigned long)got.gr4,
                    (unsigned long)wanted.frame, wanted.rights);
}

static bool check_entries(struct readback *rb, uint16_t process, const struct plan *plan)
{
    const struct sysdesc *sys = &rb->init->sys;
    uint16_t space = sys->process[process].space;
    struct cursor cursor = {.sys = sys, .space = space, .plan = plan};

    cursor_enter(&cursor);
    for (uint64_t page = 0; page < sys->process[process].pages; page++) {
        if (!check_leaf(rb, space, page, cursor_leaf(&cursor, page)))
            return false;
    }
    return true;
}

static bool check_space(struct readback *rb, uint16_t process)
{
    static struct plan plan;
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_process *declared = &sys->process[process];
    struct bh_results results;
    uint64_t error =
        bh_space_inspect(slot_of(sys, BH_SPACE, declared->space), BH_WINDOWS, &results);

    if (!plan_make(rb->init, process, &plan))
        return mismatch("space %s: its memory overlaps", declared->name);
    return readback_done(error, "space", declared->name) &&
           readback_same("space", declared->name, "pages", results.gr3, declared->pages) &&
           readback_same("space", declared->name, "owner", results.gr4,
                         readback_number(rb, BH_PARTITION, declared->partition)) &&
           check_windows(rb, declared->space) && check_entries(rb, process, &plan);
}

bool verify_spaces(struct readback *rb)
{
    for (uint16_t process = 0; process < rb->init->sys.processes; process++) {
        if (!check_space(rb, process))
            return false;
    }
    return rb->called_executable == 0 || rb->called_executable == rb->executable ||
           mismatch("%lu of %lu executable pages cannot be executed",
                    (unsigned long)(rb->executable - rb->called_executable),
                    (unsigned long)rb->executable);
}
