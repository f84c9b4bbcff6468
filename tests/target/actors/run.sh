#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: eight processes make random calls on the running kernel; the model must agree with each.
# usage: run.sh IMAGE ORACLE   (the oracle: tests/spec/model)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib=$here/../../lib
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$lib/with-disk" 1 any "$lib/run-qemu" --timeout 150 --log "$folder/console" \
    --pass '^actors: [0-9]+ calls of 8 processes' \
    --fail '^fatal|^kernel: |^init: refused|bytes of output lost' "$1"
"$here/trace" "$folder/console" >"$folder/trace"
"$2" <"$folder/trace"
