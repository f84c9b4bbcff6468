#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: two builds have the same system images, byte for byte. usage: same-images.sh BUILD BUILD
set -eu
first=$1
second=$2

# All but the one that `./bulkhead run` makes of what it is asked for.
images()
{
    (cd "$1" && find systems -name '*.elf' ! -name 'linux-run.elf' 2>/dev/null | LC_ALL=C sort)
}

names=$(images "$first")
[ -n "$names" ] || {
    echo "no system image in $first/systems"
    exit 1
}
[ "$names" = "$(images "$second")" ] || {
    echo "the builds have different images: $(echo $names) and $(echo $(images "$second"))"
    exit 1
}
bad=0
for image in $names; do
    cmp -s "$first/$image" "$second/$image" && continue
    echo "$image: the builds differ"
    bad=1
done
exit "$bad"
