#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Host tool: the bundle of a system, a reproducible cpio archive (format newc): system.dtb first.
# usage: bundle.sh ARCHIVE DTB [NAME=]FILE...
# Without NAME a file keeps its own. Programs (ELF files) go in without debug information.
# BUNDLE_CHECK, if set, is a command that gets `--images FOLDER`, the files as they will be named,
# and must accept them.
set -eu
archive=$1
dtb=$2
shift 2
stage=$archive.stage
rm -rf "$stage"
mkdir -p "$stage"
trap 'rm -rf "$stage"' EXIT

cp "$dtb" "$stage/system.dtb"
echo system.dtb >"$stage/.names"
for entry in "$@"; do
    file=${entry#*=}
    name=${entry%%=*}
    name=${name##*/}
    [ -f "$file" ] || {
        echo "bundle: no such file: $file" >&2
        exit 1
    }
    [ ! -e "$stage/$name" ] || {
        echo "bundle: two files are named $name" >&2
        exit 1
    }
    # ELF, 64 bits, big-endian, for s390x; anything else goes in as it is.
    case $(head -c 20 "$file" | od -An -v -tx1 | tr -d ' \n') in
    7f454c460202*0016) "${STRIP:-s390x-linux-gnu-strip}" -o "$stage/$name" "$file" ;;
    *) cp "$file" "$stage/$name" ;;
    esac
    echo "$name" >>"$stage/.names"
done

[ -z "${BUNDLE_CHECK:-}" ] || $BUNDLE_CHECK --images "$stage"

cd "$stage"
chmod 644 -- *
touch -d @0 -- *
cpio --quiet --reproducible -o -H newc --owner=0:0 <.names >"$archive.new"
mv "$archive.new" "$archive"
