#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: set-up without root, without network and in a tree that cannot be written.
# usage: setup.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
copy=$folder/copy
mkdir -p "$copy/cmake"
cp "$1/bulkhead" "$copy/"
cp -r "$1/cmake/sh" "$1/cmake/packages-s390x.txt" "$copy/cmake/"
: >"$copy/cmake/packages.txt"
chmod 755 "$folder"

# as_user COMMAND...: not as root.
as_user()
{
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

# A machine without network: every address is refused at once.
cat >"$folder/apt.conf" <<'EOF'
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Acquire::http::Proxy "http://127.0.0.1:9";
Acquire::https::Proxy "http://127.0.0.1:9";
EOF
expect 1 "bulkhead: no s390x package lists (see $copy/.cache/apt/bookworm/log): check the network, then './bulkhead setup'" \
    env APT_CONFIG="$folder/apt.conf" "$copy/bulkhead" setup
expect_gone "$copy/.cache/s390x/usr"
expect_gone "$copy/.cache/apt/bookworm/updated"
echo 'src trixie device-tree-compiler source' >"$copy/cmake/packages-s390x.txt"
expect 1 "bulkhead: no source package lists (see $copy/.cache/apt/trixie-source/log): check the network, then './bulkhead setup'" \
    env APT_CONFIG="$folder/apt.conf" "$copy/bulkhead" setup
expect_gone "$copy/.cache/src/device-tree-compiler"
expect_gone "$copy/.cache/apt/trixie-source/updated"

# Nothing is missing: no network is needed.
rm -rf "$copy/.cache"
mkdir "$copy/.cache"
: >"$copy/cmake/packages-s390x.txt"
expect 0 'bulkhead: everything that Bulkhead needs is here' \
    env APT_CONFIG="$folder/apt.conf" "$copy/bulkhead" setup

echo 'run no-such-package-a' >"$copy/cmake/packages.txt"
echo 'test no-such-package-b' >>"$copy/cmake/packages.txt"
echo 'run dpkg' >>"$copy/cmake/packages.txt"
chmod 777 "$copy/.cache"
expect 1 'bulkhead: missing packages; run this, then try again: sudo apt-get update && sudo apt-get install -y --no-install-recommends no-such-package-a no-such-package-b' \
    as_user "$copy/bulkhead" setup

rm -rf "$copy/.cache"
chmod 555 "$copy"
expect 1 "bulkhead: cannot write to $copy/.cache: make this tree writable for you, or use a copy of it" \
    as_user "$copy/bulkhead" setup
chmod 755 "$copy"
verdict
