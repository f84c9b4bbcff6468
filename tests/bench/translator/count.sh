#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: instructions that the translator executes, phase by phase, against budgets.
# usage: count.sh PROGRAM MAP LIBRARY BUDGETS
# QEMU logs every instruction in the functions of LIBRARY, whose addresses the linker's MAP has; those
# between bench_begin and bench_end count. Of a system call only the stub is
# the translator's: its 7 instructions are added for each.
set -eu
program=$1
map=$2
library=$3
budgets=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# ADDRESS SIZE SECTION, sorted, of what counts; bench_begin and bench_end mark. The map breaks a line
# behind a long name.
awk -v library="$library" '
    NF == 1 && $1 ~ /^\.text\./ { name = $1; next }
    $1 ~ /^\.text\./ { name = $1; sub(/^ *[^ ]+/, "") ; $0 = $0 }
    name != "" && NF == 3 && (index($3, library "(") || name ~ /^\.text\.bench_(begin|end)$/) {
        print substr($1, 3), substr($2, 3), name
    }
    { name = "" }' "$map" | sort >"$folder/functions"
grep -q bench_begin "$folder/functions" || { echo "bench: the map is not understood"; exit 1; }
# All of them but the start's long loop, as START+LENGTH,...
ranges=$(awk '!/mirror_reset$/ { printf "%s0x%s+0x%s", comma, $1, $2; comma = "," }' \
    "$folder/functions")

mkfifo "$folder/log"
qemu-s390x -singlestep -d exec,nochain -dfilter "$ranges" -D "$folder/log" "$program" \
    >"$folder/output" &
awk -F/ -v functions="$folder/functions" '
    function number(hex,    i, n) {
        for (i = 1; i <= length(hex); i++)
            n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return n
    }
    BEGIN {
        while ((getline line <functions) > 0) {
            split(line, part, " ")
            first = number(part[1])
            if (part[3] ~ /bench_begin/) begin = part[1]
            else if (part[3] ~ /bench_end/) end = part[1]
            else
                for (i = first; i < first + number(part[2]); i += 2) counts[sprintf("%016x", i)] = 1
        }
    }
    $2 == begin { on = 1; n = 0 }
    $2 == end { on = 0; print n }
    on && $2 in counts { n++ }' "$folder/log" >"$folder/counts" || exit 1
wait $! || { cat "$folder/output"; exit 1; }

awk -v counts="$folder/counts" '
    FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF == 3) { budget[$1] = $3; unit[$1] = $2 } ; next }
    $1 != "phase" { next }
    {
        sum = 7 * ($5 + $3) # the calls inside, and reply_recv
        for (i = 0; i < $3; i++) {
            if ((getline n <counts) <= 0 || n == 0) { print "bench: phase " $2 " left no log"; bad = 1; exit }
            sum += n
        }
        per = unit[$2] == "page" ? $4 : $3
        verdict = ""
        if ($2 in budget) {
            verdict = sum / per <= budget[$2] ? ", within" : ", OVER"
            bad += sum / per > budget[$2]
            verdict = verdict " the budget of " budget[$2]
            seen[$2] = 1
        }
        printf "bench: translator %-14s %10.1f instructions per %s%s\n", $2, sum / per,
               per == $4 && unit[$2] == "page" ? "page" : "request", verdict
    }
    END {
        for (name in budget)
            if (!(name in seen)) { print "bench: translator " name " was not measured"; bad = 1 }
        exit bad != 0
    }' "$budgets" "$folder/output"
