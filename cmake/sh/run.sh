# SPDX-License-Identifier: BSD-2-Clause
# Host tool: `run` boots a guest, or with --native the system `native`, and compares what it says of
# its disk with the disk's file; `bench` prints the measurements.
# shellcheck shell=sh

BH_RUN_DISK_MIB=16
BH_RUN_PATTERN=65536
BH_RUN_BUILD=$BH_ROOT/build/s390x-release
# The last line of what the VMM says of a guest that crashed is its prefix.
BH_RUN_FAILED='^vmm: (fatal|guest: prefix )|^linux: guest: failed|^kernel: |^init: (refused|mismatch)'

# run_options ARGUMENT...: sets native, run_release, shell, and disk, guest_kernel, initrd, cmdline,
# dump if they were given; custom if the guest is not the one that comes with the project.
run_options()
{
    native= run_release=debian12 shell= disk= guest_kernel= initrd= cmdline= dump= custom=
    guest_option=
    while [ $# -gt 0 ]; do
        case $1 in
        --native) native=yes; shift; continue ;;
        --shell) shell=yes; guest_option=$1; shift; continue ;;
        --disk | --guest-kernel | --initrd | --cmdline | --dump | --kernel)
            [ -n "${2:-}" ] || usage_error "$1 needs a value"
            ;;
        *) usage_error "run: unknown argument '$1'" ;;
        esac
        guest_option=$1
        case $1 in
        --disk) disk=$2 ;;
        --guest-kernel) guest_kernel=$2; custom=yes ;;
        --initrd) initrd=$2; custom=yes ;;
        --cmdline) cmdline=$2; custom=yes ;;
        --dump) dump=$2 ;;
        --kernel) run_release=$2 ;;
        esac
        shift 2
    done
    run_check_options
}

run_check_options()
{
    [ -z "$native" ] || [ -z "$guest_option" ] || usage_error "--native has no guest for $guest_option"
    case $run_release in
    debian12 | debian13) ;;
    *) usage_error "--kernel is debian12 or debian13, not '$run_release'" ;;
    esac
    case $cmdline in
    *[\"\\]*) usage_error "--cmdline: neither quotes nor backslashes" ;;
    esac
    for file in "$disk" "$guest_kernel" "$initrd"; do
        [ -z "$file" ] || [ "$file" = none ] || [ -f "$file" ] || die "no such file: $file"
        [ ! -f "$file" ] || [ -r "$file" ] || die "cannot read $file"
    done
    run_check_dump
}

run_check_dump()
{
    case $dump in
    '') return ;;
    *[\"\\]*) usage_error "--dump: neither quotes nor backslashes" ;;
    esac
    [ ! -d "$dump" ] || die "$dump is a folder"
    (: >>"$dump") 2>/dev/null || die "cannot write to $dump"
}

command_run()
{
    run_options "$@"
    need run
    run_dir=$(mktemp -d)
    trap 'rm -rf "$run_dir"' EXIT
    trap 'exit 130' INT TERM HUP
    if [ -n "$native" ]; then
        run_native
    else
        run_linux
    fi
}

run_native()
{
    build_preset s390x-release system-native
    "$BH_ROOT/tests/lib/make-disk" "$run_dir/disk" "$BH_RUN_DISK_MIB"
    "$BH_ROOT/tests/lib/make-disk" "$run_dir/hostile-disk" 1
    run_hash_disk
    say "booting systems/native.dts on QEMU with a virtio disk of $BH_RUN_DISK_MIB MiB on PCI"
    "$BH_ROOT/tests/lib/run-qemu" --echo --pass '^driver: done' --timeout 300 \
        --disk "$run_dir/disk" --disk "$run_dir/hostile-disk" --log "$run_dir/console" \
        "$BH_RUN_BUILD/systems/native.elf" ||
        die "the system did not reach 'driver: done': its console is above"
    run_compare "driver: disk" "the driver"
}

