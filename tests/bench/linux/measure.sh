#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a Linux guest against the same kernel and RAM disk on the bare emulator: what starting it and
# reading its disk cost the emulator in CPU time. The two run by turns, and the least of each counts.
# usage: measure.sh IMAGE KERNEL INITRD ROUNDS MIB TESTS-LIB BUDGETS
set -eu
image=$1
kernel=$2
initrd=$3
rounds=$4
mib=$5
lib=$6
budgets=$7
folder=$(mktemp -d)
emulator=
finish()
{
    [ -z "$emulator" ] || kill "$emulator" 2>/dev/null || :
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
"$lib/make-disk" "$folder/disk" "$mib"
mkfifo "$folder/console"
: >"$folder/measured"

# cpu: CPU time of the emulator so far, in ticks.
cpu()
{
    process=$(ps -o pid= --ppid "$emulator" | tr -d ' ')
    sed 's/.*) //' "/proc/$process/stat" | awk '{ print $12 + $13 }'
}

# boot WHAT ARGUMENT...: notes `WHAT MARK TICKS` for each mark on the console, and ends the emulator
# with the last.
boot()
{
    what=$1
    shift
    timeout 120 qemu-system-s390x -M s390-ccw-virtio -cpu max -no-reboot -display none \
        -monitor none -chardev stdio,id=con,signal=off -serial chardev:con "$@" \
        -drive "if=none,id=d1,format=raw,file=$folder/disk" -device zpci,uid=1,fid=1,target=disk1 \
        -device virtio-blk-pci,id=disk1,drive=d1,iommu_platform=on,disable-legacy=on \
        </dev/null >"$folder/console" 2>"$folder/errors" &
    emulator=$!
    mark=
    while [ "$mark" != done ] && read -r line; do
        case $line in
        *"measured: "*)
            mark=$(echo "${line#*measured: }" | tr -d '\r')
            echo "$what $mark $(cpu)" >>"$folder/measured"
            ;;
        esac
    done <"$folder/console"
    kill "$emulator" 2>/dev/null || :
    wait "$emulator" 2>/dev/null || :
    emulator=
    [ "$mark" = done ] || {
        cat "$folder/errors"
        echo "bench: $what did not come to its end"
        exit 1
    }
}

round=0
while [ "$round" -lt "$rounds" ]; do
    boot bare -m 256 -kernel "$kernel" -initrd "$initrd" -append 'console=ttysclp0 quiet'
    boot guest -m 512 -kernel "$image"
    round=$((round + 1))
done
awk -v ticks="$(getconf CLK_TCK)" '
function least(name, value) { if (!(name in best) || value < best[name]) best[name] = value }
FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF == 3) { budget[$1] = $2; limit[$1] = $3; order[++n] = $1 } ; next }
$2 == "failed" { bad = 1 }
$2 == "init" { least($1 " linux-boot", $3) }
$2 == "begin" { begin = $4 }
$2 == "end" { least($1 " linux-disk-read" ($3 == "direct" ? "-direct" : ""), $4 - begin) }
END {
    for (i = 1; i <= n; i++) {
        name = order[i]
        bare = best["bare " name]
        if (bare <= 0) { printf "bench: %s was not measured\n", name; bad = 1; continue }
        ratio = best["guest " name] / bare
        verdict = ratio <= budget[name] ? "within" : "OVER"
        if (ratio > limit[name]) { verdict = "FAILED, over its limit of " limit[name] ", over"; bad = 1 }
        printf "bench: %-26s %8.2f times the CPU time of the bare emulator (%.2f s), %s the budget of %s\n",
               name, ratio, bare / ticks, verdict, budget[name]
    }
    exit bad
}' "$budgets" "$folder/measured"
