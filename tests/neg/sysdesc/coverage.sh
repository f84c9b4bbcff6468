#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: every rule has a case that breaks it and a line in the manual; every rule that a case
# expects exists. usage: coverage.sh BULKHEAD-CHECK MANUAL
set -eu
check=$1
manual=$2
cd "$(dirname "$0")"
failed=0
rules=$("$check" --rules | sed 's/ .*//')

for rule in $rules; do
    grep -q "^// expect: .*: error: \[$rule\] " ./*.dts || {
        echo "no case breaks the rule $rule"
        failed=1
    }
    grep -q "^| \`$rule\` |" "$manual" || {
        echo "the manual has no line for the rule $rule"
        failed=1
    }
done
# shellcheck disable=SC2016
for rule in $(grep -o '^| `[a-z-]*` |' "$manual" | tr -d '|` '); do
    echo "$rules" | grep -qx "$rule" || {
        echo "the manual has a line for $rule, which is no rule"
        failed=1
    }
done
exit "$failed"