# absolute FILE: its path from the root; `none` stays.
absolute()
{
    case $1 in
    none | /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
    esac
}

# run_describe: the description of the system linux-run, from the one that comes with the project.
run_describe()
{
    base=linux-pci
    [ -z "$shell" ] || base=linux-shell
    mkdir -p "$BH_ROOT/build/run"
    {
        echo "/include/ \"systems/$base.dts\""
        echo '&linux {'
        [ -z "$cmdline" ] || echo "    command-line = \"$cmdline\";"
        [ "$initrd" != none ] || echo '    /delete-property/ initrd;'
        echo '};'
    } >"$BH_ROOT/build/run/linux-run.dts"
}

# The release's own files, unless others were given.
run_guest_kernel()
{
    for file in "$BH_CACHE/$run_release"/boot/vmlinuz-*; do
        absolute "${guest_kernel:-$file}"
    done
}

run_guest_initrd()
{
    case $initrd in
    '' | none) echo "$BH_RUN_BUILD/guests/$run_release.cpio" ;;
    *) absolute "$initrd" ;;
    esac
}

# run_build: the image; sets image.
run_build()
{
    image=linux-pci
    [ -z "$shell" ] || image=linux-shell
    [ "$run_release" = debian12 ] || image=$image-$run_release
    if [ -n "$custom" ]; then
        build_preset s390x-release kernel init-flat vmm translator console
        run_build_custom
    else
        build_preset s390x-release "system-$image"
    fi
    image=$BH_RUN_BUILD/systems/$image.elf
}

# run_build_custom: the same for what was asked for. The check of the description and of the files is
# a part of that: what it found is all that is shown.
run_build_custom()
{
    image=linux-run
    run_describe
    set -- "-DBH_RUN_DTS=$BH_ROOT/build/run/linux-run.dts" "-DBH_RUN_SHELL=$shell" \
        "-DBH_RUN_KERNEL=$(run_guest_kernel)" "-DBH_RUN_INITRD=$(run_guest_initrd)"
    (cd "$BH_ROOT" && cmake --preset s390x-release "$@") >"$run_dir/build" 2>&1 || {
        tail -n 30 "$run_dir/build" >&2
        die "configuring s390x-release failed; './bulkhead clean' starts afresh"
    }
    (build_preset s390x-release "system-$image") >"$run_dir/build" 2>&1 || {
        grep ': error: ' "$run_dir/build" >&2 || tail -n 30 "$run_dir/build" >&2
        die "no guest from $(run_guest_kernel) and ${initrd:-$(run_guest_initrd)}: see above"
    }
}

# The guest gets a copy, so that the file stays as it is.
run_copy_disk()
{
    if [ -n "$disk" ]; then
        cp --reflink=auto --sparse=always "$disk" "$run_dir/disk" ||
            die "cannot copy $disk: is there room in ${TMPDIR:-/tmp}?"
        chmod u+w "$run_dir/disk"
    else
        "$BH_ROOT/tests/lib/make-disk" "$run_dir/disk" "$BH_RUN_DISK_MIB"
    fi
}

# guest_region: base and size of the guest's memory, from the report on the description.
guest_region()
{
    "$BH_RUN_BUILD/host-tools/bin/bulkhead-check" "$BH_ROOT/systems/linux-pci.dts" -i "$BH_ROOT" \
        --report | awk '$1 == "region" { range[$2] = $4 " " $6 } $1 == "guest" { print range[$4] }'
}

# run_guest OPTION...: boots the image with the disk, and keeps the guest's memory if $dump says so.
run_guest()
{
    status=0
    [ -z "$dump" ] || set -- "$@" --save "$(guest_region) $dump"
    "$BH_ROOT/tests/lib/run-qemu" --echo "$@" --disk "$run_dir/disk" "$image" || status=$?
    [ -z "$dump" ] || [ "$status" -gt 1 ] ||
        say "the guest's memory is in $dump: byte n is its absolute address n"
    [ "$status" = 0 ] || die "the guest did not power off: its console is above"
}

