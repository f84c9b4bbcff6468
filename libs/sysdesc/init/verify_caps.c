/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back every capability of every process. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/model.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/verify.h"

static bool check_cap(const struct readback *rb, const struct sysdesc_cap *cap,
                      const struct bh_results *got)
{
    uint64_t object = readback_number(rb, cap->object.type, cap->object.index);

    return readback_same("capability", cap->name, "its type", got->gr3, cap->object.type) &&
           readback_same("capability", cap->name, "its object", got->gr4, object) &&
           readback_same("capability", cap->name, "its rights", got->gr5, cap->rights) &&
           readback_same("capability", cap->name, "its badge", got->gr6, cap->badge);
}

static bool check_slot(const struct readback *rb, uint16_t process, uint32_t slot)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_cap *cap = model_cap(sys, process, slot);
    const char *name = sys->process[process].name;
    struct bh_results results;
    uint64_t error = bh_captable_inspect(slot_of(sys, BH_CAPTABLE, process), slot, &results);

    if (!readback_done(error, "capability table of", name))
        return false;
    if (!cap)
        return results.gr3 == BH_NONE ||
               mismatch("process %s: slot %u holds a capability that is not described", name, slot);
    return check_cap(rb, cap, &results) || mismatch("that was slot %u of process %s", slot, name);
}

bool verify_caps(const struct readback *rb)
{
    for (uint16_t process = 0; process < rb->init->sys.processes; process++) {
        for (uint32_t slot = 0; slot < BH_SLOTS; slot++) {
            if (!check_slot(rb, process, slot))
                return false;
        }
    }
    return true;
}
