#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: the proofs reject mistakes. usage: mutate.sh COUNT|all
# Each line of tests/spec/prove/mutants is one mistake in a copy of the proved code; the goals of its
# function must then not all be proved.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=${BH_BUILD_DIR:-$root/build}/spec-mutate
wanted=$1
. "$here/common.sh"

for program in frama-c why3 z3 cvc4 cvc5; do
    command -v "$program" >/dev/null || {
        echo "SKIP: $program is not installed"
        exit 77
    }
done
rm -rf "$work"
configure_provers

# mutant FILE FUNCTION PATTERN REPLACEMENT: a copy of the kernel with one mistake in that function.
mutant()
{
    rm -rf "$work/tree"
    mkdir -p "$work/tree"
    cp -r "$root/kernel" "$root/libs" "$root/drivers" "$work/tree"
    for source in "$work/tree/kernel/object/$1.c" "$work/tree/kernel/object/$1.h"; do
        sed -i -e "/[a-z_0-9]* $2(.*[^;]\$/,/^}/s/$3/$4/" "$source"
    done
    ! cmp -s "$root/kernel/object/$1.c" "$work/tree/kernel/object/$1.c" ||
        ! cmp -s "$root/kernel/object/$1.h" "$work/tree/kernel/object/$1.h"
}

number=0
rejected=0
while IFS='|' read -r file function pattern replacement mistake; do
    case $file in '#'*) continue ;; esac
    [ "$wanted" = all ] || [ "$number" -lt "$wanted" ] || break
    number=$((number + 1))
    if ! mutant "$file" "$function" "$pattern" "$replacement"; then
        echo "mutant $number: the code it changes is not there: $file.c, $function" >&2
        continue
    fi
    prove "$work/tree" "$file" 5 -wp-fct "$function" >"$work/$number.log" || :
    # shellcheck disable=SC2046
    set -- $(count_goals <"$work/$number.log")
    if [ "$1" -lt "$2" ] && grep -q 'Proved goals' "$work/$number.log"; then
        rejected=$((rejected + 1))
        echo "mutant $number rejected ($1 / $2 goals): $mistake"
    else
        echo "mutant $number NOT rejected: $mistake ($file.c, $function)" >&2
    fi
done <"$here/mutants"
echo "Rejected mutants: $rejected / $number"
[ "$number" -gt 0 ] && [ "$rejected" = "$number" ]
