/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regions: contiguous physical memory with one owner. Regions never overlap, and never touch the
 * kernel's own memory. Belongs to: kernel. Frames are 4 KiB.
 */
#ifndef KERNEL_REGION_H
#define KERNEL_REGION_H

#include "libs/abi/abi.h"

#define REGIONS 128u

extern uint64_t region_first[REGIONS];
extern uint64_t region_frames[REGIONS];
extern uint32_t region_partition[REGIONS];
extern uint32_t region_count;
extern uint64_t region_lowest; /* first frame that regions may use */
extern uint64_t region_limit;  /* first frame behind the machine's memory */

/*@
  // Frame f belongs to region r.
  predicate region_has(integer r, integer f) = region_first[r] <= f < region_first[r] +
  region_frames[r];

  predicate region_inside(integer r) =
    0 < region_frames[r] && 0 < region_first[r] && region_first[r] + region_frames[r] <=
  region_limit;

  predicate regions_apart(integer a, integer b) =
    region_first[a] + region_frames[a] <= region_first[b] ||
    region_first[b] + region_frames[b] <= region_first[a];

  predicate regions_ok =
    region_count <= REGIONS && 0 < region_lowest && region_limit <= 0xfffffffffffff &&
    (\forall integer r; 0 <= r < region_count ==> region_inside(r)) &&
    (\forall integer a, b; 0 <= a < b < region_count ==> regions_apart(a, b));
*/

/* Why [first, first + frames) cannot become a region, or OK. */
/*@ requires regions_ok;
    assigns \nothing;
    ensures \result == BH_E_OK || \result == BH_E_RANGE || \result == BH_E_BOUND;
    ensures range: \result != BH_E_RANGE <==>
        frames != 0 && region_lowest <= first && first + frames <= region_limit;
    ensures apart: \result == BH_E_OK ==> \forall integer r; 0 <= r < region_count ==>
        first + frames <= region_first[r] || region_first[r] + region_frames[r] <= first;
    ensures overlap: \result == BH_E_BOUND ==> \exists integer r; 0 <= r < region_count &&
        !(first + frames <= region_first[r] || region_first[r] + region_frames[r] <= first);
*/
uint32_t region_check(uint64_t first, uint64_t frames);

/* The new region. */
/*@ requires regions_ok && region_count < REGIONS;
    requires 0 < first && 0 < frames && first + frames <= region_limit;
    requires \forall integer r; 0 <= r < region_count ==>
        first + frames <= region_first[r] || region_first[r] + region_frames[r] <= first;
    assigns region_count, region_first[region_count], region_frames[region_count],
        region_partition[region_count];
    ensures regions_ok;
    ensures \result == \old(region_count) && region_count == \old(region_count) + 1;
    ensures region_first[\result] == first && region_frames[\result] == frames &&
        region_partition[\result] == p;
*/
uint32_t region_create(uint32_t p, uint64_t first, uint64_t frames);

/*@ requires t < 64 && object < region_count <= REGIONS;
    assigns thread_save[t][3 .. 5];
    ensures \result == BH_E_OK || \result == BH_E_METHOD;
*/
uint32_t region_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
