(* SPDX-License-Identifier: BSD-2-Clause *)
(* The kernel's capabilities, spaces and IPC, as one step function on registers. Test: specification.

   A state has three parts that nothing mixes: authority (capability tables, seal), memory (regions,
   windows, leaves) and IPC (threads, endpoints, notifications). A system call is a function of the
   registers of the thread that makes it. Numbers come from libs/abi through Abi.v; the order of
   checks is the kernel's. Time is left out: a deadline is 0 (poll) or anything else (for ever). *)
From Coq Require Import NArith Bool List Lia FMapAVL FMapFacts OrderedTypeEx.
Require Import Abi.
Import ListNotations.
Module M := FMapAVL.Make(N_as_OT).
Module F := FMapFacts.WFacts_fun(N_as_OT)(M).
Module P := FMapFacts.WProperties_fun(N_as_OT)(M).
Local Open Scope N_scope.

Definition slots : N := 64.
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
  else if (rights =? 0) || (7 <? rights) then (s, E_ARG)
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
  if (rights =? 0) || (7 <? rights) then (s, E_ARG, 0)
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

(* ---- IPC ---- *)

Inductive tstate := Ready | Calling (e : N) | Answering | Receiving (e : N) | Waiting (n : N).

Record thread := { t_state : tstate; t_caller : option N; t_server : option N;
                   t_bound : option N; t_badge : N }.
Record ipc := { i_gr : M.t N; i_threads : M.t thread; i_turn : M.t N; i_word : M.t N }.

Definition no_thread : thread :=
  {| t_state := Ready; t_caller := None; t_server := None; t_bound := None; t_badge := 0 |}.
Definition get_thread (i : ipc) (t : N) : thread :=
  match M.find t (i_threads i) with Some x => x | None => no_thread end.
Definition set_thread (i : ipc) (t : N) (x : thread) : ipc :=
  {| i_gr := i_gr i; i_threads := M.add t x (i_threads i); i_turn := i_turn i; i_word := i_word i |}.
Definition gr (i : ipc) (t k : N) : N :=
  match M.find (t * 16 + k) (i_gr i) with Some x => x | None => 0 end.
Definition set_gr (i : ipc) (t k v : N) : ipc :=
  {| i_gr := M.add (t * 16 + k) v (i_gr i); i_threads := i_threads i; i_turn := i_turn i;
     i_word := i_word i |}.
Definition word (i : ipc) (n : N) : N := match M.find n (i_word i) with Some x => x | None => 0 end.
Definition set_word (i : ipc) (n v : N) : ipc :=
  {| i_gr := i_gr i; i_threads := i_threads i; i_turn := i_turn i; i_word := M.add n v (i_word i) |}.
Definition turn (i : ipc) (e : N) : N := match M.find e (i_turn i) with Some x => x | None => 0 end.
Definition set_turn (i : ipc) (e v : N) : ipc :=
  {| i_gr := i_gr i; i_threads := i_threads i; i_turn := M.add e v (i_turn i); i_word := i_word i |}.

Definition with_state (x : thread) (s : tstate) : thread :=
  {| t_state := s; t_caller := t_caller x; t_server := t_server x; t_bound := t_bound x;
     t_badge := t_badge x |}.
Definition set_state (i : ipc) (t : N) (s : tstate) : ipc :=
  set_thread i t (with_state (get_thread i t) s).

Definition all : list N := [0; 1; 2; 3; 4; 5; 6; 7].
Definition is_calling (e : N) (i : ipc) (t : N) : bool :=
  match t_state (get_thread i t) with Calling x => x =? e | _ => false end.
Definition is_receiving (e : N) (i : ipc) (t : N) : bool :=
  match t_state (get_thread i t) with Receiving x => x =? e | _ => false end.
Definition is_waiting (n : N) (i : ipc) (t : N) : bool :=
  match t_state (get_thread i t) with Waiting x => x =? n | _ => false end.

(* The first caller at or after the turn, going round. *)
Definition first_caller (i : ipc) (e : N) : option N :=
  match find (fun t => is_calling e i t && (turn i e <=? t)) all with
  | Some t => Some t
  | None => find (is_calling e i) all
  end.

Definition copy_words (i : ipc) (from to : N) : ipc :=
  fold_left (fun j k => set_gr j to k (gr j from k)) [4; 5; 6; 7] i.

Definition join (i : ipc) (client server : N) : ipc :=
  let s := get_thread i server in
  let i := set_thread i server {| t_state := t_state s; t_caller := Some client;
             t_server := t_server s; t_bound := t_bound s; t_badge := t_badge s |} in
  let c := get_thread i client in
  set_thread i client {| t_state := Answering; t_caller := t_caller c; t_server := Some server;
             t_bound := t_bound c; t_badge := t_badge c |}.

Definition deliver (i : ipc) (client server : N) : ipc :=
  let i := join i client server in
  let i := set_gr i server 2 E_OK in
  copy_words (set_gr i server 3 (t_badge (get_thread i client))) client server.

Definition call (i : ipc) (t e badge : N) : ipc :=
  let x := get_thread i t in
  let i := set_thread i t {| t_state := t_state x; t_caller := t_caller x; t_server := t_server x;
             t_bound := t_bound x; t_badge := badge |} in
  match find (is_receiving e i) all with
  | Some server => set_state (deliver i t server) server Ready
  | None => set_state i t (Calling e)
  end.

Definition take (i : ipc) (n t error : N) : ipc :=
  set_word (set_gr (set_gr i t 2 error) t 3 (word i n)) n 0.

Definition receive (i : ipc) (t e deadline : N) : ipc :=
  let queued :=
    match first_caller i e with
    | Some c => deliver (set_turn i e ((c + 1) mod 64)) c t
    | None => if deadline =? 0 then set_gr i t 2 E_TIMEOUT else set_state i t (Receiving e)
    end in
  match t_bound (get_thread i t) with
  | Some n => if word i n =? 0 then queued else take i n t E_NOTIFIED
  | None => queued
  end.

Definition answer (i : ipc) (t client : N) : ipc :=
  let x := get_thread i t in
  let i := set_thread i t {| t_state := t_state x; t_caller := None; t_server := t_server x;
             t_bound := t_bound x; t_badge := t_badge x |} in
  let c := get_thread i client in
  let i := set_thread i client {| t_state := Ready; t_caller := t_caller c; t_server := None;
             t_bound := t_bound c; t_badge := t_badge c |} in
  set_gr (copy_words i t client) client 2 E_OK.

Definition bound_receiver (i : ipc) (n : N) : option N :=
  find (fun t => match t_bound (get_thread i t), t_state (get_thread i t) with
                 | Some m, Receiving _ => m =? n
                 | _, _ => false
                 end) all.

Definition signal (i : ipc) (n bits : N) : ipc :=
  let i := set_word i n (N.lor (word i n) bits) in
  if word i n =? 0 then i
  else match find (is_waiting n i) all with
       | Some t => take (set_state i t Ready) n t E_OK
       | None => match bound_receiver i n with
                 | Some t => take (set_state i t Ready) n t E_NOTIFIED
                 | None => i
                 end
       end.

(* ---- system calls ---- *)

Record state := { auth_of : auth; mem_of : mem; ipc_of : ipc }.

Definition with_ipc (s : state) (i : ipc) : state :=
  {| auth_of := auth_of s; mem_of := mem_of s; ipc_of := i |}.

(* Results of a method: authority, memory, error and what goes to GR3 and so on. *)
Definition outcome := (auth * mem * N * list N)%type.

Definition set_space (m : mem) (n : N) (s : space) : mem :=
  {| m_spaces := M.add n s (m_spaces m); m_regions := m_regions m; m_low := m_low m;
     m_limit := m_limit m; m_words := m_words m |}.

Definition space_method (a : auth) (m : mem) (t n method : N) (x0 x1 x2 x3 x4 : N) (s : space)
  : outcome :=
  if method =? M_SPACE_MAP then
    let '(s', e) := map_pages s x0 x1 x2 x3 x4 in (a, set_space m n s', e, [])
  else if method =? M_SPACE_UNMAP then
    let '(s', e) := unmap_pages s x0 x1 in (a, set_space m n s', e, [])
  else if method =? M_SPACE_ADD_WINDOW then
    let e := check_cap a t x0 O_REGION 0 in
    if a_sealed a then (a, m, E_SEALED, [])
    else if negb (e =? E_OK) then (a, m, e, [])
    else match find_cap a t x0 with
         | None => (a, m, E_CAP, [])
         | Some c => match nth_error (m_regions m) (N.to_nat (c_object c)) with
                     | None => (a, m, E_CAP, [])
                     | Some r => let '(s', e', k) := add_window s r (c_object c) x1 x2 x3 (c_rights c) in
                                 (a, set_space m n s', e', if e' =? E_OK then [k] else [])
                     end
         end
  else if method =? M_SPACE_DROP_WINDOW then
    if a_sealed a then (a, m, E_SEALED, [])
    else if negb (x0 <? windows) then (a, m, E_ARG, [])
    else let '(s', e) := drop_window s x0 in (a, set_space m n s', e, [])
  else if (x0 <? s_base s) || (s_base s + s_pages s <=? x0) then (a, m, E_RANGE, [])
  else match M.find x0 (s_leaves s) with
       | None => (a, m, E_OK, [0; 0])
       | Some l => (a, m, E_OK, [l_frame l; rights_of s l])
       end.

Definition iospace_method (a : auth) (m : mem) (t n method : N) (x0 x1 x2 x3 x4 : N) (s : space)
  : outcome :=
  if method =? M_IOSPACE_UPDATE then
    let '(s', e, k) := update s (m_words m) (t * 512) x0 x1 x2 in (a, set_space m n s', e, [k])
  else if method =? M_IOSPACE_ADD_WINDOW then
    space_method a m t n M_SPACE_ADD_WINDOW x0 x1 x2 x3 x4 s
  else if method =? M_IOSPACE_DROP_WINDOW then
    space_method a m t n M_SPACE_DROP_WINDOW x0 x1 x2 x3 x4 s
  else space_method a m t n M_SPACE_ENTRY x0 x1 x2 x3 x4 s.

Definition captable_method (a : auth) (m : mem) (t n method : N) (x0 x1 x2 x3 : N) : outcome :=
  if method =? M_CAPTABLE_GRANT then let '(a', e) := grant a t n x0 x1 x2 x3 in (a', m, e, [])
  else if negb (x0 <? slots) then (a, m, E_ARG, [])
  else if method =? M_CAPTABLE_DROP then (drop a n x0, m, E_OK, [])
  else if method =? M_CAPTABLE_REDUCE then (reduce a n x0 x1, m, E_OK, [])
  else match M.find (slot n x0) (a_caps a) with
       | None => (a, m, E_OK, [0; 0; 0; 0])
       | Some c => (a, m, E_OK, [c_type c; c_object c; c_rights c; c_badge c])
       end.

Definition create_region (a : auth) (m : mem) (t x0 x1 x2 : N) : outcome :=
  if a_sealed a then (a, m, E_SEALED, [])
  else if negb (check_empty a t x0 =? E_OK) then (a, m, check_empty a t x0, [])
  else if negb (check_region m x1 x2 =? E_OK) then (a, m, check_region m x1 x2, [])
  else let '(a', e) := create a t x0 O_REGION 128 in
       (a', if e =? E_OK then {| m_spaces := m_spaces m; m_regions := m_regions m ++ [(x1, x2)];
              m_low := m_low m; m_limit := m_limit m; m_words := m_words m |} else m, e, []).

