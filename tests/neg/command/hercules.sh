#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: run-hercules, with a program in its place that prints what we say. usage: hercules.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
lib=$1/tests/lib
mkdir "$folder/bin" "$folder/tmp"
cat >"$folder/bin/hercules" <<'EOF'
#!/bin/sh
echo "$$" >"$FAKE_FOLDER/pid"
cat "$HERCULES_RC" >"$FAKE_FOLDER/commands"
printf '%b' "$FAKE_LOG"
[ -z "${FAKE_STAYS:-}" ] || exec sleep 60
EOF
chmod +x "$folder/bin/hercules"
: >"$folder/image"
image=$(realpath "$folder/image")
export FAKE_FOLDER="$folder" PATH="$folder/bin:$PATH" TMPDIR="$folder/tmp"

# boot LOG STAYS OPTION...: a machine that prints LOG, and then ends unless STAYS.
boot()
{
    export FAKE_LOG="$1" FAKE_STAYS="$2"
    shift 2
    "$lib/run-hercules" "$@" "$folder/image"
}

cleaned_up()
{
    if kill -0 "$(cat "$folder/pid")" 2>/dev/null; then
        not_ok "the machine still runs"
    fi
    [ -z "$(ls "$folder/tmp")" ] || not_ok "left behind: $(ls "$folder/tmp")"
}

expect 2 'run-hercules: no image given (see --help)' "$lib/run-hercules"
expect 2 'run-hercules: no such image: none (see --help)' "$lib/run-hercules" none
expect 2 'run-hercules: unknown option --disk (see --help)' "$lib/run-hercules" --disk x image
expect 2 'run-hercules: --log needs a value (see --help)' "$lib/run-hercules" --log

expect 0 '' boot 'hello\nverdict: pass\n' stays
[ "$(cat "$folder/commands")" = "ipl $image" ] || not_ok "commands: $(cat "$folder/commands")"
cleaned_up
expect 0 '' boot 'verdict: pass\n' ''
cleaned_up
failed="run-hercules: $image: verdict: failed"
expect 1 "$failed" boot 'verdict: fail\n' stays
expect 1 "$failed" boot 'verdict: pass\nverdict: fail\n' ''
expect 1 "$failed" boot 'verdict: pass\nverdict: pass\n' ''
expect 1 "$failed" boot 'kernel: stopped: lost\nverdict: pass\n' ''
expect 1 "$failed" boot 'init: refused: x\n' stays
expect 1 "$failed" boot 'HHCCP011I CPU0000: Disabled wait state\n' stays
expect 1 "$failed" boot 'HHCCP018I CPU0000: Check-Stop\n' stays
expect 1 "$failed" boot 'HHCSC003E Load from x failed\n' stays
cleaned_up
expect 3 "run-hercules: $image: Hercules ended without a verdict" boot 'verdict:\n' ''
expect 4 "run-hercules: $image: no verdict after 1 s" boot 'a verdict: pass\n' stays --timeout 1
cleaned_up
expect 0 '' boot 'all is well\n' stays --pass 'is well$' --log "$folder/log"
[ "$(cat "$folder/log")" = 'all is well' ] || not_ok "the log is $(cat "$folder/log")"
verdict
