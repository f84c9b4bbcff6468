#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a Linux guest's user space prints the same as on the bare emulator with the same kernel and
# RAM disk, and while it sleeps the emulator hardly computes: the virtual CPU waits.
# usage: stress.sh ROOT IMAGE KERNEL INITRD SECONDS
set -eu
root=$1
image=$2
kernel=$3
initrd=$4
limit=$5
folder=$(mktemp -d)
runner=
finish()
{
    [ -z "$runner" ] || kill "$runner" 2>/dev/null || :
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
ticks=$(getconf CLK_TCK)
"$root/tests/lib/make-disk" "$folder/disk" 1

# emulator: the process of QEMU, a grandchild: the runner has `timeout` between.
emulator()
{
    for child in $(ps -o pid= --ppid "$runner"); do
        ps -o pid=,comm= --ppid "$child" | awk '$2 ~ /^qemu/ { print $1 }'
    done
}

# cpu PROCESS: its CPU time in ticks.
cpu()
{
    sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

# await LINE: it is on the guest's console; fails when the emulator ends first.
await()
{
    until grep -aq "^linux: stress: $1" "$folder/guest"; do
        kill -0 "$runner" 2>/dev/null || return 1
        sleep 0.05
    done
}

# boot_guest: sets idle_cpu and idle_time, in ticks, of the guest's sleep.
boot_guest()
{
    : >"$folder/guest"
    "$root/tests/lib/run-qemu" --echo --pass '^vmm: guest: stopped' --timeout "$limit" \
        --fail '^vmm: (fatal|guest: prefix )|^kernel: |^init: (refused|mismatch)' \
        --disk "$folder/disk" "$image" >"$folder/guest" &
    runner=$!
    idle_cpu= idle_time=
    if await 'idle begins'; then
        process=$(emulator)
        before=$(cpu "$process") start=$(date +%s%N)
        await 'idle ends'
        idle_cpu=$(($(cpu "$process") - before))
        idle_time=$((($(date +%s%N) - start) / (1000000000 / ticks)))
    fi
    status=0
    wait "$runner" || status=$?
    runner=
    [ "$status" = 0 ] || { cat "$folder/guest"; exit 1; }
}

boot_bare()
{
    "$root/tests/lib/run-qemu" --pass '^stress: done' --timeout "$limit" --memory 256 \
        --log "$folder/bare" "$kernel" -- -initrd "$initrd" -append 'console=ttysclp0 quiet'
}

boot_guest
boot_bare
sed -n 's/^linux: \(stress: .*\)/\1/p' "$folder/guest" | tr -d '\r' >"$folder/guest.lines"
grep -a '^stress: ' "$folder/bare" >"$folder/bare.lines"
grep -qx 'stress: done' "$folder/bare.lines" || { cat "$folder/bare"; exit 1; }
diff -u --label bare --label guest "$folder/bare.lines" "$folder/guest.lines"
echo "the same $(wc -l <"$folder/bare.lines") lines; idle: $idle_cpu of $idle_time ticks"
[ $((idle_cpu * 4)) -lt "$idle_time" ] || {
    echo "the guest does not wait while it sleeps"
    exit 1
}
