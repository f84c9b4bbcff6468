#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: bad processes are contained, with an audit record each, and others run on.
# usage: containment.sh IMAGE TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# The loop of `looper` never ends: what comes after it proves that it is preempted.
"$2/run-qemu" --timeout 120 --pass '^caller: 20000 calls answered' --log "$folder/console" "$1"

# Partitions are numbered in the order of the description, from 1; threads likewise.
bad=0
line()
{
    grep -Eq "$1" "$folder/console" && return
    echo "containment: the console has no line $1"
    bad=1
}
none()
{
    ! grep -Eq "$1" "$folder/console" && return
    echo "containment: the console has a line $1"
    bad=1
}
line '^audit: FAULT partition 2 thread 2 0x[0-9a-f]+ '
line '^audit: PARTITION_STOP partition 2 thread 2 0x3 0x2 '
line '^audit: FAULT partition 3 thread 3 0x[0-9a-f]+ '
line '^audit: PARTITION_STOP partition 3 thread 3 0x3 0x3 '
line '^audit: PORTAL_TIMEOUT partition 4 thread 4 0x1 0x5 '
line '^audit: PARTITION_STOP partition 4 thread 4 0x7 0x4 '
none '^audit: PARTITION_STOP partition [156] '
[ "$bad" = 0 ] || cat "$folder/console"
exit "$bad"
