#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a RAM disk has its modules in the order of their dependencies, depends on nothing but names
# and contents, and says what is missing. usage: initrd.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
script=$1/cmake/sh/initrd.sh
packages=$folder/packages
release=$packages/usr/lib/modules/9.9-test
cd "$folder"

# module FILE DEPENDS: as a module says it, among other strings.
module()
{
    mkdir -p "$(dirname "$release/kernel/$1")"
    printf 'ELF\0license=GPL\0depends=%s\0name=x\0' "$2" >"$release/kernel/$1"
}

pack()
{
    sh "$script" "$folder/$1" "$packages" "$folder/init" bus disk
}

echo 'echo hello' >init
expect 1 "initrd: no kernel modules in $packages" pack a
module drivers/bus/bus.ko ring-core,ring_old
module drivers/ring_core.ko ''
module drivers/ring-old.ko ring-core
module drivers/disk.ko ''
xz "$release/kernel/drivers/disk.ko"
: >"$release/modules.builtin"
expect 1 "initrd: no busybox in $packages" pack a
expect_gone a
expect_gone a.stage
mkdir -p "$packages/bin"
echo busybox >"$packages/bin/busybox"
expect 0 '' pack a

mkdir unpacked
(cd unpacked && cpio --quiet -id <../a)
[ "$(tr '\n' ' ' <unpacked/lib/modules/order)" = 'ring_core.ko ring_old.ko bus.ko disk.ko ' ] ||
    not_ok "order: $(cat unpacked/lib/modules/order)"
grep -aq 'license=GPL' unpacked/lib/modules/disk.ko || not_ok "the module is still compressed"
[ -x unpacked/init ] && [ -x unpacked/bin/busybox ] || not_ok "init and busybox cannot be executed"

sleep 1.1
cp -r packages again
chmod 700 again/bin/busybox
packages=$folder/again
expect 0 '' pack b
expect 0 '' cmp a b

# What is built into the kernel needs no module; what is nowhere is an error.
rm "$packages/usr/lib/modules/9.9-test/kernel/drivers/disk.ko.xz"
expect 1 "initrd: $packages/usr/lib/modules/9.9-test has no module disk" pack c
expect_gone c
echo 'kernel/drivers/disk.ko' >"$packages/usr/lib/modules/9.9-test/modules.builtin"
expect 0 '' pack c
rm "$packages/usr/lib/modules/9.9-test/kernel/drivers/ring_core.ko"
expect 1 "initrd: $packages/usr/lib/modules/9.9-test has no module ring_core" pack d
expect_gone d
verdict
