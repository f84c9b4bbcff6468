#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: when init refuses the system, the machine stops by itself, in a disabled wait that says why.
# usage: refusal.sh IMAGE TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# The functions that the system needs are not there. Status 3: QEMU ended without being killed.
status=0
"$2/run-qemu" --timeout 60 --log "$folder/console" --pass '^init: sealed' --fail '^hello|^driver:' \
    "$1" -- -d guest_errors -D "$folder/qemu" >"$folder/out" 2>&1 || status=$?
tail -n 3 "$folder/console" "$folder/qemu"
[ "$status" = 3 ] || { echo "run-qemu ended with status $status"; exit 1; }
grep -q '^init: refused: ' "$folder/console"
[ "$(tail -n 1 "$folder/console")" = "kernel: stopped: init has not built a system" ]
grep -qi 'disabled-wait' "$folder/qemu"
grep -qi ' 0x0*b1d$' "$folder/qemu"
