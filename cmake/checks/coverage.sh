#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: line coverage of the project's files that were built on the host.
# usage: coverage.sh ROOT BUILD FLOOR
# Tests, code of others and the fakes that stand in for the machine do not count. A header's or
# source's line counts once, however many programs contain it, and is covered if one of them ran it.
set -eu
root=$1
build=$2
floor=$3

find "$build" -name '*.gcno' | LC_ALL=C sort | while IFS= read -r notes; do
    gcov --stdout "$notes" 2>/dev/null
done | awk -F: -v root="$root/" -v floor="$floor" '
    $2 + 0 == 0 && $3 == "Source" {
        file = $4
        ours = index(file, root) == 1
        file = substr(file, length(root) + 1)
        if (file ~ /^(tests|build|\.cache)\// || file ~ /\/(host\/|fake)/)
            ours = 0
        next
    }
    ours {
        gsub(/ /, "", $1)
        if ($1 == "-")
            next
        line = file ":" $2 + 0
        if (!(line in known)) {
            known[line] = 1
            lines[file]++
        }
        if ($1 !~ /^[#=]/ && !(line in covered)) {
            covered[line] = 1
            hits[file]++
        }
    }
    END {
        for (file in lines) {
            all += lines[file]
            hit += hits[file]
            if (100 * hits[file] < floor * lines[file])
                printf "coverage: %5.1f %% of %s\n", 100 * hits[file] / lines[file], file
        }
        if (!all) {
            print "coverage: nothing was measured below " root
            exit 1
        }
        printf "coverage: %.1f %% of %d lines that run on the host (floor %d %%)\n", \
            100 * hit / all, all, floor
        exit 100 * hit < floor * all
    }'
