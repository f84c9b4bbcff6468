#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: what a guest's RPCITs and exits cost, against budgets, and how many instructions of each are
# such that a counter of instructions says little: RPCITs to the machine, and those that make the
# emulator drop its TLB. Those are taken from QEMU's log of exactly their addresses.
# usage: measure.sh SYSTEM-IMAGE GUEST-PROGRAM OBJDUMP BUDGETS TESTS-LIB
set -eu
image=$1
guest=$2
objdump=$3
budgets=$4
lib=$5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# ADDRESS KIND, of the kernel's instructions and of the guest's two marks.
"$objdump" -d "$image" | awk '
    $2 == "b9" && $3 == "d3" { sub(":", "", $1); print $1, "rpcit" }
    /\t(lctlg|lctl|ptlb|ipte|idte|cspg|csp|spx)/ { sub(":", "", $1); print $1, "tlb" }' \
    >"$folder/places"
"$objdump" -t "$guest" | awk '$NF == "cost_begin" || $NF == "cost_end" { sub("cost_", "", $NF); print $1, $NF }' \
    >>"$folder/places"
for kind in rpcit tlb begin end; do
    grep -q " $kind\$" "$folder/places" || { echo "bench: no place of $kind"; exit 1; }
done
ranges=$(awk '{ printf "%s0x%s+2", comma, $1; comma = "," }' "$folder/places")

"$lib/make-disk" "$folder/disk" 1
"$lib/run-qemu" --icount --timeout 280 --memory 512 --disk "$folder/disk" --log "$folder/console" \
    --pass '^vmm: guest: stopped$' \
    --fail '^linux: bench: failed|^vmm: (fatal|guest: .* PSW)|^kernel: |^init: refused' \
    "$image" -- -singlestep -d exec,nochain -dfilter "$ranges" -D "$folder/log"
sed -n 's/^linux: bench: //p' "$folder/console" >"$folder/measured"

# A log line: .../program counter/flags/...; the kernel's flags have neither DAT nor problem state.
awk -F'[][/]' -v places="$folder/places" '
    BEGIN {
        while ((getline line <places) > 0) {
            split(line, part, " ")
            kind[sprintf("%16s", part[1])] = part[2]
        }
        for (at in kind) { short = at; gsub(/ /, "0", short); what[short] = kind[at] }
    }
    what[$3] == "begin" { on = 1; rpcit = tlb = 0; next }
    what[$3] == "end" { if (on) print rpcit, tlb; on = 0; next }
    !on || substr($4, 2, 1) !~ /[0-7]/ || substr($4, 4, 1) !~ /[014589cd]/ { next }
    what[$3] == "rpcit" { rpcit++ }
    what[$3] == "tlb" { tlb++ }' "$folder/log" >"$folder/counts"

awk -v counts="$folder/counts" '
    FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF == 2) { budget[$1] = $2; n++ } ; next }
    NF != 2 { next }
    {
        text = ""
        if ($1 ~ /^rpcit/) {
            least_rpcit = least_tlb = -1
            for (i = 0; i < 6; i++) {
                if ((getline line <counts) <= 0) { print "bench: too few marks in the log"; bad = 1; exit }
                split(line, part, " ")
                if (least_rpcit < 0 || part[1] < least_rpcit) least_rpcit = part[1]
                if (least_tlb < 0 || part[2] < least_tlb) least_tlb = part[2]
            }
            text = sprintf("; %d RPCITs, %d that drop TLBs", least_rpcit, least_tlb)
        }
        verdict = ""
        if ($1 in budget) {
            verdict = $2 <= budget[$1] ? ", within" : ", OVER"
            if ($2 > budget[$1] * 1.5) { verdict = ", FAILED, over 1.5 times"; bad = 1 }
            verdict = verdict " the budget of " budget[$1]
            seen[$1] = 1
        }
        printf "bench: guest %-25s %7d instructions%s%s\n", $1, $2, verdict, text
    }
    END {
        for (name in budget)
            if (!(name in seen)) { print "bench: " name " was not measured"; bad = 1 }
        if ((getline line <counts) > 0) { print "bench: too many marks in the log"; bad = 1 }
        exit bad != 0
    }' "$budgets" "$folder/measured"
