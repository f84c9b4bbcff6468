/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back threads and portals. Belongs to: init. */
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
           readback_same("thread", declared->name, "priority", results.gr4, declared->priority) &&
           readback_same("thread", declared->name, "partition", results.gr5,
                         readback_number(rb, BH_PARTITION, declared->partition)) &&
           readback_same("thread", declared->name, "capability table and space", results.gr6,
                         parts) &&
           readback_same("thread", declared->name, "bound notification", results.gr7,
                         bound(rb, declared->bound_notification));
}

static bool check_portal(const struct readback *rb, uint16_t process, uint32_t reason)
{
    const struct sysdesc *sys = &rb->init->sys;
    const struct sysdesc_portal *portal = model_portal(sys, process, reason);
    const char *name = sys->process[process].name;
    struct bh_results results;
    uint64_t error = bh_thread_portal_inspect(slot_of(sys, BH_THREAD, process), reason, &results);

    if (!readback_done(error, "portal of", name))
        return false;
    if (!portal)
        return readback_same("undescribed portal of", name, "endpoint", results.gr3, 0);
    return readback_same("portal of", name, "endpoint", results.gr3,
                         readback_number(rb, BH_ENDPOINT, portal->endpoint) + 1) &&
           readback_same("portal of", name, "badge", results.gr4, portal->badge) &&
           readback_same("portal of", name, "deadline", results.gr5, portal->deadline);
}

bool verify_threads(const struct readback *rb)
{
    for (uint16_t process = 0; process < rb->init->sys.processes; process++) {
        if (!check_thread(rb, process))
            return false;
        for (uint32_t reason = 0; reason < BH_REASONS; reason++) {
            if (!check_portal(rb, process, reason))
                return false;
        }
    }
    return true;
}
