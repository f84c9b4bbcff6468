# SPDX-License-Identifier: BSD-2-Clause
# Host tool: s390x and source packages, downloaded with an apt state of our own and unpacked below
# .cache/.
# The machine's own apt and dpkg state is never touched, and no root is needed.
# shellcheck shell=sh

BH_FOREIGN_LIST=$BH_ROOT/cmake/packages-s390x.txt

# apt_own STATE COMMAND...: apt tool COMMAND on a private state: that of a Debian RELEASE, or
# RELEASE-source for its source packages.
apt_own()
{
    own_dir=$BH_CACHE/apt/$1
    own_tool=$2
    shift 2
    "$own_tool" -q -o Dir::State="$own_dir/state" -o Dir::State::status="$own_dir/status" \
        -o Dir::Cache="$own_dir/cache" -o Dir::Etc::SourceList="$own_dir/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null \
        -o Dir::Etc::PreferencesParts=/dev/null \
        -o APT::Architecture=s390x -o APT::Architectures=s390x -o APT::Sandbox::User= \
        -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

# The Debian archives that this machine is configured for, one URI a line, as apt itself says, which
# needs no package lists for that. The release alone, not its updates: it changes least.
mirrors()
{
    machine_release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    apt-get --print-uris update |
        sed -n "s#^'\(.*\)/dists/$machine_release/InRelease' .*#\1#p"
}

# kind_of STATE: the kind of packages whose lists it has.
kind_of()
{
    case $1 in
    *-source) echo source ;;
    *) echo s390x ;;
    esac
}

# write_sources STATE
write_sources()
{
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    option=
    [ ! -f "$keyring" ] || option="[signed-by=$keyring]"
    type=deb
    [ "$(kind_of "$1")" != source ] || type=deb-src
    mirrors | while read -r uri; do
        echo "$type $option $uri ${1%-source} main"
    done
}

# apt_own_update STATE: write the private state and fetch its package lists, once.
apt_own_update()
{
    own_dir=$BH_CACHE/apt/$1
    [ ! -f "$own_dir/updated" ] || return 0
    mkdir -p "$own_dir/state/lists/partial" "$own_dir/cache/archives/partial"
    : >"$own_dir/status"
    write_sources "$1" >"$own_dir/sources.list"
    [ -s "$own_dir/sources.list" ] ||
        die "no Debian archive in this machine's apt configuration: add one, then './bulkhead setup'"
    kind=$(kind_of "$1")
    lists=binary-s390x_Packages
    [ "$kind" != source ] || lists=source_Sources
    say "fetching the $kind package lists of Debian ${1%-source}"
    # Other archives may stand beside Debian's and have nothing of the kind: one list is enough.
    apt_own "$1" apt-get update >"$own_dir/log" 2>&1 || :
    ls "$own_dir"/state/lists/*_main_"$lists"* >/dev/null 2>&1 ||
        die "no $kind package lists (see $own_dir/log): check the network, then './bulkhead setup'"
    : >"$own_dir/updated"
}

# foreign_download STATE PACKAGE [depends|source]: into $deb_dir. With `depends` not the package but
# what it depends on: a metapackage such as linux-image-s390x names the kernel of the day. With
# `source` its original source archive. Apt compares every file with the signed package lists.
foreign_download()
{
    download=$2
    case ${3:-} in
    depends)
        download=$(apt_own "$1" apt-cache depends "$2" | sed -n 's/^ *Depends: //p')
        set -- "$1" apt-get download
        ;;
    source) set -- "$1" apt-get source --download-only --tar-only ;;
    *) set -- "$1" apt-get download ;;
    esac
    # shellcheck disable=SC2086
    (cd "$deb_dir" && apt_own "$@" $download) >"$BH_CACHE/deb/log" 2>&1
}

# foreign_unpack FILE FOLDER PACKAGE: a binary package into the folder, a source archive into a
# folder of its package's name in there.
foreign_unpack()
{
    case $1 in
    *.deb) dpkg-deb -x "$1" "$2" ;;
    *)
        rm -rf "${2:?}/$3"
        mkdir -p "$2/$3"
        tar -xf "$1" -C "$2/$3" --strip-components=1 --no-same-owner
        ;;
    esac
}

# foreign_get FOLDER RELEASE PACKAGE [depends|source]: download and unpack, unless it is there.
foreign_get()
{
    stamp=$BH_CACHE/$1/.have/$3
    [ ! -f "$stamp" ] || return 0
    state=$2
    [ "${4:-}" != source ] || state=$2-source
    apt_own_update "$state"
    deb_dir=$BH_CACHE/deb/$1-$3
    rm -rf "$deb_dir"
    mkdir -p "$deb_dir" "$BH_CACHE/$1/.have"
    rm -f "$stamp.new"
    say "downloading $3 ($(kind_of "$state"), Debian $2)"
    foreign_download "$state" "$3" "${4:-}" || { # the lists may be older than the archive
        rm -f "$BH_CACHE/apt/$state/updated"
        apt_own_update "$state"
        foreign_download "$state" "$3" "${4:-}"
    } ||
        die "cannot download $3 (see $BH_CACHE/deb/log): check the network, then './bulkhead setup'"
    for file in "$deb_dir"/*; do
        foreign_unpack "$file" "$BH_CACHE/$1" "$3" ||
            die "cannot unpack $file: remove .cache, then './bulkhead setup'"
        basename "$file" >>"$stamp.new"
    done
    mv "$stamp.new" "$stamp"
    rm -rf "$deb_dir"
}

# cache_fill: every package of cmake/packages-s390x.txt. Needs no network when all are there.
cache_fill()
{
    list_file "$BH_FOREIGN_LIST" >"$BH_CACHE/.wanted"
    while read -r folder release package option <&3; do
        foreign_get "$folder" "$release" "$package" "$option"
    done 3<"$BH_CACHE/.wanted"
    rm -f "$BH_CACHE/.wanted"
}
