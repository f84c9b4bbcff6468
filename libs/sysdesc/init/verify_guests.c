/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back the vCPUs of guests, as far as the kernel tells of them. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/verify.h"

bool verify_guests(const struct readback *rb)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint16_t i = 0; i < sys->guests; i++) {
        const struct sysdesc_guest *guest = &sys->guest[i];
        struct bh_results results;
        uint64_t error = bh_vcpu_inspect(slot_of(sys, BH_VCPU, i), &results);

        if (!readback_done(error, "guest", guest->name) ||
            !readback_same("guest", guest->name, "partition", results.gr4,
                           readback_number(rb, BH_PARTITION, guest->partition)) ||
            !readback_same("guest", guest->name, "space of its VMM", results.gr5,
                           readback_number(rb, BH_SPACE, sys->process[guest->vmm].space)) ||
            !readback_same("guest", guest->name, "PCI functions", results.gr6, guest->functions))
            return false;
    }
    return true;
}
