#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a copy of the sources in another folder, built afresh, gives the same images byte for byte.
# usage: reproducible.sh ROOT BUILD   BUILD is the s390x-release build of ROOT, up to date.
set -eu
root=$1
build=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

copy=$folder/another/place
mkdir -p "$copy"
"$root/cmake/checks/files.sh" "$root" | (cd "$root" && cpio --quiet -pdm "$copy")
ln -s "$root/.cache" "$copy/.cache"
cd "$copy"
build_copy()
{
    cmake --preset s390x-release && cmake --build --preset s390x-release -j "$(nproc)"
}
build_copy >"$folder/log" 2>&1 || {
    cat "$folder/log"
    echo "the copy does not build: is a file missing in git?"
    exit 1
}

"$root/cmake/checks/same-images.sh" "$build" "$copy/build/s390x-release"
