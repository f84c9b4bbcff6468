#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Host tool: the project's own files below ROOT, one a line. usage: files.sh ROOT [source]
# All that git knows or would add; without git, everything but build and cache. With `source` only
# files that a person wrote as a program, a script or a table.
set -eu
root=$1
kind=${2:-all}
cd "$root"

all_files()
{
    {
        [ -e .git ] && git ls-files -co --exclude-standard 2>/dev/null ||
            find . \( -path ./.git -o -path ./build -o -path ./.cache \) -prune -o -type f -print |
            sed 's#^\./##'
    } | LC_ALL=C sort | while IFS= read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

is_source()
{
    case $1 in
    *.c | *.h | *.S | *.def | *.ld | *.sh | *.awk | *.cmake | *CMakeLists.txt | *.dts | *.dtsi | \
        *.v | *.ml | *.mli | *.py | *.in) return 0 ;;
    *.*) return 1 ;;
    esac
    [ "$(head -c 2 "$1" | tr -d '\0')" = '#!' ]
}

all_files | while IFS= read -r file; do
    if [ "$kind" = all ] || is_source "$file"; then
        printf '%s\n' "$file"
    fi
done
