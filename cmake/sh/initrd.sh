#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Host tool: the initial RAM disk of a Linux guest, a reproducible cpio archive (format newc).
# usage: initrd.sh ARCHIVE PACKAGES INIT MODULE...
# PACKAGES is a folder with an unpacked kernel package and busybox-static; INIT becomes /init. Each
# MODULE and what it depends on goes in, with their order in /lib/modules/order; one that is built
# into the kernel needs nothing.
set -eu
archive=$1
packages=$2
init=$3
shift 3
stage=$archive.stage
rm -rf "$stage"
mkdir -p "$stage/bin" "$stage/lib/modules"
trap 'rm -rf "$stage"' EXIT

die()
{
    echo "initrd: $*" >&2
    exit 1
}

for release in "$packages"/lib/modules/* "$packages"/usr/lib/modules/* none; do
    [ ! -d "$release/kernel" ] || break
done
[ -d "$release/kernel" ] || die "no kernel modules in $packages"

# Names of modules have _ here; files and dependencies may have - in its place.
pattern()
{
    echo "$1" | sed 's/_/[_-]/g'
}

# module_file NAME: its file; nothing if there is none.
module_file()
{
    find "$release/kernel" -name "$(pattern "$1").ko" -o -name "$(pattern "$1").ko.xz"
}

built_in()
{
    grep -q "/$(pattern "$1")\.ko\$" "$release/modules.builtin"
}

copy_module()
{
    case $2 in
    *.xz) xz -dc "$2" >"$stage/lib/modules/$1.ko" ;;
    *) cp "$2" "$stage/lib/modules/$1.ko" ;;
    esac
}

# What a module depends on is in itself: "depends=one,other" among NUL-terminated strings.
dependencies()
{
    tr '\0' '\n' <"$1" | sed -n 's/^depends=//p' | tr ',-' ' _'
}

# add_module NAME: it and what it needs, what it needs first, none twice.
add_module()
{
    [ ! -e "$stage/lib/modules/$1.ko" ] || return 0
    file=$(module_file "$1")
    if [ -z "$file" ]; then
        built_in "$1" || die "$release has no module $1"
        return 0
    fi
    copy_module "$1" "$file"
    for needed in $(dependencies "$stage/lib/modules/$1.ko"); do
        (add_module "$needed") || exit 1
    done
    echo "$1.ko" >>"$stage/lib/modules/order"
}

: >"$stage/lib/modules/order"
for module in "$@"; do
    add_module "$module"
done
cp "$packages/bin/busybox" "$stage/bin/busybox" 2>/dev/null ||
    cp "$packages/usr/bin/busybox" "$stage/bin/busybox" || die "no busybox in $packages"
cp "$init" "$stage/init"

cd "$stage"
find . -type d -exec chmod 755 {} +
find . -type f -exec chmod 644 {} +
chmod 755 init bin/busybox
find . -exec touch -d @0 {} +
find . | LC_ALL=C sort | cpio --quiet --reproducible -o -H newc --owner=0:0 >"$archive.new"
mv "$archive.new" "$archive"
