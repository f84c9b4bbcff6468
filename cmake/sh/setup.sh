# SPDX-License-Identifier: BSD-2-Clause
# Host tool: makes sure that the packages of a group are installed and the cache is filled.
# shellcheck shell=sh

# packages_of GROUP: `run`, or `test`, which contains `run`.
packages_of()
{
    list_file "$BH_ROOT/cmake/packages.txt" |
        awk -v group="$1" '$1 == "run" || $1 == group { print $2 }'
}

# missing_packages GROUP: those that are not installed, on one line.
missing_packages()
{
    # shellcheck disable=SC2046
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' $(packages_of "$1") 2>/dev/null |
        awk '$2 == "installed" { print $1 }' >"$BH_CACHE/.installed"
    packages_of "$1" | grep -vxFf "$BH_CACHE/.installed" | tr '\n' ' ' | sed 's/ $//'
    rm -f "$BH_CACHE/.installed"
}

install_packages()
{
    command="apt-get install -y --no-install-recommends $1"
    [ "$(id -u)" = 0 ] ||
        die "missing packages; run this, then try again: sudo apt-get update && sudo $command"
    say "installing $(echo "$1" | wc -w) Debian packages: $1"
    apt-get -q update ||
        warn "apt-get update failed; going on with the package lists that are there"
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $command ||
        die "the packages could not be installed; when this works, try again: apt-get update && $command"
}

# need GROUP: all of the set-up for it. Quick, and without network, when nothing is missing.
need()
{
    have dpkg-query && have apt-get ||
        die "this is not Debian: Bulkhead is built on Debian 12 (see cmake/packages.txt)"
    mkdir -p "$BH_CACHE" 2>/dev/null && [ -w "$BH_CACHE" ] ||
        die "cannot write to $BH_CACHE: make this tree writable for you, or use a copy of it"
    missing=$(missing_packages "$1")
    [ -z "$missing" ] || install_packages "$missing"
    cache_fill
}
