(* SPDX-License-Identifier: BSD-2-Clause *)
(* Replays a trace on the extracted model and compares every digest in it. Test: specification.
   usage: oracle < trace; exit status 0 only if everything agrees. *)
open Kernel_model

let prime = 2147483647
let mix d v = ((d * 31) + (v mod prime)) mod prime
let threads = 8
let fail line what = Printf.printf "oracle: line %d: %s\n" line what; exit 1

let empty =
  { auth_of = { a_caps = M.empty; a_sealed = false; a_counts = M.empty };
    mem_of = { m_spaces = M.empty; m_regions = []; m_low = 0; m_limit = 0; m_words = M.empty };
    ipc_of = { i_gr = M.empty; i_threads = M.empty; i_turn = M.empty; i_word = M.empty } }

let thread = { t_state = Ready; t_caller = None; t_server = None; t_bound = None; t_badge = 0 }
let state = ref empty

let set_auth a = state := { !state with auth_of = a }
let set_mem m = state := { !state with mem_of = m }
let set_ipc i = state := { !state with ipc_of = i }
let gr t k = match M.find ((t * 16) + k) !state.ipc_of.i_gr with Some x -> x | None -> 0

let set_gr t k v =
  set_ipc { !state.ipc_of with i_gr = M.add ((t * 16) + k) v !state.ipc_of.i_gr }

let code t =
  match M.find t !state.ipc_of.i_threads with
  | None -> 0
  | Some x -> (
      match x.t_state with
      | Ready -> 0 | Calling _ -> 1 | Answering -> 2 | Receiving _ -> 3 | Waiting _ -> 4)

let digest_threads () =
  let d = ref 7 in
  for t = 0 to threads - 1 do
    d := mix !d (code t);
    for k = 2 to 7 do d := mix !d (gr t k) done
  done;
  !d

let digest_caps () =
  let d = ref 7 in
  for s = 0 to (threads * slots) - 1 do
    let a, b, c, e =
      match M.find s !state.auth_of.a_caps with
      | None -> (0, 0, 0, 0)
      | Some c -> (c.c_type, c.c_object, c.c_rights, c.c_badge)
    in
    d := mix (mix (mix (mix !d a) b) c) e
  done;
  !d

let leaf_value s p =
  match M.find (s.s_base + p) s.s_leaves with
  | None -> 0
  | Some l ->
      let rights = 1 + (if l.l_write then 2 else 0) + if (not s.s_io) && l.l_exec then 4 else 0 in
      (l.l_frame * 8) + rights

let digest_leaves () =
  let d = ref 7 in
  for n = 0 to threads + 1 do
    match M.find n !state.mem_of.m_spaces with
    | None -> ()
    | Some s -> for p = 0 to s.s_pages - 1 do d := mix !d (leaf_value s p) done
  done;
  !d

let set_window n k region first pages rights =
  match M.find n !state.mem_of.m_spaces with
  | None -> ()
  | Some s ->
      let w = { w_first = first; w_pages = pages; w_rights = rights; w_region = region } in
      let s = { s with s_windows = M.add k w s.s_windows } in
      set_mem { !state.mem_of with m_spaces = M.add n s !state.mem_of.m_spaces }

let set_space n io base pages =
  let s = { s_io = io = 1; s_base = base; s_pages = pages; s_windows = M.empty;
            s_leaves = M.empty; s_updated = false } in
  set_mem { !state.mem_of with m_spaces = M.add n s !state.mem_of.m_spaces }

let set_cap table index c =
  set_auth { !state.auth_of with a_caps = M.add ((table * slots) + index) c !state.auth_of.a_caps }

let show () =
  let b = Buffer.create 500 in
  for t = 0 to threads - 1 do
    Buffer.add_string b (Printf.sprintf " thread %d state %d:" t (code t));
    for k = 2 to 7 do Buffer.add_string b (Printf.sprintf " %d" (gr t k)) done
  done;
  Buffer.contents b

let call line t number registers digest =
  List.iteri (fun i v -> set_gr t (i + 2) v) registers;
  state := step !state t number;
  if digest_threads () <> digest then fail line ("the threads differ; the model has" ^ show ())

let calls = ref 0

let compare_thread line t registers =
  let found = List.init 6 (fun i -> gr t (i + 2)) in
  if code t <> 0 then fail line "the thread has come back; in the model it still waits";
  if found <> registers then fail line ("the thread's registers differ; the model has" ^ show ())

let serve line words =
  match words with
  | "C" :: l -> (
      match List.map int_of_string l with
      | [ t; i; ty; o; r; b ] ->
          set_cap t i { c_type = ty; c_object = o; c_rights = r; c_badge = b }
      | _ -> fail line "not a capability")
  | [ "L"; low; limit ] ->
      set_mem { !state.mem_of with m_low = int_of_string low; m_limit = int_of_string limit }
  | [ "R"; first; n ] ->
      let r = (int_of_string first, int_of_string n) in
      set_mem { !state.mem_of with m_regions = !state.mem_of.m_regions @ [ r ] }
  | "S" :: l -> (
      match List.map int_of_string l with
      | [ n; io; base; pages ] -> set_space n io base pages
      | _ -> fail line "not a space")
  | "W" :: l -> (
      match List.map int_of_string l with
      | [ n; k; region; first; pages; rights ] -> set_window n k region first pages rights
      | _ -> fail line "not a window")
  | [ "B"; t; n ] ->
      let x = { thread with t_bound = Some (int_of_string n) } in
      set_ipc { !state.ipc_of with i_threads = M.add (int_of_string t) x !state.ipc_of.i_threads }
  | [ "K"; ty; n ] ->
      set_auth { !state.auth_of with
                 a_counts = M.add (int_of_string ty) (int_of_string n) !state.auth_of.a_counts }
  | [ "M"; t; k; v ] ->
      let at = (int_of_string t * 512) + int_of_string k in
      set_mem { !state.mem_of with m_words = M.add at (int_of_string v) !state.mem_of.m_words }
  | "O" :: l -> (
      incr calls;
      match List.map int_of_string l with
      | t :: number :: rest when List.length rest = 8 ->
          let registers = List.filteri (fun i _ -> i < 7) rest in
          call line t number registers (List.nth rest 7)
      | _ -> fail line "not a call")
  | [ "T"; t; digest ] ->
      state := expire !state (int_of_string t);
      if digest_threads () <> int_of_string digest then
        fail line ("the threads differ; the model has" ^ show ())
  | "X" :: l -> (
      incr calls;
      match List.map int_of_string l with
      | t :: number :: registers when List.length registers = 7 ->
          List.iteri (fun i v -> set_gr t (i + 2) v) registers;
          state := step !state t number
      | _ -> fail line "not a call")
  | "E" :: l -> (
      match List.map int_of_string l with
      | t :: registers when List.length registers = 6 -> compare_thread line t registers
      | _ -> fail line "not the end of a call")
  | [ "D"; caps; leaves ] ->
      if digest_caps () <> int_of_string caps then fail line "the capabilities differ";
      if digest_leaves () <> int_of_string leaves then fail line "the leaves differ"
  | _ -> fail line "not a line of a trace"

let () =
  let line = ref 0 in
  (try
     while true do
       incr line;
       serve !line (String.split_on_char ' ' (input_line stdin))
     done
   with End_of_file -> ());
  if !calls = 0 then fail 0 "the trace has no call";
  Printf.printf "oracle: %d calls agree\n" !calls
