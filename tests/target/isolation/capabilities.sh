#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: but for the neighbour, a hostile system has exactly the objects and capabilities of the
# original. usage: capabilities.sh ROOT CHECK-TOOL ORIGINAL DESCRIPTION...
set -eu
root=$1
tool=$2
original=$3
shift 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$tool" "$root/$original" -i "$root" --report >"$folder/original"
for description in "$@"; do
    "$tool" "$description" -i "$root" --report >"$folder/whole"
    grep -v neighbour "$folder/whole" >"$folder/hostile"
    if [ "$(grep -c neighbour "$folder/whole")" -lt 10 ] ||
        ! diff "$folder/original" "$folder/hostile"; then
        echo "capabilities: $description is not $original with a neighbour"
        exit 1
    fi
done
