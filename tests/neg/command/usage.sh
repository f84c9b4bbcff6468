#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: each command refuses bad arguments with one clear line, before it does anything.
# usage: usage.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
bulkhead=$1/bulkhead
help="(see './bulkhead --help')"
cd "$folder"

refused()
{
    line=$1
    shift
    expect 2 "bulkhead: $line $help" "$bulkhead" "$@"
    [ "$(wc -l <"$folder/out")" = 1 ] || not_ok "more than one line: $(cat "$folder/out")"
}

expect 2 'usage: ./bulkhead COMMAND [ARGUMENT...]' "$bulkhead"
expect 0 'usage: ./bulkhead COMMAND [ARGUMENT...]' "$bulkhead" --help
refused "there is no command 'boot'" boot
refused "there is no command '--boot'" --boot
refused "run: unknown argument 'fast'" run fast
refused "run: unknown argument '--memory'" run --memory 1
refused "--disk needs a value" run --disk
refused "--kernel needs a value" run --kernel ''
refused "--kernel is debian12 or debian13, not 'debian11'" run --kernel debian11
refused "--native has no guest for --shell" run --native --shell
refused "--native has no guest for --disk" run --disk x --native
refused "--cmdline: neither quotes nor backslashes" run --cmdline 'a"b'
refused "--native has no guest for --dump" run --dump x --native
refused "--dump: neither quotes nor backslashes" run --dump 'a"b'
expect 1 "bulkhead: $folder is a folder" "$bulkhead" run --dump "$folder"
expect 1 "bulkhead: cannot write to none/dump" "$bulkhead" run --dump none/dump
expect 1 "bulkhead: no such file: none.img" "$bulkhead" run --disk none.img
expect 1 "bulkhead: no such file: vmlinuz" "$bulkhead" run --guest-kernel vmlinuz
expect 1 "bulkhead: no such file: ." "$bulkhead" run --initrd .
refused "bench takes no arguments" bench fast
refused "setup takes no arguments" setup fast
refused "test: unknown argument '--fast'" test --fast
refused "-L needs a label" test -L
refused "build takes one preset at most" build host tools
refused "no preset is called 's390'; there are: host s390x-debug s390x-release tools" build s390
refused "clean: unknown argument 'host'" clean host
refused "check takes a description" check
expect 1 "bulkhead: no such file: none.dts" "$bulkhead" check none.dts
expect 1 "bulkhead: no such file: $folder" "$bulkhead" check "$folder"
expect 2 'usage: bulkhead-check FILE.dts [--images FOLDER]... [-i FOLDER]... [--report]' \
    "$bulkhead" check "$1/systems/native.dts" --fast
verdict
