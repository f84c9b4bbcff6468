#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a Linux guest against the same kernel and RAM disk on the bare emulator: what starting it and
# reading its disk cost, in instructions that the emulated machine executes and in CPU time of the
# emulator. The two run by turns; of the CPU times the least of each counts.
# usage: measure.sh IMAGE KERNEL INITRD ROUNDS MIB TESTS-LIB BUDGETS COUNTER
set -eu
image=$1
kernel=$2
initrd=$3
rounds=$4
mib=$5
lib=$6
budgets=$7
counter=$8
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

# cost: so far, of the emulator that runs: its CPU time in nanoseconds, all threads, or, if it counts
# them, the instructions of its machine.
cost()
{
    if [ -e "$folder/count" ]; then
        od -An -tu8 -N8 "$folder/count"
        return
    fi
    process=$(ps -o pid= --ppid "$emulator" | tr -d ' ')
    cat "/proc/$process"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

# boot KIND WHAT ARGUMENT...: notes `KIND WHAT MARK COST` for each mark on the console, and ends the
# emulator with the last. KIND is time or instructions.
boot()
{
    kind=$1
    what=$2
    shift 2
    rm -f "$folder/count"
    if [ "$kind" = instructions ]; then
        : >"$folder/count"
        set -- "$@" -plugin "$counter,into=$folder/count"
    fi
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
            echo "$kind $what $mark $(cost)" >>"$folder/measured"
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

# both KIND: one boot of each.
both()
{
    boot "$1" bare -m 256 -kernel "$kernel" -initrd "$initrd" -append 'console=ttysclp0 quiet'
    boot "$1" guest -m 512 -kernel "$image"
}

round=0
while [ "$round" -lt "$rounds" ]; do
    both time
    round=$((round + 1))
done
both instructions
awk '
function least(name, value) { if (!(name in best) || value < best[name]) best[name] = value }
FILENAME == ARGV[1] {
    if ($0 !~ /^#/ && NF == 4) { n++; name[n] = $1; kind[n] = $2; budget[n] = $3; limit[n] = $4 }
    next
}
{ of = $1 " " $2 " linux-" }
$3 == "failed" { bad = 1 }
$3 == "init" { least(of "boot", $4) }
$3 == "begin" { begin = $5 }
$3 == "end" { least(of "disk-read" ($4 == "direct" ? "-direct" : ""), $5 - begin) }
END {
    text["time"] = "times the CPU time of the bare emulator"
    text["instructions"] = "times the instructions of the bare machine"
    for (i = 1; i <= n; i++) {
        bare = best[kind[i] " bare " name[i]]
        if (bare <= 0) { printf "bench: %s: no %s was measured\n", name[i], kind[i]; bad = 1; continue }
        ratio = best[kind[i] " guest " name[i]] / bare
        verdict = ratio <= budget[i] ? "within" : "OVER"
        if (ratio > limit[i]) { verdict = "FAILED, over its limit of " limit[i] ", over"; bad = 1 }
        printf "bench: %-22s %6.2f %s (%.0f million%s), %s the budget of %s\n", name[i], ratio, text[kind[i]],
               bare / 1e6, kind[i] == "time" ? " ns" : "", verdict, budget[i]
    }
    exit bad
}' "$budgets" "$folder/measured"
