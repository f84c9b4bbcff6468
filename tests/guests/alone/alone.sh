#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: RPCITs are served while there is no VMM: its process has ended, the I/O space follows the
# guest's tables all the same, and only the exit that does need a VMM is not answered.
# usage: alone.sh IMAGE TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$2/make-disk" "$folder/disk" 1
"$2/run-qemu" --timeout 100 --disk "$folder/disk" --log "$folder/console" \
    --pass '^audit: PARTITION_STOP partition 1 ' \
    --fail '^vmm: (fatal|guest: .* PSW)|^witness: fatal|^kernel: |^init: (refused|mismatch)' "$1"

# What has to be on the console, in this order. Partition 1 is the guest's; thread 1 is its VMM, and
# reason 3 an instruction.
awk '
    BEGIN {
        want[1] = "^linux: alone: the VMM may go$"
        want[2] = "^audit: THREAD_END partition 1 thread 1 "
        want[3] = "^witness: 2000 refreshes, 0 refused, 20[0-9] pages mapped, 0 of 256 pages wrong$"
        want[4] = "^audit: PORTAL_TIMEOUT partition 1 thread [0-9]+ 0x3 "
        next_line = 1
    }
    next_line <= 4 && $0 ~ want[next_line] { next_line++ }
    END { if (next_line <= 4) { print "alone: no line " want[next_line] " in its place"; exit 1 } }
' "$folder/console" || { cat "$folder/console"; exit 1; }
