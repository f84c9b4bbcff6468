#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: when the partition of a guest is stopped, the DMA of its function ends. Its network card has
# buffers for all that comes, and goes on without a processor; yet nothing in the guest's memory
# changes any more.
# usage: dma.sh IMAGE TESTS-LIB LINE...
# Each LINE is a regular expression that a line of the console must match.
set -eu
image=$1
lib=$2
shift 2
folder=$(mktemp -d)
runner=
sender=
finish()
{
    for process in $runner $sender; do
        kill "$process" 2>/dev/null || :
    done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# What the guest's memory holds: region linux/linux of systems/linux-pci.dts.
guest_memory()
{
    dd if="$folder/memory" bs=1M skip=256 count=256 2>/dev/null | sha256sum
}

# A packet to everybody, 20 times a second.
perl -e '
    use IO::Socket::UNIX;
    my $to = pack("a*", "\xff" x 6 . "\x52\x54\x00\x12\x34\x57\x88\xb5" . "bulkhead" x 100);
    for (my $i = 0; $i < 6000; $i++) {
        my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => "$ARGV[0]/card");
        $socket->send($to . $i) if $socket;
        select(undef, undef, undef, 0.05);
    }' "$folder" &
sender=$!
ends=local.type=unix,local.path=$folder/card,remote.type=unix,remote.path=$folder/out
: >"$folder/seen"
"$lib/run-qemu" --timeout 120 --pass '^neighbour: [0-9]+ ticks' --log "$folder/console" --echo \
    --fail '^neighbour: BREACH|^kernel: |^init: (refused|mismatch)' "$image" -- \
    -object "memory-backend-file,id=ram,size=512M,mem-path=$folder/memory,share=on" \
    -machine memory-backend=ram \
    -netdev "dgram,id=net,$ends" \
    -device zpci,uid=1,fid=1,target=card \
    -device virtio-net-pci,id=card,netdev=net,iommu_platform=on,disable-legacy=on,romfile= \
    >"$folder/seen" 2>&1 &
runner=$!
until grep -aq '^audit: PARTITION_STOP partition 1 ' "$folder/seen"; do
    sleep 0.1
    kill -0 "$runner" 2>/dev/null || break
done
guest_memory >"$folder/stopped"
status=0
wait "$runner" || status=$?
runner=
guest_memory >"$folder/end"

bad=0
[ "$status" = 0 ] || bad=1
if ! cmp -s "$folder/stopped" "$folder/end"; then
    echo "dma: the guest's memory has changed after its partition was stopped"
    bad=1
fi
for expected in "$@" '^linux: guest: listens' '^neighbour: [0-9]+ ticks, 0 breaches, '; do
    grep -aEq -e "$expected" "$folder/console" || {
        echo "dma: the console has no line $expected"
        bad=1
    }
done
[ "$bad" = 0 ] || cat "$folder/seen"
exit "$bad"
