/* SPDX-License-Identifier: BSD-2-Clause */
/* Seals the system, starts it, and gives up all authority. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"

static bool is_thread(const struct sysdesc *sys, uint32_t slot)
{
    uint32_t first = slot_of(sys, BH_THREAD, 0);

    return slot >= first && slot - first < sys->processes;
}

/* What is needed to start threads and to say that it failed stays. */
static uint64_t drop_most(const struct sysdesc *sys)
{
    uint64_t error = BH_E_OK;

    for (uint32_t slot = 0; slot < BH_SLOTS && error == BH_E_OK; slot++) {
        if (slot != BH_INIT_CAPTABLE && slot != BH_INIT_CONSOLE && !is_thread(sys, slot))
            error = bh_captable_drop(BH_INIT_CAPTABLE, slot);
    }
    return error;
}

/* Nothing of a system that didn't start as a whole may run. */
static void stop_all(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->processes; i++)
        (void)bh_thread_stop(slot_of(sys, BH_THREAD, i));
}

/* Init has the highest priority, so none of them runs before it has ended. */
static bool start_all(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->processes; i++) {
        uint64_t error = bh_thread_start(slot_of(sys, BH_THREAD, i));
        if (!done(error, "starting process", sys->process[i].name)) {
            stop_all(sys);
            return false;
        }
    }
    return true;
}

/* The capability table last, for it is what empties the slots. */
static bool drop_rest(const struct sysdesc *sys)
{
    uint64_t error = bh_captable_drop(BH_INIT_CAPTABLE, BH_INIT_CONSOLE);

    for (uint16_t i = 0; i < sys->processes && error == BH_E_OK; i++)
        error = bh_captable_drop(BH_INIT_CAPTABLE, slot_of(sys, BH_THREAD, i));
    return error == BH_E_OK && bh_captable_drop(BH_INIT_CAPTABLE, BH_INIT_CAPTABLE) == BH_E_OK;
}

bool seal_and_start(const struct sysdesc *sys)
{
    if (!done(bh_partition_seal(BH_INIT_PARTITION), "sealing", "the system"))
        return false;
    say("sealed, %u capabilities, %u objects", sys->caps, slots_objects(sys));
    return done(drop_most(sys), "giving up", "init's capabilities") && start_all(sys) &&
           drop_rest(sys);
}
