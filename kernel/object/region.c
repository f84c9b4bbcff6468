/* SPDX-License-Identifier: BSD-2-Clause */
/* Regions. Belongs to: kernel. */
#include "kernel/object/region.h"
#include "kernel/object/thread.h"

uint64_t region_first[REGIONS];
uint64_t region_frames[REGIONS];
uint32_t region_partition[REGIONS];
uint32_t region_count;
uint64_t region_lowest;
uint64_t region_limit;

uint32_t region_check(uint64_t first, uint64_t frames)
{
    uint32_t r;

    if (frames == 0 || first < region_lowest || first >= region_limit ||
        frames > region_limit - first) {
        return BH_E_RANGE;
    }
    /*@ loop invariant 0 <= r <= region_count;
        loop invariant \forall integer k; 0 <= k < r ==>
            first + frames <= region_first[k] || region_first[k] + region_frames[k] <= first;
        loop assigns r;
        loop variant region_count - r;
    */
    for (r = 0; r < region_count; r++) {
        if (first < region_first[r] + region_frames[r] && region_first[r] < first + frames) {
            return BH_E_BOUND;
        }
    }
    return BH_E_OK;
}

uint32_t region_create(uint32_t p, uint64_t first, uint64_t frames)
{
    uint32_t r = region_count;

    region_count = r + 1u;
    region_first[r] = first;
    region_frames[r] = frames;
    region_partition[r] = p;
    return r;
}

uint32_t region_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (method != BH_M_REGION_INSPECT) {
        return BH_E_METHOD;
    }
    thread_result(t, 0, region_first[object]);
    thread_result(t, 1, region_frames[object]);
    thread_result(t, 2, region_partition[object]);
    return BH_E_OK;
}
