#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: no open end is left as a marker; docs/caveats.md is the place. usage: words.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
"$here/files.sh" . | {
    bad=0
    while IFS= read -r file; do
        grep -nIE 'T[O]DO|F[I]XME|X[X]X' "$file" >/dev/null || continue
        grep -nIE 'T[O]DO|F[I]XME|X[X]X' "$file" | sed "s#^\([0-9]*\):.*#$file:\1: marker of an open end#"
        bad=1
    done
    exit "$bad"
}
