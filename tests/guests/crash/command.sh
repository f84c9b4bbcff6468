#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: `run` with another kernel, no RAM disk, another command line and another disk: all of them reach
# the guest, which crashes, and its memory shows it. A kernel that was cut off is refused before.
# usage: command.sh ROOT
set -eu
root=$1
. "$root/tests/lib/expect.sh"
kernel=$root/build/s390x-release/guests/crash.img
[ -f "$kernel" ] || {
    echo "SKIP: preset s390x-release is not built"
    exit 77
}
cd "$folder"
head -c 70000 "$kernel" >cut-off
"$root/tests/lib/make-disk" disk 1
hash=$(sha256sum <disk)

expect 1 'vmm: guest: disabled wait PSW 0002000180000000 000000000000dead' "$root/bulkhead" run \
    --guest-kernel "$kernel" --initrd none --cmdline 'first second' --disk disk --dump dump
expect_last 'bulkhead: the guest did not power off: its console is above'
# What QEMU and Linux call parameters: size of the RAM disk, then the command line.
found=$(dd if=dump bs=1 skip=$((0x10480)) count=12 2>/dev/null)
[ "$found" = 'first second' ] || not_ok "the command line is '$found'"
[ "$(od -An -tx1 -j $((0x10410)) -N 8 dump | tr -d ' ')" = 0000000000000000 ] ||
    not_ok "there is a RAM disk"
[ "$hash" = "$(sha256sum <disk)" ] || not_ok "the disk's file has changed"

expect 1 "bulkhead: no guest from $folder/cut-off and none: see above" "$root/bulkhead" run \
    --guest-kernel cut-off --initrd none
grep -q 'error: \[image-format\] kernel "vmlinuz" is truncated$' "$folder/out" ||
    not_ok "no reason but: $(cat "$folder/out")"
verdict
