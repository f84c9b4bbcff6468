# SPDX-License-Identifier: BSD-2-Clause
# Host tool: `run` boots the system `native`, whose driver reads a disk through I/O translation
# tables (a hostile program has a second one), and compares the hash that it prints with the host's;
# `bench` prints the measurements.
# shellcheck shell=sh

BH_RUN_DISK_MIB=16

command_run()
{
    [ $# = 0 ] || usage_error "run takes no arguments"
    need run
    build_preset s390x-release system-native
    run_dir=$(mktemp -d)
    trap 'rm -rf "$run_dir"' EXIT
    trap 'exit 130' INT TERM HUP
    "$BH_ROOT/tests/lib/make-disk" "$run_dir/disk" "$BH_RUN_DISK_MIB"
    "$BH_ROOT/tests/lib/make-disk" "$run_dir/hostile-disk" 1
    ours=$(sha256sum <"$run_dir/disk" | cut -d ' ' -f 1)
    say "booting systems/native.dts on QEMU with a virtio disk of $BH_RUN_DISK_MIB MiB on PCI"
    "$BH_ROOT/tests/lib/run-qemu" --echo --pass '^driver: done' --timeout 300 \
        --disk "$run_dir/disk" --disk "$run_dir/hostile-disk" --log "$run_dir/console" \
        "$BH_ROOT/build/s390x-release/systems/native.elf" ||
        die "the system did not reach 'driver: done': its console is above"
    run_compare "$run_dir" "$ours"
    run_compare_pattern "$run_dir"
}

# run_compare DIR HASH: the line `driver: disk sha256 HASH bytes N` must say what the host saw.
run_compare()
{
    theirs=$(sed -n 's/^driver: disk sha256 \([0-9a-f]\{64\}\) bytes [0-9]*\r*$/\1/p' "$1/console")
    bytes=$(sed -n 's/^driver: disk sha256 [0-9a-f]* bytes \([0-9]*\)\r*$/\1/p' "$1/console")
    [ -n "$theirs" ] || die "the system printed no line 'driver: disk sha256 ... bytes ...'"
    [ "$2" = "$theirs" ] || die "the disk was read wrongly: SHA-256 $theirs there, $2 here"
    [ "$bytes" = $((BH_RUN_DISK_MIB * 1048576)) ] || die "the system read $bytes bytes of the disk only"
    say "the disk's SHA-256 is the same there and here ($bytes bytes)"
}

# run_compare_pattern DIR: the last 64 KiB of the disk hold what the driver wrote: byte i is
# (i * 7 + 3) modulo 256.
run_compare_pattern()
{
    awk 'BEGIN { for (i = 0; i < 65536; i++) printf "%02x\n", (i * 7 + 3) % 256 }' >"$1/pattern"
    tail -c 65536 "$1/disk" | od -An -v -tx1 -w1 | tr -d ' ' >"$1/written"
    cmp -s "$1/pattern" "$1/written" || die "the pattern that the driver wrote is not in the disk"
    say "the pattern that the driver wrote is in the disk's file: run passed"
}

command_bench()
{
    [ $# = 0 ] || usage_error "bench takes no arguments"
    need test
    build_preset s390x-release
    (cd "$BH_ROOT" && ctest --preset s390x-release -L '^bench$' -V --no-tests=error \
        >build/bench.log 2>&1) || {
        tail -n 30 "$BH_ROOT/build/bench.log" >&2
        die "a measurement failed or is over its budget (all of it: build/bench.log)"
    }
    sed -n 's/^[0-9]*: \(bench: \)/\1/p' "$BH_ROOT/build/bench.log"
}
