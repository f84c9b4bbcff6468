#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a guest in its VMM is answered as tests/guests/contract/expected has it, and on the bare
# emulator the same but for the differences that docs/rpcit-contract.md lists.
# usage: contract.sh ROOT GUEST-IMAGE SYSTEM-IMAGE
set -eu
lib=$1/tests/lib
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

failed='^(linux: )?contract: fatal|^vmm: (fatal|guest: .* PSW)|^kernel: |^init: (refused|mismatch)|^audit: PORTAL'
"$lib/make-disk" "$folder/disk" 1
"$lib/make-disk" "$folder/disk2" 1
"$lib/run-qemu" --timeout 100 --memory 32 --disk "$folder/disk" --disk "$folder/disk2" \
    --pass '^contract: done$' --fail "$failed" --log "$folder/bare" "$2"
"$lib/make-disk" "$folder/disk" 1
"$lib/make-disk" "$folder/disk2" 1
"$lib/run-qemu" --timeout 200 --memory 256 --disk "$folder/disk" --disk "$folder/disk2" \
    --pass '^vmm: guest: stopped$' --fail "$failed" --log "$folder/system" "$3"

# compare WHO FILE PREFIX here|other: every row as expected, or as the table has it for the other.
compare()
{
    awk -v who="$1" -v prefix="$3" -v column="$4" '
    function bad(text) { print "contract: " who ": " text; failed = 1 }
    FILENAME == ARGV[1] {
        if ($0 ~ /^#/) next
        name = $1; sub(/^[^ ]+ ?/, ""); want[name] = $0; order[++n] = name; next
    }
    FILENAME == ARGV[2] {
        if ($0 !~ /^\| [^ ]+ \|.*\|.*\|.*\|$/ || $0 ~ /^\| row /) next
        split($0, cell, / *\| */)
        if (!(cell[2] in want)) { bad("the table has an unknown row " cell[2]); next }
        if (want[cell[2]] != cell[4]) bad("the table says that " cell[2] " is " cell[4] " here")
        if (cell[3] == cell[4]) bad("no difference in the row " cell[2] " of the table")
        if (column == "other") want[cell[2]] = cell[3]
        next
    }
    index($0, prefix) == 1 {
        $0 = substr($0, length(prefix) + 1); name = $1; sub(/^[^ ]+ ?/, "")
        if (name in seen || !(name in want)) bad("row " name " was not expected")
        else if (want[name] != "?" && want[name] != $0)
            bad(name ": " $0 " instead of " want[name])
        seen[name] = 1
    }
    END {
        for (i = 1; i <= n; i++) if (!(order[i] in seen)) bad("no row " order[i])
        if (n < 290) bad("only " n " rows are expected")
        exit failed
    }' "$root/tests/guests/contract/expected" "$root/docs/rpcit-contract.md" "$2"
}
root=$1
status=0
compare "in its VMM" "$folder/system" 'linux: contract: ' here || status=1
compare "on the bare emulator" "$folder/bare" 'contract: ' other || status=1
exit "$status"
