/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back threads, what they start with, and portals. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/model.h"
#include "libs/sysdesc/init/verify.h"

/* THREAD_INSPECT has two numbers in one register. */
#define TABLE_FACTOR 256u

static uint64_t bound(const struct readback *rb, uint16_t notification)
{
    return notification == SYSDESC_NONE ? 0
                                        : readback_number(rb, BH_NOTIFICATION, notification) + 1;
}

static bool check_thread(const struct readback *rb, uint16_t process)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_process *declared = &sys->process[process];
    uint64_t parts = readback_number(rb, BH_CAPTABLE, process) * TABLE_FACTOR +
                     readback_number(rb, BH_SPACE, declared->space);
    struct bh_results results;
    uint64_t error = bh_thread_inspect(slot_of(sys, BH_THREAD, process), &results);

    return readback_done(error, "thread", declared->name) &&
           readback_same("thread", declared->name, "state", results.gr3, BH_STATE_SET) &&
           readback_same("thread", declared->name, "priority", results.gr4, declared->priority) &&
           readback_same("thread", declared->name, "partition", results.gr5,
                         readback_number(rb, BH_PARTITION, declared->partition)) &&
           readback_same("thread", declared->name, "capability table and space", results.gr6,
                         parts) &&
           readback_same("thread", declared->name, "bound notification", results.gr7,
                         bound(rb, declared->bound_notification));
}

/* The frame that a page of the private region is. */
static uint64_t private_frame(const struct sysdesc *sys, uint16_t process, uint64_t offset)
{
    return (sys->region[sys->process[process].region].base + offset) / BH_PAGE_SIZE;
}

static bool check_start(const struct readback *rb, uint16_t process)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_process *declared = &sys->process[process];
    struct bh_results results;
    uint64_t error = bh_thread_start_inspect(slot_of(sys, BH_THREAD, process), &results);

    return readback_done(error, "start of", declared->name) &&
           readback_same("start of", declared->name, "its address", results.gr3,
                         rb->init->image[process].entry) &&
           readback_same("start of", declared->name, "end of the stack", results.gr4,
                         SYSDESC_PROCESS_BASE + declared->stack_base + declared->stack) &&
           readback_same("start of", declared->name, "its argument", results.gr5,
                         SYSDESC_PROCESS_BASE + declared->info) &&
           readback_same("start of", declared->name, "frame of the message buffer", results.gr6,
                         private_frame(sys, process, declared->message)) &&
           readback_same("start of", declared->name, "its flags", results.gr7,
                         declared->floating_point ? BH_THREAD_FP : 0);
}

bool verify_portal(const struct readback *rb, bool guest, uint16_t of, uint32_t reason,
                   const struct bh_results *got)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_portal *portal = model_portal(sys, guest, of, reason);
    const char *name = guest ? sys->guest[of].name : sys->process[of].name;

    if (!portal)
        return readback_same("undescribed portal of", name, "endpoint", got->gr3, 0);
    return readback_same("portal of", name, "endpoint", got->gr3,
                         readback_number(rb, BH_ENDPOINT, portal->endpoint) + 1) &&
           readback_same("portal of", name, "badge", got->gr4, portal->badge) &&
           readback_same("portal of", name, "deadline", got->gr5, portal->deadline);
}

static bool check_portals(const struct readback *rb, uint16_t process)
{
    const struct sysdesc *sys = &rb->init->sys;

    for (uint32_t reason = 0; reason < BH_REASONS; reason++) {
        struct bh_results results;
        uint64_t error =
            bh_thread_portal_inspect(slot_of(sys, BH_THREAD, process), reason, &results);
        if (!readback_done(error, "portal of", sys->process[process].name) ||
            !verify_portal(rb, false, process, reason, &results))
            return false;
    }
    return true;
}

bool verify_threads(const struct readback *rb)
{
    for (uint16_t process = 0; process < rb->init->sys.processes; process++) {
        if (!check_thread(rb, process) || !check_start(rb, process) || !check_portals(rb, process))
            return false;
    }
    return true;
}
