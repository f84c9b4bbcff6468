#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: the coverage figure counts each line once, ignores tests, fakes and code of
# others, and has a floor.
# usage: coverage.sh ROOT
set -eu
. "$1/tests/lib/expect.sh"
script=$1/cmake/checks/coverage.sh
tree=$folder/tree
mkdir -p "$tree/libs/host" "$tree/.cache" "$tree/tests" "$tree/build"

expect 1 "coverage: nothing was measured below $tree/" sh "$script" "$tree" "$tree/build" 90

# Two programs that share one.c: each runs one of its two functions; nobody runs the fake and what is
# not ours.
printf 'int one(void);\nint two(void);\nint one(void)\n{\n    return 1;\n}\nint two(void)\n{\n    return 2;\n}\n' \
    >"$tree/libs/one.c"
printf 'int fake(void);\nint fake(void)\n{\n    return 1;\n}\n' >"$tree/libs/host/fake.c"
printf 'int other(void);\nint other(void)\n{\n    return 1;\n}\n' >"$tree/.cache/other.c"
for name in one two; do
    printf 'int %s(void);\nint main(void)\n{\n    return %s() == 0;\n}\n' "$name" "$name" \
        >"$tree/tests/run_$name.c"
    mkdir "$tree/build/$name"
    (cd "$tree/build/$name" && gcc --coverage -fprofile-abs-path -o "$name" \
        "$tree/libs/one.c" "$tree/libs/host/fake.c" "$tree/.cache/other.c" "$tree/tests/run_$name.c")
done

"$tree/build/one/one"
expect 1 'coverage: 50.0 % of 4 lines that run on the host (floor 90 %)' \
    sh "$script" "$tree" "$tree/build" 90
grep -qxF 'coverage:  50.0 % of libs/one.c' "$folder/out" || not_ok "the file is not named"
expect 0 'coverage: 50.0 % of 4 lines that run on the host (floor 50 %)' \
    sh "$script" "$tree" "$tree/build" 50
"$tree/build/two/two"
expect 0 'coverage: 100.0 % of 4 lines that run on the host (floor 90 %)' \
    sh "$script" "$tree" "$tree/build" 90
verdict
