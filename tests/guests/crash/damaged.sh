#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a guest's kernel that the checker has seen whole, and that is damaged when the VMM gets it, ends
# with one line that says so.
# usage: damaged.sh ROOT IMAGE SECONDS
set -eu
BH_ROOT=$1
image=$2
limit=$3
. "$BH_ROOT/tests/lib/expect.sh"
. "$BH_ROOT/cmake/sh/common.sh"
. "$BH_ROOT/cmake/sh/run.sh"
"$BH_ROOT/tests/lib/make-disk" "$folder/disk" 1

# boot_without TEXT: boots the image after its last TEXT, which is in the guest's kernel, is gone.
boot_without()
{
    cp "$image" "$folder/image"
    at=$(grep -abo "$1" "$image" | tail -n 1 | cut -d : -f 1)
    printf '????' | dd of="$folder/image" bs=1 seek="$at" conv=notrunc 2>/dev/null
    "$BH_ROOT/tests/lib/run-qemu" --pass '^vmm: guest: stopped' --fail "$BH_RUN_FAILED" \
        --timeout "$limit" --disk "$folder/disk" "$folder/image"
}
expect 1 "vmm: fatal: the guest's kernel is no Linux kernel for s390x" boot_without S390EP
expect 1 "vmm: fatal: the guest's kernel is truncated" boot_without zIPL
verdict
