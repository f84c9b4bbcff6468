#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: no source file over 500 lines, no function over 60. usage: size.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
"$here/files.sh" . source | {
    bad=0
    while IFS= read -r file; do
        awk -v file="$file" '
            /^[A-Za-z_].*\)$/ || /^[A-Za-z_].*[(,]$/ { head = $0 }
            /^\{/ { start = FNR; name = head }
            /^\}/ {
                if (start && FNR - start > 60) {
                    print file ":" start ": function of " FNR - start " lines (limit 60): " name
                    bad = 1
                }
                start = 0
            }
            END {
                if (FNR > 500) {
                    print file ":" FNR ": file of " FNR " lines (limit 500)"
                    bad = 1
                }
                exit bad
            }' "$file" || bad=1
    done
    exit "$bad"
}
