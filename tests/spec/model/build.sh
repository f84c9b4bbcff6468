#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: compiles the model, proves the laws without axioms, extracts the oracle.
# usage: build.sh ROOT FOLDER   (result: FOLDER/oracle)
set -eu
mkdir -p "$2"
cd "$2"
sh "$1/tests/spec/model/make-abi.sh" "$1" Abi.v
for part in Memory Ipc Model Laws Extract; do
    cp "$1/tests/spec/model/$part.v" .
done
if grep -nE 'Admitted|admit|Axiom|Parameter|Hypothesis' Memory.v Ipc.v Model.v Laws.v; then
    echo "model: the lines above assume what is to be proved" >&2
    exit 1
fi
coqc -q -R . "" Abi.v
for part in Memory Ipc Model; do
    coqc -q -R . "" "$part.v"
done
coqc -q -R . "" Laws.v >assumptions
closed=$(grep -c '^Closed under the global context$' assumptions || :)
[ "$closed" = 2 ] || {
    echo "model: a theorem rests on axioms:" >&2
    cat assumptions >&2
    exit 1
}
coqc -q -R . "" Extract.v >extract.log 2>&1 || { cat extract.log >&2; exit 1; }
rm -f kernel_model.mli
cp "$1/tests/spec/model/oracle.ml" .
ocamlopt -O3 -w -a kernel_model.ml oracle.ml -o oracle.new
mv oracle.new oracle
echo "model: both laws hold for every run, without axioms"
