# SPDX-License-Identifier: BSD-2-Clause
# Host tool: `run` boots the system `native`, whose driver reads a disk through I/O translation
# tables, and compares the hash that it prints with the host's; `bench` prints the measurements.
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
    say "booting systems/native.dts on QEMU with a virtio disk of $BH_RUN_DISK_MIB MiB on PCI"
    "$BH_ROOT/tests/lib/run-qemu" --echo --pass '^native: done' --timeout 300 \
        --disk "$run_dir/disk" --log "$run_dir/console" \
        "$BH_ROOT/build/s390x-release/systems/native.elf" ||
        die "the system did not reach 'native: done': its console is above"
    run_compare "$run_dir"
}

# run_compare DIR: one line `native: disk sha256 HASH bytes N` must say what the host sees.
run_compare()
{
    ours=$(sha256sum <"$1/disk" | cut -d ' ' -f 1)
    theirs=$(sed -n 's/^native: disk sha256 \([0-9a-f]\{64\}\) bytes [0-9]*$/\1/p' "$1/console")
    bytes=$(sed -n 's/^native: disk sha256 [0-9a-f]* bytes \([0-9]*\)$/\1/p' "$1/console")
    [ -n "$theirs" ] || die "the system printed no line 'native: disk sha256 ... bytes ...'"
    [ "$ours" = "$theirs" ] ||
        die "the disk was read wrongly: SHA-256 $theirs there, $ours here"
    [ "$bytes" = $((BH_RUN_DISK_MIB * 1048576)) ] || die "the system read $bytes bytes of the disk only"
    say "the disk's SHA-256 is the same there and here ($bytes bytes): run passed"
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
