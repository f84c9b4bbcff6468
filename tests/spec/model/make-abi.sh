#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: the numbers of libs/abi as Coq definitions. usage: make-abi.sh ROOT OUTPUT
set -eu
{
    echo "(* Made from libs/abi by tests/spec/model/make-abi.sh. *)"
    echo "From Coq Require Import NArith List. Import ListNotations. Local Open Scope N_scope."
    gcc -E -P -I "$1" -x c "$1/tests/spec/model/abi.v.in" |
        sed -e 's/0x\([0-9a-fA-F]*\)/\n&\n/g' | while IFS= read -r word; do
        case $word in
        0x*) printf '%d' "$word" ;;
        *) printf '%s ' "$word" ;;
        esac
    done | sed 's/\. *Definition/.\nDefinition/g'
    echo
} >"$2"
