#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: the directions of includes that the layering rests on. usage: includes.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
"$here/files.sh" . source | grep '\.\([chS]\|def\)$' | {
    set --
    while IFS= read -r file; do
        set -- "$@" "$file"
    done
    [ $# -gt 0 ] || exit 0
    awk -f "$here/includes.awk" "$@"
}
