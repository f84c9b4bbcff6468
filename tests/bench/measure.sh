#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: boots the benchmark with counted instructions and compares with the budgets.
# usage: measure.sh IMAGE BUDGETS TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$3/make-disk" "$folder/disk" 1
"$3/run-qemu" --icount --timeout 120 --pass '^bench: done' --disk "$folder/disk" \
    --log "$folder/console" "$1"
awk '
FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF == 2) { budget[$1] = $2; order[++n] = $1 } ; next }
$1 == "bench:" && NF == 3 { measured[$2] = $3 }
END {
    measured["update-256-per-page"] = measured["update-256"] / 256
    for (i = 1; i <= n; i++) {
        name = order[i]
        if (!(name in measured)) { printf "bench: %s was not measured\n", name; bad = 1; continue }
        verdict = measured[name] <= budget[name] ? "within" : "OVER"
        if (measured[name] > budget[name] * 1.5) { verdict = "FAILED, over 1.5 times"; bad = 1 }
        printf "bench: %-26s %8.1f instructions, %s the budget of %d\n", name, measured[name],
               verdict, budget[name]
    }
    exit bad
}' "$2" "$folder/console"
