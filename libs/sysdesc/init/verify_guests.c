/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back the vCPUs of guests. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/verify.h"

/* Parts of VCPU_INSPECT. */
#define PART_OWNER 0u
#define PART_STATE 1u
#define PART_FUNCTION 2u
#define PART_WINDOW (PART_FUNCTION + BH_VCPU_FUNCTIONS)

#define GUEST_RIGHTS ((uint64_t)BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE)

static bool ask(const struct readback *rb, uint16_t i, uint32_t part, struct bh_results *got)
{
    const struct sysdesc *sys = &rb->init->sys;

    return readback_done(bh_vcpu_inspect(slot_of(sys, BH_VCPU, i), part, got), "guest",
                         sys->guest[i].name);
}

static bool check_owner(const struct readback *rb, uint16_t i)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_guest *guest = &sys->guest[i];
    struct bh_results got;

    return ask(rb, i, PART_OWNER, &got) &&
           readback_same("guest", guest->name, "partition", got.gr4,
                         readback_number(rb, BH_PARTITION, guest->partition)) &&
           readback_same("guest", guest->name, "space of its VMM", got.gr5,
                         readback_number(rb, BH_SPACE, sys->process[guest->vmm].space)) &&
           readback_same("guest", guest->name, "PCI functions", got.gr6, guest->functions) &&
           readback_same("guest", guest->name, "priority", got.gr7, guest->priority);
}

static bool check_state(const struct readback *rb, uint16_t i)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_guest *guest = &sys->guest[i];
    const struct sysdesc_process *vmm = &sys->process[guest->vmm];
    struct bh_results got;

    return ask(rb, i, PART_STATE, &got) &&
           readback_same("guest", guest->name, "frame of its state", got.gr3,
                         (sys->region[vmm->region].base + vmm->state) / BH_PAGE_SIZE) &&
           readback_same("guest", guest->name, "its tables", got.gr4, guest->tables);
}

/* The kernel's number + 1 of the function that the guest's handle k means, or 0. */
static bool check_functions(const struct readback *rb, uint16_t i)
{
    const struct sysdesc_guest *guest = &rb->init->sys.guest[i];

    for (uint32_t k = 0; k < BH_VCPU_FUNCTIONS; k++) {
        uint64_t wanted =
            k < guest->functions ? readback_number(rb, BH_PCI, guest->function[k]) + 1 : 0;
        struct bh_results got;
        if (!ask(rb, i, PART_FUNCTION + k, &got) ||
            !readback_same("PCI function of guest", guest->name, "its number", got.gr3, wanted))
            return false;
    }
    return true;
}

static bool check_memory(const struct readback *rb, uint16_t i)
{
    const struct sysdesc_guest *guest = &rb->init->sys.guest[i];
    const struct sysdesc_region *region = &rb->init->sys.region[guest->region];
    struct bh_results got;

    return ask(rb, i, PART_WINDOW, &got) &&
           readback_same("memory of guest", guest->name, "its region", got.gr3,
                         readback_number(rb, BH_REGION, guest->region)) &&
           readback_same("memory of guest", guest->name, "first frame", got.gr4,
                         region->base / BH_PAGE_SIZE) &&
           readback_same("memory of guest", guest->name, "pages", got.gr5,
                         region->size / BH_PAGE_SIZE) &&
           readback_same("memory of guest", guest->name, "rights", got.gr6, GUEST_RIGHTS);
}

static bool check_unused_windows(const struct readback *rb, uint16_t i)
{
    for (uint32_t k = 1; k < BH_WINDOWS; k++) {
        struct bh_results got;
        if (!ask(rb, i, PART_WINDOW + k, &got) ||
            !readback_same("unused window of guest", rb->init->sys.guest[i].name, "its size",
                           got.gr5, 0))
            return false;
    }
    return true;
}

static bool check_portals(const struct readback *rb, uint16_t i)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t reason = 0; reason < BH_REASONS; reason++) {
        struct bh_results got;
        uint64_t error = bh_vcpu_portal_inspect(slot_of(sys, BH_VCPU, i), reason, &got);
        if (!readback_done(error, "portal of", sys->guest[i].name) ||
            !verify_portal(rb, true, i, reason, &got))
            return false;
    }
    return true;
}

bool verify_guests(const struct readback *rb)
{
    for (uint16_t i = 0; i < rb->init->sys.guests; i++) {
        if (!check_owner(rb, i) || !check_state(rb, i) || !check_functions(rb, i) ||
            !check_memory(rb, i) || !check_unused_windows(rb, i) || !check_portals(rb, i))
            return false;
    }
    return true;
}
