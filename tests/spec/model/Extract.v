(* SPDX-License-Identifier: BSD-2-Clause *)
(* The model as an OCaml module. Numbers become OCaml's 63-bit integers: the traces keep below that.
   Test: specification. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlZInt.
Require Import Memory Ipc Model.
Extract Inlined Constant Coq.NArith.BinNat.N.land => "(land)".
Extract Inlined Constant Coq.NArith.BinNat.N.lor => "(lor)".
Extraction "kernel_model.ml" step expire M.find M.add M.empty.
