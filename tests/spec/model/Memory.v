(* SPDX-License-Identifier: BSD-2-Clause *)
(* Authority (capability tables, seal) and memory (regions, windows, leaves) of the model.
   Test: specification. *)
From Coq Require Import NArith Bool List Lia FMapAVL FMapFacts OrderedTypeEx.
Require Import Abi.
Import ListNotations.
Module M := FMapAVL.Make(N_as_OT).
Module F := FMapFacts.WFacts_fun(N_as_OT)(M).
Module P := FMapFacts.WProperties_fun(N_as_OT)(M).
Local Open Scope N_scope.

Definition slots : N := 128.
Definition windows : N := 4.
Definition batch : N := 256.
Definition threads : N := 8.
Definition page : N := 4096.

(* ---- authority ---- *)

Record cap := { c_type : N; c_object : N; c_rights : N; c_badge : N }.
Record auth := { a_caps : M.t cap; a_sealed : bool; a_counts : M.t N }.

Definition slot (table index : N) : N := table * slots + index.
Definition find_cap (a : auth) (table index : N) : option cap :=
  if index <? slots then M.find (slot table index) (a_caps a) else None.

Definition check_cap (a : auth) (table index type right : N) : N :=
  match find_cap a table index with
  | None => E_CAP
  | Some c => if negb (c_type c =? type) then E_TYPE
              else if N.land (c_rights c) right =? right then E_OK else E_RIGHT
  end.

Definition set_caps (a : auth) (caps : M.t cap) : auth :=
  {| a_caps := caps; a_sealed := a_sealed a; a_counts := a_counts a |}.
Definition put_cap (a : auth) (s : N) (c : cap) : auth := set_caps a (M.add s c (a_caps a)).
Definition count (a : auth) (type : N) : N :=
  match M.find type (a_counts a) with Some n => n | None => 0 end.

(* An index that a new capability may go to. *)
Definition check_empty (a : auth) (table index : N) : N :=
  if negb (index <? slots) then E_ARG
  else match M.find (slot table index) (a_caps a) with None => E_OK | Some _ => E_EXISTS end.

Definition mask32 (n : N) : N := n mod 4294967296.

Definition grant (a : auth) (mine table to from rights badge : N) : auth * N :=
  if a_sealed a then (a, E_SEALED)
  else if negb (check_empty a table to =? E_OK) then (a, check_empty a table to)
  else match find_cap a mine from with
       | None => (a, E_CAP)
       | Some c => (put_cap a (slot table to)
                      {| c_type := c_type c; c_object := c_object c;
                         c_rights := N.land (c_rights c) (mask32 rights); c_badge := badge |}, E_OK)
       end.

Definition drop (a : auth) (table index : N) : auth :=
  set_caps a (M.remove (slot table index) (a_caps a)).

Definition reduce (a : auth) (table index rights : N) : auth :=
  match M.find (slot table index) (a_caps a) with
  | None => a
  | Some c => put_cap a (slot table index)
                {| c_type := c_type c; c_object := c_object c;
                   c_rights := N.land (c_rights c) (mask32 rights); c_badge := c_badge c |}
  end.

Definition seal (a : auth) : auth * N :=
  if a_sealed a then (a, E_SEALED)
  else ({| a_caps := a_caps a; a_sealed := true; a_counts := a_counts a |}, E_OK).

Definition all_rights (type : N) : N :=
  fold_left (fun r p => if fst p =? type then r + snd p else r) object_rights 0.

(* A new object: the capability with every right goes to an empty slot of the creator. *)
Definition create (a : auth) (mine to type limit : N) : auth * N :=
  if a_sealed a then (a, E_SEALED)
  else if negb (check_empty a mine to =? E_OK) then (a, check_empty a mine to)
  else if limit <=? count a type then (a, E_FULL)
  else ({| a_caps := M.add (slot mine to)
                       {| c_type := type; c_object := count a type;
                          c_rights := all_rights type; c_badge := 0 |} (a_caps a);
           a_sealed := a_sealed a;
           a_counts := M.add type (count a type + 1) (a_counts a) |}, E_OK).

(* ---- memory ---- *)

Record window := { w_first : N; w_pages : N; w_rights : N; w_region : N }.
Record leaf := { l_frame : N; l_write : bool; l_exec : bool }.
Record space := { s_io : bool; s_base : N; s_pages : N; s_windows : M.t window;
                  s_leaves : M.t leaf; s_updated : bool }.
Record mem := { m_spaces : M.t space; m_regions : list (N * N); m_low : N; m_limit : N;
                m_words : M.t N }.

Definition can_write (w : window) : bool := N.land (w_rights w) R_REGION_WRITE =? R_REGION_WRITE.

(* The one bound check. *)
Definition check_window (s : space) (number wpage rights : N) : option window :=
  if negb (number <? windows) then None
  else match M.find number (s_windows s) with
       | None => None
       | Some w => if (wpage <? w_pages w) && (N.land rights (w_rights w) =? rights)
                   then Some w else None
       end.

Definition check_range (s : space) (p n : N) : N :=
  if (n =? 0) || (batch <? n) then E_ARG
  else if (p <? s_base s) || (s_base s + s_pages s <? p + n) || (s_base s + s_pages s <=? p)
       then E_RANGE else E_OK.

Definition set_leaves (s : space) (leaves : M.t leaf) (updated : bool) : space :=
  {| s_io := s_io s; s_base := s_base s; s_pages := s_pages s; s_windows := s_windows s;
     s_leaves := leaves; s_updated := updated |}.
