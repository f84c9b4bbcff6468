#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a Linux guest does its job on a PCI disk: the SHA-256 that it prints is the one of this
# machine, the pattern that it writes is in the disk, and nothing else changed.
# usage: boot.sh ROOT IMAGE MIB SECONDS [LINE...]
# Each LINE must be on the console besides, as a whole line.
set -eu
BH_ROOT=$1
image=$2
mib=$3
limit=$4
shift 4
. "$BH_ROOT/cmake/sh/common.sh"
. "$BH_ROOT/cmake/sh/run.sh"
run_dir=$(mktemp -d)
trap 'rm -rf "$run_dir"' EXIT
trap 'exit 130' INT TERM HUP

"$BH_ROOT/tests/lib/make-disk" "$run_dir/disk" "$mib"
run_hash_disk
"$BH_ROOT/tests/lib/run-qemu" --pass '^vmm: guest: stopped' --fail "$BH_RUN_FAILED" \
    --timeout "$limit" --disk "$run_dir/disk" --log "$run_dir/console" "$image"
run_compare "linux: guest: disk" "the guest"
for line in "$@"; do
    grep -qxF -e "$line" "$run_dir/console" || die "no line '$line' on the console"
done
