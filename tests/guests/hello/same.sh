#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: the guest prints the same, line by line, on the bare emulator and in its VMM, and all of its
# checks pass on both.
# usage: same.sh TESTS-LIB GUEST-IMAGE SYSTEM-IMAGE
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$1/run-qemu" --timeout 60 --memory 16 --pass '^hello: all checks passed$' --fail 'FAILED' \
    --log "$folder/bare" "$2"
"$1/run-qemu" --timeout 90 --memory 256 --pass '^vmm: guest: stopped$' \
    --fail '^vmm: (fatal|guest: .* PSW)|^kernel: |^init: (refused|mismatch)|^audit: (FAULT|PORTAL_TIMEOUT)' \
    --log "$folder/system" "$3"
sed -n 's/^guest: //p' "$folder/system" >"$folder/guest"
grep -c ' ok$' "$folder/bare" >"$folder/count" || :
if ! diff "$folder/bare" "$folder/guest" || [ "$(cat "$folder/count")" -lt 100 ]; then
    echo "same: the guest does not print the same in its VMM (>) and without (<)"
    exit 1
fi