Definition set_windows (s : space) (ws : M.t window) (leaves : M.t leaf) : space :=
  {| s_io := s_io s; s_base := s_base s; s_pages := s_pages s; s_windows := ws;
     s_leaves := leaves; s_updated := s_updated s |}.

Fixpoint map_n (leaves : M.t leaf) (p frame : N) (write exec : bool) (n : nat) : M.t leaf :=
  match n with
  | O => leaves
  | S k => map_n (M.add p {| l_frame := frame; l_write := write; l_exec := exec |} leaves)
             (N.succ p) (N.succ frame) write exec k
  end.
Fixpoint unmap_n (leaves : M.t leaf) (p : N) (n : nat) : M.t leaf :=
  match n with O => leaves | S k => unmap_n (M.remove p leaves) (N.succ p) k end.

Definition has (rights right : N) : bool := N.land rights right =? right.

Definition map_pages (s : space) (p number wpage n rights : N) : space * N :=
  if negb (check_range s p n =? E_OK) then (s, check_range s p n)
  else if negb (has rights R_REGION_READ) || (7 <? rights) then (s, E_ARG)
  else match check_window s number (wpage + n - 1) rights with
       | None => (s, E_BOUND)
       | Some w => (set_leaves s (map_n (s_leaves s) p (w_first w + wpage)
                      (has rights R_REGION_WRITE) (has rights R_REGION_EXECUTE) (N.to_nat n))
                      (s_updated s), E_OK)
       end.

Definition unmap_pages (s : space) (p n : N) : space * N :=
  if negb (check_range s p n =? E_OK) then (s, check_range s p n)
  else (set_leaves s (unmap_n (s_leaves s) p (N.to_nat n)) (s_updated s), E_OK).

Definition free_window (s : space) : option N :=
  find (fun k => negb (M.mem k (s_windows s))) [0; 1; 2; 3].

Definition add_window (s : space) (region : N * N) (number p n rights caprights : N)
  : space * N * N :=
  if negb (has rights R_REGION_READ) || (7 <? rights) then (s, E_ARG, 0)
  else if negb (N.land rights caprights =? rights) || (n =? 0) || (snd region <? p + n)
          || (snd region <=? p)
       then (s, E_BOUND, 0)
  else match free_window s with
       | None => (s, E_FULL, 0)
       | Some k => (set_windows s (M.add k {| w_first := fst region + p; w_pages := n;
                      w_rights := rights; w_region := number |} (s_windows s)) (s_leaves s),
                    E_OK, k)
       end.

Definition in_window (w : window) (frame : N) : bool :=
  (w_first w <=? frame) && (frame <? w_first w + w_pages w).

Definition drop_window (s : space) (number : N) : space * N :=
  match M.find number (s_windows s) with
  | None => (s, E_ARG)
  | Some w => if s_io s
              then if s_updated s then (s, E_STATE)
                   else (set_windows s (M.remove number (s_windows s))
                           (P.filter (fun _ l => negb (in_window w (l_frame l))) (s_leaves s)), E_OK)
              else (set_windows s (M.remove number (s_windows s))
                      (P.filter (fun _ l => negb (in_window w (l_frame l))) (s_leaves s)), E_OK)
  end.

(* What a word asks for: None bad, Some None invalid, Some (Some (page, write)). *)
Definition word_of (w : option window) (word : N) : option (option (N * bool)) :=
  let flags := word mod page in
  let writable := match w with Some x => can_write x | None => false end in
  let pages := match w with Some x => w_pages x | None => 0 end in
  if ((flags =? 0) && writable) || (flags =? 512)
  then if word / page <? pages then Some (Some (word / page, flags =? 0)) else None
  else if (word / 1024) mod 2 =? 1 then Some None else None.

Fixpoint update_n (s : space) (w : option window) (words : M.t N) (base p : N) (done : N) (n : nat)
  : space * N :=
  match n with
  | O => (s, done)
  | S k =>
      let word := match M.find (base + done) words with Some x => x | None => 0 end in
      match word_of w word, w with
      | Some (Some (q, write)), Some x =>
          update_n (set_leaves s (M.add p {| l_frame := w_first x + q; l_write := write;
                                             l_exec := false |} (s_leaves s)) true)
            w words base (N.succ p) (done + 1) k
      | Some None, _ =>
          update_n (set_leaves s (M.remove p (s_leaves s)) true) w words base (N.succ p) (done + 1) k
      | _, _ => (s, done)
      end
  end.

Definition update (s : space) (words : M.t N) (base p n number : N) : space * N * N :=
  if (n =? 0) || (batch <? n) || (batch <? p mod batch + n) then (s, E_ARG, 0)
  else if (p <? s_base s) || (s_base s + s_pages s <=? p) then (s, E_RANGE, 0)
  else if negb (number <? windows) then (s, E_ARG, 0)
  else let '(s', done) := update_n s (M.find number (s_windows s)) words base p 0 (N.to_nat n) in
       (s', if done =? n then E_OK else E_BOUND, done).

Definition rights_of (s : space) (l : leaf) : N :=
  R_REGION_READ + (if l_write l then R_REGION_WRITE else 0) +
  (if s_io s then 0 else if l_exec l then R_REGION_EXECUTE else 0).

Definition overlaps (first n : N) (r : N * N) : bool :=
  (first <? fst r + snd r) && (fst r <? first + n).

Definition check_region (m : mem) (first n : N) : N :=
  if (n =? 0) || (first <? m_low m) || (m_limit m <=? first) || (m_limit m <? first + n)
  then E_RANGE
  else if existsb (overlaps first n) (m_regions m) then E_BOUND else E_OK.