run_linux()
{
    run_build
    run_copy_disk
    if [ -n "$shell" ]; then
        run_shell
        return
    fi
    run_hash_disk
    say "booting ${guest_kernel:-the kernel of $run_release} as a guest on QEMU, with a virtio disk on PCI"
    run_guest --pass '^vmm: guest: stopped' --timeout 600 --fail "$BH_RUN_FAILED" \
        --log "$run_dir/console"
    run_statistics
    if [ -n "$custom" ]; then
        say "the guest has powered off: run passed"
    else
        run_compare "linux: guest: disk" "the guest"
    fi
}

# The end of the machine is that of its guest.
run_shell()
{
    say "a shell in the guest; type exit to power it off"
    run_guest --pass '^guest: stopped' --timeout 86400 --input /dev/stdin \
        --fail '^fatal|^guest: prefix |^kernel: |^init: (refused|mismatch)'
}

# run_statistics: what VMM and translator have counted, as a table: exits, the most frequent first.
run_statistics()
{
    say "exits of the guest, what its translator served, and time:"
    sed -n 's/^vmm: statistics: //p' "$run_dir/console" >"$run_dir/statistics"
    {
        sed -n 's/^exits \(.*\) \([0-9]*\)$/\2 \1/p' "$run_dir/statistics" | sort -k1,1nr
        sed -n '/^exits /!s/^\(.*\) \([0-9]*\)$/\2 \1/p' "$run_dir/statistics"
    } | awk '{ value = $1; sub(/^[^ ]* /, ""); printf "  %12s  %s\n", value, $0 }'
}

# run_hash_disk: what the disk holds before anything runs: all of it, and all but the place of the
# pattern.
run_hash_disk()
{
    disk_bytes=$(wc -c <"$run_dir/disk")
    disk_hash=$(sha256sum <"$run_dir/disk" | cut -d ' ' -f 1)
    disk_rest=$(head -c -"$BH_RUN_PATTERN" "$run_dir/disk" | sha256sum)
}

# run_compare WHAT WHO: the console's line `WHAT sha256 HASH bytes N` must say what was seen here, and
# the pattern must be in the disk, and nothing else changed.
run_compare()
{
    theirs=$(sed -n "s/^$1 sha256 \([0-9a-f]\{64\}\) bytes [0-9]*\r*\$/\1/p" "$run_dir/console")
    bytes=$(sed -n "s/^$1 sha256 [0-9a-f]* bytes \([0-9]*\)\r*\$/\1/p" "$run_dir/console")
    [ -n "$theirs" ] || die "$2 printed no line '$1 sha256 ... bytes ...'"
    [ "$disk_hash" = "$theirs" ] ||
        die "the disk was read wrongly: SHA-256 $theirs there, $disk_hash here"
    [ "$bytes" = "$disk_bytes" ] || die "$2 read $bytes bytes of $disk_bytes"
    say "the disk's SHA-256 is the same there and here ($bytes bytes)"
    run_compare_pattern "$2"
}

# run_compare_pattern WHO: byte i of the pattern is (i * 7 + 3) modulo 256.
run_compare_pattern()
{
    awk -v n="$BH_RUN_PATTERN" 'BEGIN { for (i = 0; i < n; i++) printf "%02x\n", (i * 7 + 3) % 256 }' \
        >"$run_dir/pattern"
    tail -c "$BH_RUN_PATTERN" "$run_dir/disk" | od -An -v -tx1 -w1 | tr -d ' ' >"$run_dir/written"
    cmp -s "$run_dir/pattern" "$run_dir/written" ||
        die "the pattern that $1 wrote is not in the disk"
    [ "$disk_rest" = "$(head -c -"$BH_RUN_PATTERN" "$run_dir/disk" | sha256sum)" ] ||
        die "something was written beside the pattern"
    say "the pattern that $1 wrote is in the disk's file, and nothing else changed: run passed"
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
