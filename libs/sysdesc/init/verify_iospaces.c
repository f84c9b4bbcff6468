/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back the I/O spaces of functions. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

static bool check_windows(const struct readback *rb, uint16_t space)
{
    const struct sysdesc *sys = &rb->init->sys;
    uint32_t slot = slot_of(sys, BH_IOSPACE, space);

    for (uint32_t number = 0; number < BH_WINDOWS; number++) {
        struct bh_results results;
        uint64_t error = bh_iospace_inspect(slot, number, &results);
        if (!readback_done(error, "window of", sys->space[space].name) ||
            !verify_window(rb, space, number, &results))
            return false;
    }
    return true;
}

static bool check_place(const struct readback *rb, uint16_t space)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_space *declared = &sys->space[space];
    struct bh_results results;
    uint64_t error = bh_iospace_inspect(slot_of(sys, BH_IOSPACE, space), BH_WINDOWS, &results);

    return readback_done(error, "I/O space", declared->name) &&
           readback_same("I/O space", declared->name, "first page", results.gr3,
                         declared->iova / BH_PAGE_SIZE) &&
           readback_same("I/O space", declared->name, "pages", results.gr4,
                         declared->size / BH_PAGE_SIZE) &&
           readback_same("I/O space", declared->name, "owed pages", results.gr5, 0) &&
           readback_same("I/O space", declared->name, "its function", results.gr6,
                         readback_number(rb, BH_PCI, declared->owner) + 1) &&
           readback_same("I/O space", declared->name, "owner", results.gr7,
                         readback_number(rb, BH_PARTITION, declared->partition));
}

/* A function reaches nothing before its translator or driver says so. */
static bool check_entries(const struct readback *rb, uint16_t space)
{
    const struct sysdesc_space *declared = &rb->init->sys.space[space];
    uint32_t slot = slot_of(&rb->init->sys, BH_IOSPACE, space);
    uint64_t first = declared->iova / BH_PAGE_SIZE;

    for (uint64_t i = 0; i < declared->size / BH_PAGE_SIZE; i++) {
        struct bh_results results;
        uint64_t error = bh_iospace_entry(slot, first + i, &results);
        if (!readback_done(error, "page of I/O space", declared->name))
            return false;
        if (results.gr4 != 0)
            return mismatch("I/O space %s: page 0x%lx is mapped", declared->name,
                            (unsigned long)(first + i));
    }
    return true;
}

bool verify_iospaces(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint16_t i = 0; i < sys->spaces; i++) {
        if (sys->space[i].kind == SYSDESC_SPACE_IO &&
            !(check_place(rb, i) && check_windows(rb, i) && check_entries(rb, i)))
            return false;
    }
    return true;
}
