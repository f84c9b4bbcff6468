/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Law 2 as the prover reads it: every valid leaf of a space lies in one of the space's windows with
 * no more than the window's rights, windows lie in regions, and regions are apart.
 * Belongs to: kernel. There is no code here.
 */
#ifndef KERNEL_SPACE_SPEC_H
#define KERNEL_SPACE_SPEC_H

#define SPACE_LIMIT 0x40000000 /* pages: 2^42 bytes of addresses */

/*@
  logic integer leaf_of(integer s, integer page) = space_leaf[s] + page - space_base[s];

  // A run of page tables of its own, which the pool says is its own.
  predicate space_placed(integer s) =
    space_pages[s] % 256 == 0 && space_leaf[s] % 256 == 0 &&
    space_leaf[s] + space_pages[s] <= table_pages_used * 256 &&
    space_base[s] % 256 == 0 && space_base[s] + space_pages[s] <= SPACE_LIMIT;

  predicate leaf_in(integer s, integer i) = space_leaf[s] <= i < space_leaf[s] + space_pages[s];

  predicate spaces_ok =
    pools_ok && space_count <= SPACES &&
    (\forall integer s; 0 <= s < space_count ==> space_placed(s)) &&
    (\forall integer s, i; 0 <= s < space_count &&
        leaf_in(s, i) ==> table_leaf_owner[i / 256] == s) &&
    (\forall integer i; 0 <= i < table_pages_used * 256 ==>
        table_leaf_owner[i / 256] < space_count && leaf_in(table_leaf_owner[i / 256], i)) &&
    (\forall integer s; space_count <= s < SPACES ==> space_is_io[s] == 0);

  predicate window_placed(integer w) =
    window_pages[w] == 0 ||
    (window_region[w] < region_count && 1 <= window_rights[w] <= 7 &&
     region_first[window_region[w]] <= window_first[w] &&
     window_first[w] + window_pages[w] <=
        region_first[window_region[w]] + region_frames[window_region[w]]);

  predicate windows_ok = \forall integer w; 0 <= w < WINDOWS ==>
    window_placed(w) && window_first[w] + window_pages[w] <= 0xfffffffffffff;

  // Window w of a process space (io 0) or I/O space lets a leaf hold e.
  predicate window_allows(integer w, integer io, integer e) =
    window_first[w] <= leaf_frame(e) < window_first[w] + window_pages[w] &&
    (leaf_protected(e) || (window_rights[w] & BH_R_REGION_WRITE) != 0) &&
    (io != 0 || execute_protection == 0 || leaf_no_execute(e) ||
     (window_rights[w] & BH_R_REGION_EXECUTE) != 0);

  predicate leaf_allowed(integer s, integer e) =
    leaf_invalid(e) ||
    window_allows(s * 4, space_is_io[s], e) || window_allows(s * 4 + 1, space_is_io[s], e) ||
    window_allows(s * 4 + 2, space_is_io[s], e) || window_allows(s * 4 + 3, space_is_io[s], e);

  predicate leaves_ok = \forall integer i; 0 <= i < table_pages_used * 256 ==>
    leaf_allowed(table_leaf_owner[i / 256], table_leaf[i]);

  predicate no_valid_leaf(integer s) = \forall integer i; leaf_in(s, i) ==>
  leaf_invalid(table_leaf[i]);

  predicate law2 = regions_ok && spaces_ok && windows_ok && leaves_ok;

  // The same without the help of window w.
  predicate leaf_allowed_without(integer w, integer s, integer e) =
    leaf_invalid(e) ||
    (w != s * 4 && window_allows(s * 4, space_is_io[s], e)) ||
    (w != s * 4 + 1 && window_allows(s * 4 + 1, space_is_io[s], e)) ||
    (w != s * 4 + 2 && window_allows(s * 4 + 2, space_is_io[s], e)) ||
    (w != s * 4 + 3 && window_allows(s * 4 + 3, space_is_io[s], e));

  predicate window_kept{L1,L2}(integer w) =
    \at(window_region[w], L2) == \at(window_region[w], L1) &&
    \at(window_first[w], L2) == \at(window_first[w], L1) &&
    \at(window_pages[w], L2) == \at(window_pages[w], L1) &&
    \at(window_rights[w], L2) == \at(window_rights[w], L1);

  predicate windows_kept{L1,L2} = \forall integer w; 0 <= w < WINDOWS ==> window_kept{L1,L2}(w);

  predicate map_allowed(integer s, integer page, integer window, integer wpage, integer n,
                        uint64_t rights) =
    0 < n <= 256 && space_base[s] <= page && page + n <= space_base[s] + space_pages[s] &&
    0 < rights <= 7 && 0 <= window < 4 && 0 <= wpage &&
    wpage + n <= window_pages[s * 4 + window] &&
    (rights & window_rights[s * 4 + window]) == rights;

  predicate entry_is(integer e, integer frame, uint64_t rights) =
    !leaf_invalid(e) && leaf_frame(e) == frame &&
    (leaf_protected(e) <==> (rights & BH_R_REGION_WRITE) == 0) &&
    (leaf_no_execute(e) <==> (rights & BH_R_REGION_EXECUTE) == 0 && execute_protection != 0);

  predicate caps_name_regions = \forall integer i; 0 <= i < CAP_SLOTS && cap_type[i] == BH_REGION
  ==> cap_object[i] < region_count;
*/

#endif
