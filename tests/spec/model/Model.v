(* SPDX-License-Identifier: BSD-2-Clause *)
(* The kernel's capabilities, spaces and IPC, as one step function on registers. Test: specification.

   A state has three parts that nothing mixes: authority, memory (Memory.v) and IPC (Ipc.v). A system
   call is a function of the registers of the thread that makes it. Numbers come from libs/abi
   through Abi.v; the order of checks is the kernel's. *)
From Coq Require Import NArith Bool List.
Require Import Abi.
Require Export Memory Ipc.
Import ListNotations.
Local Open Scope N_scope.

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
         | Some c => receive (answer i t c) t object (gr i t 3)
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
