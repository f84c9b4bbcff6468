#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a spoilt description gives exactly the findings that its last lines expect, and status 1.
# usage: run.sh BULKHEAD-CHECK CASE
set -eu
check=$1
case=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# program FILE SIZE: an s390x executable of one segment at 0x100000; SIZE in memory as eight octal
# escapes. ELF header (64 bytes), then one program header (56 bytes).
program()
{
    {
        printf '\177ELF\2\2\1\0\0\0\0\0\0\0\0\0\0\2\0\26\0\0\0\1\0\0\0\0\0\20\0\0'
        printf '\0\0\0\0\0\0\0\100\0\0\0\0\0\0\0\0\0\0\0\0\0\100\0\70\0\1\0\0\0\0\0\0'
        printf '\0\0\0\1\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0\0\0\20\0\0\0\0\0\0\0\20\0\0'
        # shellcheck disable=SC2059
        printf "\\0\\0\\0\\0\\0\\0\\0\\170$2\\0\\0\\0\\0\\0\\0\\20\\0"
    } >"$1"
}

# kernel FILE SIZE: a file that is a kernel of a guest as far as can be seen: magic and trailer.
kernel()
{
    truncate -s "$2" "$1"
    printf 'S390EP' | dd of="$1" bs=1 seek=65544 conv=notrunc 2>/dev/null
    printf '\0\0\0\40zIPL' | dd of="$1" bs=1 seek=$(($2 - 8)) conv=notrunc 2>/dev/null
}

set -- "$check" "$case.dts"
case $case in
image-*)
    for name in server client other; do
        program "$folder/$name" '\0\0\0\0\0\0\20\0'
    done
    program "$folder/large" '\0\0\0\0\0\40\0\0'
    echo "not a program" >"$folder/text"
    kernel "$folder/vmlinuz" 131072
    head -c 100000 "$folder/vmlinuz" >"$folder/vmlinuz.part"
    truncate -s 1024 "$folder/bzImage"
    printf 'HdrS' | dd of="$folder/bzImage" bs=1 seek=514 conv=notrunc 2>/dev/null
    kernel "$folder/vmlinuz.large" 9437184
    printf '\37\213' >"$folder/initrd.img"
    echo /etc | cpio --quiet -o -H newc 2>/dev/null | head -c 200 >"$folder/initrd.part"
    : >"$folder/empty"
    set -- "$@" --images "$folder"
    ;;
esac

cd "$(dirname "$0")"
sed -n 's|^// expect: ||p' "$case.dts" >"$folder/expected"
status=0
"$@" >"$folder/found" 2>"$folder/messages" || status=$?
diff -u "$folder/expected" "$folder/found"
[ ! -s "$folder/messages" ] || {
    cat "$folder/messages"
    exit 1
}
[ -s "$folder/expected" ] && [ "$status" = 1 ]
