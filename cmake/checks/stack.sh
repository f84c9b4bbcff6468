#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Host tool: the deepest stack that the kernel can need. usage: stack.sh LIMIT BUILD-DIR [NOTES]
# Reads the call graphs (*.ci) that the compiler wrote beside the objects which are in the kernel, as
# BUILD-DIR/kernel/kernel.map, the linker's map, names them.
set -eu
limit=$1
build=$2
notes=${3:-/dev/null}
here=$(cd "$(dirname "$0")" && pwd)

cd "$build"
[ -f kernel/kernel.map ] || {
    echo "stack: no kernel/kernel.map in $build: build the kernel first" >&2
    exit 1
}

# graphs: the call graph of each object in the map, be it `DIR/x.c.o` or `DIR/libNAME.a(x.c.o)`,
# which comes from a folder below DIR/CMakeFiles/NAME.dir. Assembler has no graph.
graphs()
{
    grep -oE '[^ ]+\.c\.o\)?' kernel/kernel.map | LC_ALL=C sort -u | while IFS= read -r object; do
        case $object in
        *.a\(*)
            library=${object%%.a(*}
            member=${object##*(}
            find "${library%/*}/CMakeFiles/${library##*/lib}.dir" -name "${member%.o)}.ci"
            ;;
        *) echo "${object%.o}.ci" ;;
        esac
    done
}

graphs | {
    set --
    while IFS= read -r graph; do
        set -- "$@" "$graph"
    done
    [ $# -gt 0 ] || {
        echo "stack: kernel/kernel.map names no object" >&2
        exit 1
    }
    awk -v limit="$limit" -f "$here/stack.awk" "$notes" "$@"
}
