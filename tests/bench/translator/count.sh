#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: instructions that the translator executes, phase by phase, against budgets.
# usage: count.sh PROGRAM LIBRARY NM BUDGETS
# QEMU logs every instruction of the address range in which the functions of LIBRARY lie; those
# between bench_begin and bench_end count. Of a system call only the stub is the translator's: its
# 7 instructions are added for each.
set -eu
program=$1
library=$2
nm=$3
budgets=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# ADDRESS SIZE NAME of what counts; bench_begin and bench_end mark.
"$nm" "$library" | awk 'NF == 3 && $2 ~ /^[tT]$/ { print $3 }' | sort -u >"$folder/names"
"$nm" -S "$program" | awk -v names="$folder/names" '
    BEGIN { while ((getline name <names) > 0) wanted[name] = 1 }
    NF == 4 && $3 ~ /^[tT]$/ && ($4 in wanted || $4 ~ /^bench_(begin|end)$/) { print $1, $2, $4 }' |
    sort >"$folder/functions"
range=$(awk 'NR == 1 { first = $1 } { last = $1; size = $2 } END { print "0x" first "..0x" last }' \
    "$folder/functions")

mkfifo "$folder/log"
qemu-s390x -singlestep -d exec,nochain -dfilter "$range" -D "$folder/log" "$program" \
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
            if (part[3] == "bench_begin") begin = part[1]
            else if (part[3] == "bench_end") end = part[1]
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
