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

# What has to be on the console, and in which order: of what processes print, and of the records,
# which are printed later than they are made. Partition 1 is the guest's; thread 1 is its VMM, thread
# 3 the witness, and reason 3 an instruction.
awk '
    function follow(list, want) {
        if ($0 ~ want[at[list]]) at[list]++
    }
    BEGIN {
        lines[1] = "^linux: alone: the VMM may go$"
        lines[2] = "^witness: 2000 refreshes, 0 refused, 20[0-9] pages mapped, 0 of 256 pages wrong$"
        lines[3] = "^audit: PORTAL_TIMEOUT partition 1 thread [0-9]+ 0x3 "
        records[1] = "^audit: THREAD_END partition 1 thread 1 "
        records[2] = "^audit: THREAD_END partition 1 thread 3 "
        records[3] = lines[3]
        at["lines"] = at["records"] = 1
    }
    at["lines"] <= 3 { follow("lines", lines) }
    at["records"] <= 3 { follow("records", records) }
    END {
        if (at["lines"] <= 3) print "alone: no line " lines[at["lines"]] " in its place"
        if (at["records"] <= 3) print "alone: no record " records[at["records"]] " in its place"
        exit at["lines"] <= 3 || at["records"] <= 3
    }
' "$folder/console" || { cat "$folder/console"; exit 1; }
