# SPDX-License-Identifier: BSD-2-Clause
# Host tool: messages and small helpers that every part of the bulkhead command uses.
# Sourced with $BH_ROOT set to the root of the repository.
# shellcheck shell=sh

BH_CACHE=$BH_ROOT/.cache
BH_SYSROOT=$BH_CACHE/s390x

say()
{
    printf '%s\n' "bulkhead: $*"
}

warn()
{
    printf '%s\n' "bulkhead: $*" >&2
}

# die MESSAGE: one clear line on stderr; exit 1.
die()
{
    warn "$*"
    exit 1
}

# usage_error MESSAGE: the command line itself was wrong; exit 2.
usage_error()
{
    warn "$* (see './bulkhead --help')"
    exit 2
}

have()
{
    command -v "$1" >/dev/null 2>&1
}

# Build jobs: all processors, unless BULKHEAD_JOBS says otherwise.
jobs_wanted()
{
    echo "${BULKHEAD_JOBS:-$(nproc)}"
}

# list_file FILE: the lines of FILE without comments and empty lines.
list_file()
{
    sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^[[:space:]]*$/d' "$1"
}
