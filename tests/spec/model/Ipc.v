(* SPDX-License-Identifier: BSD-2-Clause *)
(* Threads, endpoints, notifications and replies of the model. Time is left out: a deadline is 0
   (poll) or anything else (for ever). Test: specification. *)
From Coq Require Import NArith Bool List.
Require Import Abi Memory.
Import ListNotations.
Local Open Scope N_scope.

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

