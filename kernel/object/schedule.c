/* SPDX-License-Identifier: BSD-2-Clause */
/* The schedule. Belongs to: kernel. */
#include "kernel/object/schedule.h"
#include "kernel/object/partition.h"
#include "kernel/object/thread.h"
#include "kernel/sched/timer.h"

#define SLICE_MIN 100u /* microseconds */
#define SLICE_MAX 1000000u

static uint32_t set_slice(uint64_t microseconds)
{
    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (microseconds < SLICE_MIN || microseconds > SLICE_MAX) {
        return BH_E_ARG;
    }
    timer_slice = microseconds * BH_TOD_PER_US;
    return BH_E_OK;
}

uint32_t schedule_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    (void)object;
    switch (method) {
    case BH_M_SCHEDULE_SET_SLICE:
        return set_slice(thread_argument(t, 0));
    case BH_M_SCHEDULE_INSPECT:
        thread_result(t, 0, timer_slice / BH_TOD_PER_US);
        thread_result(t, 1, 1);
        return BH_E_OK;
    default:
        return BH_E_METHOD;
    }
}
