# SPDX-License-Identifier: BSD-2-Clause
# Host tool: the whole test suite, its sums, and the coverage of the code that runs on the host.
# shellcheck shell=sh

BH_COVERAGE_FLOOR=90

# test_options ARGUMENT...: sets with_long and label.
test_options()
{
    with_long=
    label=
    while [ $# -gt 0 ]; do
        case $1 in
        --long) with_long=yes ;;
        -L)
            [ -n "${2:-}" ] || usage_error "-L needs a label"
            label=$2
            shift
            ;;
        *) usage_error "test: unknown argument '$1'" ;;
        esac
        shift
    done
}

# suite PRESET: its tests; the results as JUnit in $results/PRESET.xml. Fails only if ctest cannot run.
suite()
{
    set -- "$1" --no-tests=ignore --output-junit "$results/$1.xml"
    [ -z "$label" ] || set -- "$@" -L "^($label)\$"
    [ -n "$with_long" ] || set -- "$@" -LE '^long$'
    say "testing $1"
    (cd "$BH_ROOT" && ctest --preset "$@" -j "$(jobs_wanted)") || :
    [ -s "$results/$1.xml" ] || die "ctest could not run in build/$1: './bulkhead clean' starts afresh"
}

# tally: from the results, a line for each skipped test with the reason that its output gives, then
# the sums `passed failed skipped`. A skip without a reason is a failure, as is a missing program.
tally()
{
    cat "$results"/*.xml | awk '
        /^[ \t]*<testcase / {
            name = $0
            sub(/.*<testcase name="/, "", name)
            sub(/".*/, "", name)
            passed += ran = /status="run"/
            skip = 0
            reason = ""
        }
        /^[ \t]*<skipped message="SKIP_RETURN_CODE=/ { skip = 1 }
        skip && reason == "" && /SKIP: / { reason = $0; sub(/.*SKIP: /, "", reason) }
        /^[ \t]*<\/testcase>/ && !ran {
            if (skip && reason != "") {
                skipped++
                print "skipped: " name ": " reason
            } else {
                failed++
                print "failed: " name (skip ? ": skipped, but it gives no reason" : "")
            }
        }
        END { print passed + 0, failed + 0, skipped + 0 }'
}

# coverage: prints the figure; fails below the floor.
coverage()
{
    sh "$BH_ROOT/cmake/checks/coverage.sh" "$BH_ROOT" "$BH_ROOT/build/host" "$BH_COVERAGE_FLOOR"
}

command_test()
{
    test_options "$@"
    need test
    results=$BH_ROOT/build/results
    rm -rf "$results"
    mkdir -p "$results"
    for preset in $BH_PRESETS; do
        build_preset "$preset"
    done
    find "$BH_ROOT/build/host" -name '*.gcda' -delete
    for preset in $BH_PRESETS; do
        suite "$preset"
    done
    test_verdict
}

# test_verdict: the sums as the last line; the exit status. The coverage counts as one more test.
test_verdict()
{
    tally >"$results/tally"
    read -r passed failed skipped <<EOF
$(tail -n 1 "$results/tally")
EOF
    [ $((passed + failed + skipped)) -gt 0 ] || die "no test has the label '$label'"
    if [ -z "$label" ]; then
        if coverage; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
        fi
    fi
    sed '$d' "$results/tally"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}
