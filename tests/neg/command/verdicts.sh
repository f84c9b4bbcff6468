#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: what `run` and `test` conclude from a console and from test results, good and bad ones.
# usage: verdicts.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
BH_ROOT=$1
. "$BH_ROOT/cmake/sh/common.sh"
. "$BH_ROOT/cmake/sh/run.sh"
. "$BH_ROOT/cmake/sh/test.sh"

# run: the console's hash against the disk's.
BH_RUN_DISK_MIB=1
head -c 1048576 /dev/zero >"$folder/disk"
# test: sums and reasons from ctest's results; a coverage below the floor is a failed test.
label=
results=$folder/results
mkdir "$results"

# result NAME STATUS TEXT: one test case, as ctest writes it.
result()
{
    printf '\t<testcase name="%s" classname="x" time="0.1" status="%s">\n' "$1" "$2"
    case $2 in
    notrun) printf '\t\t<skipped message="SKIP_RETURN_CODE=77"/>\n' ;;
    missing) printf '\t\t<skipped message="Unable to find executable"/>\n' ;;
    fail) printf '\t\t<failure message=""/>\n' ;;
    esac
    printf '\t\t<system-out>%s\n</system-out>\n\t</testcase>\n' "$3"
}
coverage()
{
    return "$coverage_status"
}
coverage_status=0

result a run 'status="fail" failures="7" SKIP: not me' >"$results/host.xml"
result b notrun 'words
SKIP: no such machine' >>"$results/host.xml"
result c run '' >"$results/s390x-debug.xml"
expect 0 'skipped: b: no such machine' test_verdict
expect_last '3 passed, 0 failed, 1 skipped'
coverage_status=1
expect 1 '2 passed, 1 failed, 1 skipped' test_verdict
expect_last '2 passed, 1 failed, 1 skipped'
coverage_status=0
result d fail '' >>"$results/host.xml"
expect 1 'failed: d' test_verdict
expect_last '3 passed, 1 failed, 1 skipped'
result e notrun '' >>"$results/host.xml"
expect 1 'failed: e: skipped, but it gives no reason' test_verdict
result f missing '' | sed 's/missing/notrun/' >>"$results/host.xml"
expect 1 'failed: f' test_verdict
expect_last '3 passed, 3 failed, 1 skipped'

label=none
: >"$results/host.xml"
: >"$results/s390x-debug.xml"
no_tests()
{
    (test_verdict)
}
expect 1 "bulkhead: no test has the label 'none'" no_tests
verdict
