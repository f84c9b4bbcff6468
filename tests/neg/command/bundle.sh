#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a bundle refuses two files of one name, and depends on nothing but names and contents.
# usage: bundle.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
script=$1/cmake/sh/bundle.sh
cd "$folder"
mkdir one two
echo tree >tree.dtb
echo first >one/driver
echo second >two/driver

expect 1 'bundle: two files are named driver' sh "$script" "$folder/a" tree.dtb one/driver two/driver
expect_gone a
expect_gone a.stage
expect 1 'bundle: two files are named system.dtb' sh "$script" "$folder/a" tree.dtb \
    system.dtb=one/driver
expect 1 'bundle: no such file: none' sh "$script" "$folder/a" tree.dtb none

expect 1 '' env BUNDLE_CHECK=false sh "$script" "$folder/a" tree.dtb one/driver
expect_gone a

expect 0 '' sh "$script" "$folder/a" tree.dtb one/driver disk=two/driver
[ "$(cpio --quiet -t <a | tr '\n' ' ')" = 'system.dtb driver disk ' ] || not_ok "$(cpio -t <a)"
sleep 1.1
cp -r one copied
chmod 700 copied/driver
expect 0 '' sh "$script" "$folder/b" tree.dtb copied/driver disk=two/driver
expect 0 '' cmp a b

# Programs of other machines are files like any other: a checker may refuse them, strip cannot.
head -c 64 /proc/self/exe >foreign
expect 0 '' sh "$script" "$folder/c" tree.dtb foreign
mkdir unpacked
(cd unpacked && cpio --quiet -id <../c)
expect 0 '' cmp foreign unpacked/foreign
verdict
