#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: what is typed on the console reaches the guest, and a command's output comes back.
# usage: shell.sh ROOT IMAGE SECONDS
set -eu
root=$1
image=$2
limit=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
mkfifo "$folder/typed"
"$root/tests/lib/make-disk" "$folder/disk" 1

# Typed when the guest asks for it, as a user does.
type_when()
{
    until grep -aqF -e "$1" "$folder/seen" 2>/dev/null; do
        sleep 0.2
        kill -0 "$$" || exit 1
    done
    sleep 1
    printf '%s\n' "$2" >&4
}

: >"$folder/seen"
{
    exec 4>"$folder/typed"
    type_when 'type exit' 'echo sum $((40 + 2)) $(uname -m)'
    type_when 'sum 42 s390x' 'exit'
} &
typist=$!
status=0
"$root/tests/lib/run-qemu" --echo --pass '^guest: stopped' --timeout "$limit" \
    --fail '^fatal|^guest: prefix |^kernel: |^init: (refused|mismatch)' \
    --input "$folder/typed" --disk "$folder/disk" --log "$folder/console" "$image" \
    >"$folder/seen" || status=$?
kill "$typist" 2>/dev/null || :
if [ "$status" != 0 ] || ! grep -aqx 'sum 42 s390x' "$folder/console"; then
    cat "$folder/seen"
    echo "shell: no answer from the guest"
    exit 1
fi
