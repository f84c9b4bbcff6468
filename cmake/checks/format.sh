#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: C sources are as clang-format leaves them. usage: format.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
style=$here/../../.clang-format
cd "$1"
"$here/files.sh" . source | grep '\.[ch]$' | {
    set --
    while IFS= read -r file; do
        set -- "$@" "$file"
    done
    clang-format --style="file:$style" --dry-run -Werror "$@" 2>/dev/null && exit 0
    for file in "$@"; do
        clang-format --style="file:$style" "$file" | cmp -s - "$file" ||
            echo "$file: not as clang-format leaves it: run 'clang-format -i $file'"
    done
    exit 1
}
