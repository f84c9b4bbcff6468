#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: a function that bypasses the I/O translation is noticed, and init refuses to seal.
# usage: no-iommu.sh IMAGE TESTS-LIB
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

"$2/make-disk" "$folder/disk" 1
"$2/run-qemu" --timeout 60 --log "$folder/console" --fail '^init: sealed' \
    --pass '^init: refused: function fid 1 bypasses the I/O translation \(no iommu_platform\)$' \
    "$1" -- -drive "if=none,id=open,format=raw,file=$folder/disk" -device zpci,uid=1,fid=1,target=opendev \
    -device virtio-blk-pci,id=opendev,drive=open,iommu_platform=off,disable-legacy=on \
    -drive "if=none,id=open2,format=raw,file=$folder/disk,file.locking=off" \
    -device zpci,uid=2,fid=2,target=opendev2 \
    -device virtio-blk-pci,id=opendev2,drive=open2,iommu_platform=on,disable-legacy=on,share-rw=on
! grep -q '^driver:' "$folder/console"
