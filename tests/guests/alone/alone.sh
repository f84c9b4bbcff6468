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

# What has to be on the console: the audit records in this order, the lines of guest and witness
# anywhere, for they come another way. Partition 1 is the guest's; thread 1 is its VMM, thread 3 the
# witness, which ends when it has looked; reason 3 is an instruction.
awk '
    BEGIN {
        record[1] = "^audit: THREAD_END partition 1 thread 1 "
        record[2] = "^audit: THREAD_END partition 1 thread 3 "
        record[3] = "^audit: PORTAL_TIMEOUT partition 1 thread [0-9]+ 0x3 "
        line[1] = "^linux: alone: the VMM may go$"
        line[2] = "^witness: 2000 refreshes, 0 refused, 20[0-9] pages mapped, 0 of 256 pages wrong$"
        next_record = 1
    }
    next_record <= 3 && $0 ~ record[next_record] { next_record++ }
    { for (i in line) if ($0 ~ line[i]) delete line[i] }
    END {
        if (next_record <= 3) { print "alone: no record " record[next_record] " in its place"; exit 1 }
        for (i in line) { print "alone: no line " line[i]; exit 1 }
    }
' "$folder/console" || { cat "$folder/console"; exit 1; }
