# SPDX-License-Identifier: BSD-2-Clause
# Host tool: configuring and building the presets.
# shellcheck shell=sh

BH_PRESETS="host s390x-debug s390x-release"

# build_preset PRESET [TARGET...]: configure, then build, with the compiler's own progress lines.
build_preset()
{
    preset=$1
    shift
    log=$BH_ROOT/build/$preset.log
    mkdir -p "$BH_ROOT/build"
    say "building $preset"
    (cd "$BH_ROOT" && cmake --preset "$preset") >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        die "configuring $preset failed (all of it: $log); './bulkhead clean' starts afresh"
    }
    (cd "$BH_ROOT" && cmake --build --preset "$preset" -j "$(jobs_wanted)" ${1:+--target "$@"}) ||
        die "building $preset failed: the first error is above"
}

command_build()
{
    [ $# -le 1 ] || usage_error "build takes one preset at most"
    case " $BH_PRESETS tools " in
    *" ${1:-host} "*) ;;
    *) usage_error "no preset is called '$1'; there are: $BH_PRESETS tools" ;;
    esac
    need test
    for wanted in ${1:-$BH_PRESETS}; do
        build_preset "$wanted"
    done
}

command_setup()
{
    [ $# = 0 ] || usage_error "setup takes no arguments"
    need test
    say "everything that Bulkhead needs is here"
}

command_clean()
{
    [ "${1:---all}" = --all ] && [ $# -le 1 ] || usage_error "clean: unknown argument '$1'"
    rm -rf "$BH_ROOT/build"
    [ $# = 0 ] || rm -rf "$BH_CACHE"
}

# check FILE.dts [OPTION...]: the description's findings, as the checker prints them.
command_check()
{
    [ $# -ge 1 ] || usage_error "check takes a description"
    if [ "$1" != --rules ]; then
        [ -f "$1" ] || die "no such file: $1"
        [ -r "$1" ] || die "cannot read $1"
    fi
    need run
    (build_preset tools bulkhead-check) >"$BH_CACHE/check.log" 2>&1 || {
        cat "$BH_CACHE/check.log" >&2
        exit 1
    }
    exec "$BH_ROOT/build/tools/bin/bulkhead-check" "$@"
}
