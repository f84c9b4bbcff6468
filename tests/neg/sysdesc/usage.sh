#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: bulkhead-check used wrongly, on good descriptions, and without the devicetree compiler.
# usage: usage.sh ROOT BULKHEAD-CHECK
set -eu
root=$1
check=$2
. "$root/tests/lib/expect.sh"
usage="usage: bulkhead-check FILE.dts [--images FOLDER]... [-i FOLDER]... [--report]"

expect 2 "$usage" "$check"
expect 2 "$usage" "$check" --report
expect 2 "$usage" "$check" --unknown
expect 2 "$usage" "$check" one.dts two.dts
expect 2 "$usage" "$check" one.dts --images
expect 2 "$usage" "$check" one.dts -i
expect 2 "bulkhead-check: the devicetree compiler dtc cannot be run" \
    env PATH=/nowhere "$check" "$root/systems/minimal.dts"
expect 1 "$folder/absent.dts: error: [devicetree] Couldn't open \"$folder/absent.dts\": No such file or directory" \
    "$check" "$folder/absent.dts"

cd "$root"
expect 0 "systems/minimal.dts: good, 1 partition, 1 region, 1 process, 0 PCI functions, 0 channels, 0 guests, 1 capability" \
    "$check" systems/minimal.dts
expect 0 "cap greeting/hello 1 console - write 0x0" "$check" systems/minimal.dts --report
expect 0 "priority             a priority is 0 to 31" "$check" --rules

# An include is found beside the file that asks for it, or in a folder that -i names.
mkdir "$folder/parts"
echo '/include/ "systems/minimal.dts"' >"$folder/parts/outer.dts"
expect 1 "$folder/parts/outer.dts: error: [devicetree] Couldn't open \"systems/minimal.dts\": No such file or directory" \
    sh -c 'cd / && exec "$@"' sh "$check" "$folder/parts/outer.dts"
expect 0 "cap greeting/hello 1 console - write 0x0" \
    sh -c 'cd / && exec "$@"' sh "$check" "$folder/parts/outer.dts" -i "$root" --report
verdict
