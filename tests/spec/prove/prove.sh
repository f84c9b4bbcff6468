#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: proofs of the kernel's memory and capability logic with Frama-C WP (docs/manual/specification.md).
# usage: prove.sh [ROOT [FLOOR FILE...]]. Prints every goal that is not proved and the sum; needs all of them, and
# not fewer than tests/spec/prove/floor. What was proved before is remembered below the build folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "${1:-$here/../../..}" && pwd)
work=${BH_BUILD_DIR:-$root/build}/spec-prove
. "$here/common.sh"

for program in frama-c why3 z3 cvc4 cvc5; do
    command -v "$program" >/dev/null || {
        echo "SKIP: $program is not installed"
        exit 77
    }
done
configure_provers
floor=$(cat "$here/floor")
if [ $# -gt 2 ]; then
    floor=$2
    shift 2
    files=$*
fi

proved=0
all=0
for file in $files; do
    # Most goals need less than a second of the one prover that can do them, and the others would use up
    # all of a long limit: so the few that need more time get it in a second run. What was not proved
    # is not remembered, for a loaded machine may have been the reason.
    for limit in 10 90; do
        grep -rL '"verdict": "valid"' "$work/cache" | xargs rm -f
        prove "$root" "$file" "$limit" >"$work/$file.log" || :
        # shellcheck disable=SC2046
        set -- $(count_goals <"$work/$file.log")
        [ "$1" -lt "$2" ] || break
    done
    grep -E '^\[wp\] \[Failed\]|User Error|annot-error' "$work/$file.log" || :
    echo "kernel/object/$file.c: $1 / $2"
    proved=$((proved + $1))
    all=$((all + $2))
done

echo "Proved goals: $proved / $all"
[ "$proved" = "$all" ] || {
    echo "prove: $((all - proved)) goals are not proved; logs are in $work" >&2
    exit 1
}
[ "$all" -ge "$floor" ] || {
    echo "prove: $all goals, tests/spec/prove/floor says $floor: something is no longer proved" >&2
    exit 1
}
