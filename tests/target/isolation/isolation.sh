#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: partition 1 is stopped, or goes on, and its neighbour, partition 3, does not notice.
# usage: isolation.sh IMAGE TESTS-LIB LINE...
# Each LINE is a regular expression that a line of the console must match, one behind the other.
set -eu
image=$1
lib=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$lib/make-disk" "$folder/disk" 1
"$lib/run-qemu" --timeout 120 --pass '^neighbour: [0-9]+ ticks' --log "$folder/console" \
    --fail '^neighbour: BREACH|^kernel: |^init: (refused|mismatch)' --disk "$folder/disk" "$image"

bad=0
at=0 # lines of the console up to the last one that was expected
next()
{
    found=$(tail -n "+$((at + 1))" "$folder/console" | grep -aEn -m 1 -e "$1" | cut -d : -f 1) || :
    if [ -n "$found" ]; then
        at=$((at + found))
        return
    fi
    echo "isolation: the console has no line $1 behind line $at"
    bad=1
}
none()
{
    ! grep -aEq -e "$1" "$folder/console" && return
    echo "isolation: the console has a line $1"
    bad=1
}
for expected in "$@"; do
    next "$expected"
done
grep -aEq '^neighbour: [0-9]+ ticks, 0 breaches, ' "$folder/console" || bad=1
none 'BREACH'
none '^audit: (FAULT|PARTITION_STOP|THREAD_STOP) partition [023] '
[ "$bad" = 0 ] || cat "$folder/console"
exit "$bad"
