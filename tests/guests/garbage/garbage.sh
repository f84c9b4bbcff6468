#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: garbage in every field, and tables that a device rewrites while they are walked, end in
# results and exceptions: the guest comes to its own end and its disk works, and the memory of another
# partition is as it was.
# usage: garbage.sh IMAGE SECONDS TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$3/make-disk" "$folder/disk" 1
"$3/run-qemu" --timeout "$2" --memory 256 --disk "$folder/disk" --log "$folder/console" \
    --pass '^bystander: untouched: 16384 KiB$' \
    --fail '^linux: garbage: (fatal|FAILED)|^contract: fatal|^vmm: (fatal|guest: .* PSW)|^kernel: |^init: (refused|mismatch)|^bystander: (TOUCHED|fatal)|^audit: (FAULT|PORTAL)' \
    "$1"

line()
{
    grep -Eq "$1" "$folder/console" && return
    echo "garbage: the console has no line $1"
    cat "$folder/console"
    exit 1
}
line '^vmm: guest: stopped$'
line '^linux: garbage: rewritten tables: rounds [0-9]+, good [1-9][0-9]*, changed under a refresh [1-9]'
line '^linux: garbage: fuzzed: [0-9]{4,} attempts, refused [0-9]{3,}, interrupted [0-9]{3,}, transfers to the litter [1-9]'
line '^linux: garbage: the disk works$'