Definition partition_method (a : auth) (m : mem) (t method : N) (x0 x1 x2 : N) : outcome :=
  if method =? M_PARTITION_SEAL then let '(a', e) := seal a in (a', m, e, [])
  else if method =? M_PARTITION_CREATE_REGION then create_region a m t x0 x1 x2
  else if method =? M_PARTITION_CREATE_ENDPOINT then
    let '(a', e) := create a t x0 O_ENDPOINT 64 in (a', m, e, [])
  else let '(a', e) := create a t x0 O_NOTIFICATION 64 in (a', m, e, []).

Definition method_right (type number : N) : N :=
  fold_left (fun r p => match p with (o, k, x) =>
                          if (o =? type) && (k =? number) then x else r end) method_rights 0.

(* The same for every invocation: index, type, method, right. *)
Definition check_invoke (a : auth) (t index method : N) : N :=
  match find_cap a t index with
  | None => E_CAP
  | Some c =>
      if negb ((method / 256) mod 16 =? c_type c) then E_TYPE
      else let number := method - c_type c * 256 in
           let right := method_right (c_type c) number in
           if (32 <=? number) || (right =? 0) then E_METHOD
           else if N.land (c_rights c) right =? 0 then E_RIGHT else E_OK
  end.

Definition dispatch (a : auth) (m : mem) (t : N) (c : cap) (number : N) (x0 x1 x2 x3 x4 : N)
  : outcome :=
  if c_type c =? O_CAPTABLE then captable_method a m t (c_object c) number x0 x1 x2 x3
  else if c_type c =? O_PARTITION then partition_method a m t number x0 x1 x2
  else match M.find (c_object c) (m_spaces m) with
       | None => (a, m, E_METHOD, [])
       | Some s => if c_type c =? O_SPACE
                   then space_method a m t (c_object c) number x0 x1 x2 x3 x4 s
                   else iospace_method a m t (c_object c) number x0 x1 x2 x3 x4 s
       end.

Definition invoke_outcome (s : state) (t : N) : outcome :=
  let i := ipc_of s in
  let a := auth_of s in
  let e := check_invoke a t (gr i t 2) (gr i t 3) in
  match find_cap a t (gr i t 2) with
  | Some c => if negb (e =? E_OK) then (a, mem_of s, e, [])
              else dispatch a (mem_of s) t c (gr i t 3 - c_type c * 256)
                     (gr i t 4) (gr i t 5) (gr i t 6) (gr i t 7) (gr i t 8)
  | None => (a, mem_of s, e, [])
  end.

Fixpoint put_results (i : ipc) (t k : N) (l : list N) : ipc :=
  match l with [] => i | x :: r => put_results (set_gr i t k x) t (k + 1) r end.

Definition invoke (s : state) (t : N) : state :=
  let '(a, m, e, l) := invoke_outcome s t in
  {| auth_of := a; mem_of := m; ipc_of := set_gr (put_results (ipc_of s) t 3 l) t 2 e |}.

Definition object_at (a : auth) (t index : N) : N * N :=
  match find_cap a t index with Some c => (c_object c, c_badge c) | None => (0, 0) end.

Definition ipc_call (a : auth) (i : ipc) (t number : N) : ipc :=
  let index := gr i t 2 in
  let caller := t_caller (get_thread i t) in
  let '(object, badge) := object_at a t index in
  if number =? N_CALL then
    let e := check_cap a t index O_ENDPOINT R_ENDPOINT_CALL in
    if e =? E_OK then call i t object badge else set_gr i t 2 e
  else if number =? N_RECV then
    let e := check_cap a t index O_ENDPOINT R_ENDPOINT_RECV in
    if negb (e =? E_OK) then set_gr i t 2 e
    else match caller with
         | Some _ => set_gr i t 2 E_STATE
         | None => receive i t object (gr i t 4)
         end
  else if number =? N_REPLY then
    match caller with
    | None => set_gr i t 2 E_NO_CALLER
    | Some c => answer (set_gr i t 2 E_OK) t c
    end
  else if number =? N_REPLY_RECV then
    let e := check_cap a t index O_ENDPOINT R_ENDPOINT_RECV in
    if negb (e =? E_OK) then set_gr i t 2 e
    else match caller with
         | None => set_gr i t 2 E_NO_CALLER
         | Some c => receive (answer i t c) t object 1
         end
  else if number =? N_SIGNAL then
    let e := check_cap a t index O_NOTIFICATION R_NOTIFICATION_SIGNAL in
    let i := set_gr i t 2 e in
    if e =? E_OK then signal i object badge else i
  else if number =? N_WAIT then
    let e := check_cap a t index O_NOTIFICATION R_NOTIFICATION_WAIT in
    if negb (e =? E_OK) then set_gr i t 2 e
    else if negb (word i object =? 0) then take i object t E_OK
    else if gr i t 4 =? 0 then set_gr i t 2 E_TIMEOUT
    else set_state i t (Waiting object)
  else if (number =? N_NULL) || (number =? N_YIELD) then set_gr i t 2 E_OK
  else set_gr i t 2 E_CALL.

(* Thread t makes system call number with what its registers hold. *)
Definition step (s : state) (t number : N) : state :=
  if number =? N_INVOKE then invoke s t
  else with_ipc s (ipc_call (auth_of s) (ipc_of s) t number).

(* The deadline of a thread that waits passes: the only thing that happens without a call. *)
Definition expire (s : state) (t : N) : state :=
  match t_state (get_thread (ipc_of s) t) with
  | Receiving _ | Waiting _ =>
      with_ipc s (set_gr (set_state (ipc_of s) t Ready) t 2 E_TIMEOUT)
  | _ => s
  end.

Definition run (s : state) (calls : list (N * N)) : state :=
  fold_left (fun s c => step s (fst c) (snd c)) calls s.
