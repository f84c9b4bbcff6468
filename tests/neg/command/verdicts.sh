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

# run: the console's hash against the disk's as it was, and what has become of the disk.
run_dir=$folder
head -c 1048576 /dev/zero >"$folder/disk"
run_hash_disk
good=$disk_hash
other=$(sha256sum </dev/null | cut -d ' ' -f 1)

# write_pattern SKIP: the pattern at the end of the disk, its first SKIP bytes left out.
write_pattern()
{
    awk 'BEGIN { for (i = 0; i < 65536; i++) printf "\\%03o", (i * 7 + 3) % 256 }' >"$folder/octal"
    printf "$(cat "$folder/octal")" | tail -c +$(($1 + 1)) |
        dd of="$folder/disk" bs=1 seek=$((1048576 - 65536 + $1)) conv=notrunc 2>/dev/null
}

console_says()
{
    printf 'boot\ndriver: disk sha256 %s bytes %s\ndriver: done\n' "$1" "$2" >"$folder/console"
    (run_compare 'driver: disk' 'the driver')
}
expect 1 "bulkhead: the disk was read wrongly: SHA-256 $other there, $good here" \
    console_says "$other" 1048576
expect 1 "bulkhead: the driver read 512 bytes of 1048576" console_says "$good" 512
expect 1 "bulkhead: the driver printed no line 'driver: disk sha256 ... bytes ...'" \
    console_says nothing 1048576
expect 1 'bulkhead: the pattern that the driver wrote is not in the disk' \
    console_says "$good" 1048576
write_pattern 1
expect 1 'bulkhead: the pattern that the driver wrote is not in the disk' \
    console_says "$good" 1048576
write_pattern 0
expect 0 "bulkhead: the disk's SHA-256 is the same there and here (1048576 bytes)" \
    console_says "$good" 1048576
expect_last "bulkhead: the pattern that the driver wrote is in the disk's file, and nothing else changed: run passed"
printf x | dd of="$folder/disk" bs=1 seek=$((1048576 - 65537)) conv=notrunc 2>/dev/null
expect 1 'bulkhead: something was written beside the pattern' console_says "$good" 1048576

# The table: exits by their number, and nothing that the guest itself has printed.
printf '%s\n' 'vmm: statistics: exits SSM 7' 'linux: vmm: statistics: exits forged 1' \
    'vmm: statistics: exits (translation) 12' 'vmm: statistics: guest ms 9' >"$folder/console"
expect 0 '            12  (translation)' run_statistics
[ "$(tail -n 3 "$folder/out" | tr -s ' ' | tr '\n' ';')" = ' 12 (translation); 7 SSM; 9 guest ms;' ] &&
    [ "$(wc -l <"$folder/out")" = 4 ] || not_ok "another table: $(cat "$folder/out")"

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
