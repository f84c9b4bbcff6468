#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: run-qemu and with-disk, with a program in QEMU's place that prints what we say.
# usage: runner.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
lib=$1/tests/lib
mkdir "$folder/bin" "$folder/tmp"
cat >"$folder/bin/qemu-system-s390x" <<'EOF'
#!/bin/sh
echo "$$" >"$FAKE_FOLDER/pid"
echo "$*" >"$FAKE_FOLDER/arguments"
printf '%b' "$FAKE_CONSOLE"
[ -z "${FAKE_STAYS:-}" ] || exec sleep 60
EOF
chmod +x "$folder/bin/qemu-system-s390x"
: >"$folder/image"
export FAKE_FOLDER="$folder" PATH="$folder/bin:$PATH" TMPDIR="$folder/tmp"

# boot CONSOLE STAYS OPTION...: a machine that prints CONSOLE, and then ends unless STAYS.
boot()
{
    export FAKE_CONSOLE="$1" FAKE_STAYS="$2"
    shift 2
    "$lib/run-qemu" "$@" "$folder/image"
}

cleaned_up()
{
    if kill -0 "$(cat "$folder/pid")" 2>/dev/null; then
        not_ok "the machine still runs"
    fi
    [ -z "$(ls "$folder/tmp")" ] || not_ok "left behind: $(ls "$folder/tmp")"
}

expect 2 'run-qemu: no image given (see --help)' "$lib/run-qemu"
expect 2 'run-qemu: no such image: none (see --help)' "$lib/run-qemu" none
expect 2 'run-qemu: unknown option --fast (see --help)' "$lib/run-qemu" --fast x image
expect 2 'run-qemu: --disk needs a value (see --help)' "$lib/run-qemu" --disk
expect 2 'run-qemu: no such disk: none (see --help)' "$lib/run-qemu" --disk none "$folder/image"

expect 0 '' boot 'hello\r\nverdict: pass\r\n' stays
cleaned_up
expect 0 '' boot 'verdict: pass\n' ''
cleaned_up
expect 1 "run-qemu: $folder/image: verdict: failed" boot 'verdict: fail\n' stays
expect 1 'verdict: pass' boot 'verdict: pass\nverdict: fail\n' ''
expect 1 "run-qemu: $folder/image: verdict: failed" boot '\r\nkernel: stopped: lost\r\nverdict: pass\n' ''
expect 1 "run-qemu: $folder/image: verdict: failed" boot 'init: refused: x\n' stays
expect 3 "run-qemu: $folder/image: QEMU ended without a verdict" boot 'verdict:\n' ''
expect 4 "run-qemu: $folder/image: no verdict after 1 s" boot 'a verdict: pass\n' stays --timeout 1
cleaned_up
expect 0 '' boot 'all is well\n' stays --pass 'is well$'
expect 0 "$(printf 'hello\r')" boot 'hello\r\nverdict: pass\r\n' stays --echo
expect 0 '' boot 'hello\r\nverdict: pass\r\n' stays --log "$folder/log"
[ "$(head -n 1 "$folder/log")" = hello ] || not_ok "the log is $(cat "$folder/log")"
expect 1 "run-qemu: cannot save memory to $folder/memory" \
    boot 'verdict: pass\r\n' stays --timeout 2 --save "0 4096 $folder/memory"
expect 2 "run-qemu: neither quotes nor backslashes in a name: a\"b (see --help)" \
    boot 'verdict: pass\n' stays --save '0 4096 a"b'
cleaned_up

# with-disk: the hash on the console must be the disk's.
hash=$("$lib/make-disk" "$folder/d" 1 && sha256sum <"$folder/d" | cut -d ' ' -f 1)
disk()
{
    export FAKE_CONSOLE="disk sha256 $1\nverdict: pass\n" FAKE_STAYS=
    "$lib/with-disk" 1 "$2" "$lib/run-qemu" "$folder/image"
}
expect 0 '' disk "$hash" hash
grep -q 'zpci,uid=1,fid=1,target=disk1 -device virtio-blk-pci' "$folder/arguments" ||
    not_ok "no disk on PCI: $(cat "$folder/arguments")"
expect 1 "with-disk: the system did not print this disk's SHA-256, $hash" disk 00 hash
expect 0 '' disk 00 any
expect 0 '' "$lib/with-disk" 1,2 any "$lib/run-qemu" "$folder/image"
grep -q 'disk1 .*zpci,uid=2,fid=2,target=disk2 ' "$folder/arguments" ||
    not_ok "no second disk on PCI: $(cat "$folder/arguments")"
cleaned_up
verdict
