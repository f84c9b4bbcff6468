#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: the bytes that the kernel takes without its translation tables: code, constants, data, and
# the pools of its objects. usage: size.sh SIZE-PROGRAM IMAGE BUDGET
set -eu
"$1" -A "$2" | awk -v budget="$3" '
$1 ~ /^\.(text|rodata|fixup|lowcore|data|bss)$/ { bytes += $2; found++ }
END {
    if (found != 6) { print "bench: kernel-bytes: " found " of 6 sections found"; exit 1 }
    verdict = bytes <= budget ? "within" : "OVER"
    if (bytes > budget * 1.5) verdict = "FAILED, over 1.5 times"
    printf "bench: %-26s %8d bytes, %s the budget of %d\n", "kernel-bytes", bytes, verdict, budget
    exit bytes > budget * 1.5
}'
