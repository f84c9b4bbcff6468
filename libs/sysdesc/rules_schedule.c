/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about time. Belongs to: init and host tool. */
#include "libs/sysdesc/report.h"
#include "libs/sysdesc/rules.h"

#define SLICE_FIRST 100u /* microseconds, of the kernel's slice method */
#define SLICE_LAST 1000000u

static void check_window(const struct sysdesc *sys, const struct sysdesc_time_window *window,
                         struct sysdesc_report *report)
{
    uint32_t all = (uint32_t)((UINT64_C(1) << sys->partitions) - 1);

    if (window->start != 0 || window->length != sys->schedule.period)
        sysdesc_found(report, SYSDESC_RULE_SCHEDULE, window->node, "length",
                      "time window \"%s\" from %lu us for %lu us is not the whole period of %lu us",
                      window->name, window->start, window->length, sys->schedule.period);
    if (window->partitions != all)
        sysdesc_found(report, SYSDESC_RULE_SCHEDULE, window->node, "partitions",
                      "time window \"%s\" lacks a partition, which would never run", window->name);
}

void rules_schedule(const struct sysdesc *sys, struct sysdesc_report *report)
{
    const struct sysdesc_schedule *schedule = &sys->schedule;

    if (schedule->slice < SLICE_FIRST || schedule->slice > SLICE_LAST)
        sysdesc_found(report, SYSDESC_RULE_SLICE, schedule->node, "slice",
                      "a slice of %lu us is not 100 us to 1 s", schedule->slice);
    if (sys->time_windows > 1 || (sys->time_windows == 0) != (schedule->period == 0))
        sysdesc_found(report, SYSDESC_RULE_SCHEDULE, schedule->node, NULL,
                      "%lu time windows in a period of %lu us; one window and a period, or neither",
                      (uint64_t)sys->time_windows, schedule->period);
    for (uint16_t w = 0; w < sys->time_windows; w++)
        check_window(sys, &sys->time_window[w], report);
}
