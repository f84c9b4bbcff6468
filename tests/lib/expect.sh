# SPDX-License-Identifier: BSD-2-Clause
# Test: what the shell tests of the commands share. Sourced; sets $folder, a temporary folder.
# shellcheck shell=sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
failures=0

not_ok()
{
    echo "not ok: $*"
    failures=$((failures + 1))
}

# expect STATUS LINE COMMAND...: the command ends with that status, and its output (both streams)
# contains exactly that line; an empty LINE means no output at all.
expect()
{
    wanted=$1
    line=$2
    shift 2
    status=0
    "$@" >"$folder/out" 2>&1 </dev/null || status=$?
    if [ "$status" != "$wanted" ]; then
        not_ok "status $status instead of $wanted from: $* ($(cat "$folder/out"))"
    elif [ -n "$line" ] && ! grep -qxF -e "$line" "$folder/out"; then
        not_ok "no line '$line' but: $(cat "$folder/out")"
    elif [ -z "$line" ] && [ -s "$folder/out" ]; then
        not_ok "unexpected output: $(cat "$folder/out")"
    else
        echo "ok: $wanted: $line"
    fi
}

# expect_last LINE: the last line of what the last command of expect printed.
expect_last()
{
    [ "$(tail -n 1 "$folder/out")" = "$1" ] || not_ok "the last line is '$(tail -n 1 "$folder/out")'"
}

expect_gone()
{
    [ ! -e "$1" ] || not_ok "left behind: $1"
}

verdict()
{
    [ "$failures" = 0 ]
}
