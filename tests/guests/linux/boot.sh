#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a Linux guest does its job on a PCI disk: the SHA-256 that it prints is the one of this
# machine, the pattern that it writes is in the disk, nothing else changed, and no PCI error happened.
# usage: boot.sh ROOT IMAGE MIB SECONDS [--line LINE | --least NUMBER STATISTIC | --none STATISTIC]...
# Each LINE must be on the console besides, as a whole line; a STATISTIC must have at least this
# NUMBER, or be 0.
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

# statistic NAME: its number; the test fails without one.
statistic()
{
    number=$(sed -n "s/^vmm: statistics: $1 \([0-9]*\)\$/\1/p" "$run_dir/console")
    [ -n "$number" ] || die "no statistic '$1' on the console"
    echo "$number"
}

"$BH_ROOT/tests/lib/make-disk" "$run_dir/disk" "$mib"
run_hash_disk
"$BH_ROOT/tests/lib/run-qemu" --pass '^vmm: guest: stopped' --fail "$BH_RUN_FAILED" \
    --timeout "$limit" --disk "$run_dir/disk" --log "$run_dir/console" "$image"
run_compare "linux: guest: disk" "the guest"
! grep -a 'reports an error\|I/O error' "$run_dir/console" || die "the disk had an error: see above"
while [ $# -gt 0 ]; do
    case $1 in
    --line) grep -qxF -e "$2" "$run_dir/console" || die "no line '$2' on the console" ;;
    --least)
        number=$(statistic "$3")
        [ "$number" -ge "$2" ] || die "$3: $number, not $2 at least"
        shift
        ;;
    --none)
        number=$(statistic "$2")
        [ "$number" = 0 ] || die "$2: $number, not 0"
        ;;
    *) die "unknown argument '$1'" ;;
    esac
    shift 2
done
