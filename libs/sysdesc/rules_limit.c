/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about how much a description may hold in all. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

/* Each process is a capability table and a thread besides its space. */
static unsigned count_objects(const struct sysdesc *sys)
{
    return (unsigned)sys->partitions + sys->regions + sys->spaces + 2u * sys->processes +
           sys->endpoints + sys->notifications + sys->interrupts + sys->functions + sys->guests;
}

void rules_limit(const struct sysdesc *sys, struct sysdesc_report *report)
{
    unsigned caps = sys->caps + SYSDESC_ENDS * (unsigned)sys->channels;

    if (count_objects(sys) > SYSDESC_OBJECTS)
        sysdesc_found(report, SYSDESC_RULE_OBJECT_COUNT, 0, NULL,
                      "the description makes %lu objects; init can create %lu",
                      (uint64_t)count_objects(sys), (uint64_t)SYSDESC_OBJECTS);
    if (caps > SYSDESC_CAPS)
        sysdesc_found(report, SYSDESC_RULE_LIMIT, 0, NULL,
                      "too many capabilities with those of channels: %lu, at most %lu",
                      (uint64_t)caps, (uint64_t)SYSDESC_CAPS);
}
