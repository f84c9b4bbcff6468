#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a guest that ends in a disabled wait fails a run, with its PSW and registers on the console and
# its memory in a file.
# usage: crash.sh ROOT IMAGE SECONDS
set -eu
BH_ROOT=$1
image=$2
limit=$3
. "$BH_ROOT/tests/lib/expect.sh"
. "$BH_ROOT/cmake/sh/common.sh"
. "$BH_ROOT/cmake/sh/run.sh"
run_dir=$folder
dump=$folder/dump
"$BH_ROOT/tests/lib/make-disk" "$folder/disk" 1

expect 1 'bulkhead: the guest did not power off: its console is above' \
    eval '(run_guest --pass "^vmm: guest: stopped" --timeout "$limit" --fail "$BH_RUN_FAILED")'
shown()
{
    grep -qxF -e "$1" "$folder/out" || not_ok "no line '$1' but: $(cat "$folder/out")"
}
shown "bulkhead: the guest's memory is in $dump: byte n is its absolute address n"
shown 'vmm: guest: disabled wait PSW 0002000180000000 000000000000dead'
for first in 0 4 8 12; do
    line=$(printf 'vmm: guest: gr%-2d' $first)
    for n in 0 1 2 3; do
        line="$line $(printf '11111111%08x' $((first + n)))"
    done
    shown "$line"
done
shown 'vmm: guest: cr12 0000000000000000 0000000000000000 00000000c2000000 0000000000000000'
shown 'vmm: guest: prefix 00000000'

[ "$(wc -c <"$dump")" = 268435456 ] || not_ok "the dump has $(wc -c <"$dump") bytes"
mark=$(dd if="$dump" bs=8 skip=$((0x200000 / 8)) count=1 2>/dev/null)
[ "$mark" = bulkhead ] || not_ok "in the dump is '$mark'"
cmp -s -n 32 -i 0x10900:0x10900 "$BH_RUN_BUILD/guests/crash.img" "$dump" ||
    not_ok "the dump does not hold the guest's image"
verdict
