#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: every system description is booted by a test. usage: systems.sh ROOT
# A test of systems/NAME.dts has `SYSTEM NAME`, or the image as $<TARGET_FILE:system-NAME>, in a
# CMakeLists.txt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
lists=$("$here/files.sh" . | grep 'CMakeLists\.txt$' || :)
bad=0
for description in systems/*.dts; do
    [ -f "$description" ] || continue
    name=$(basename "$description" .dts)
    # shellcheck disable=SC2086
    grep -qE "^[^#]*(SYSTEM $name([^A-Za-z0-9_-]|\$)|TARGET_FILE:system-$name>)" $lists /dev/null && continue
    echo "$description: no test boots it: add bh_target_test(... SYSTEM $name ...)"
    bad=1
done
exit "$bad"
