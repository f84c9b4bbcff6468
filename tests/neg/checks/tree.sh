#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: each rule of the tree accepts a good tree and rejects one violation with its exact message.
# usage: tree.sh ROOT
set -eu
root=$1
checks=$root/cmake/checks
. "$root/tests/lib/expect.sh"
tree=$folder/tree
spdx='SPDX-License-Identifier: BSD-2-Clause'

good_tree()
{
    rm -rf "$tree"
    mkdir -p "$tree/libs/abi" "$tree/libs/zformats" "$tree/kernel" "$tree/drivers" "$tree/systems"
    printf '/* %s */\n#include <stdint.h>\n' "$spdx" >"$tree/libs/abi/abi.h"
    printf '/* %s */\n#include "libs/abi/abi.h"\n' "$spdx" >"$tree/kernel/main.c"
    printf '/* %s */\n#include "libs/abi/abi.h"\n' "$spdx" >"$tree/drivers/disk.c"
    printf '/* %s */\n/dts-v1/;\n/ { };\n' "$spdx" >"$tree/systems/demo.dts"
    printf '# %s\nbh_target_test(t SYSTEM demo)\n' "$spdx" >"$tree/systems/CMakeLists.txt"
}

# rejects RULE MESSAGE: the tree as it is now violates RULE, and only MESSAGE is said.
rejects()
{
    expect 1 "$2" "$checks/$1.sh" "$tree"
    [ "$(wc -l <"$folder/out")" = 1 ] || not_ok "$1 says more than that: $(cat "$folder/out")"
    good_tree
}

# lines N: N times an empty line.
lines()
{
    awk -v n="$1" 'BEGIN { while (n-- > 0) print "" }'
}

good_tree
for rule in spdx includes size format words systems; do
    expect 0 '' "$checks/$rule.sh" "$tree"
done

printf 'int x;\n' >"$tree/kernel/x.c"
rejects spdx "kernel/x.c:1: the first line is not the SPDX line"
printf '#!/bin/sh\necho\n# %s\n' "$spdx" >"$tree/tool"
rejects spdx "tool:1: the first line is not the SPDX line"

printf '#include "libs/zformats/bytes.h"\n' >>"$tree/libs/abi/abi.h"
rejects includes "libs/abi/abi.h:3: libs/abi/ must not include libs/zformats/bytes.h"
printf '#include <stdio.h>\n' >>"$tree/kernel/main.c"
rejects includes "kernel/main.c:3: kernel/ must not include <stdio.h>: only freestanding headers"
printf '#  include "vmm/exit.h"\n' >>"$tree/kernel/main.c"
rejects includes "kernel/main.c:3: kernel/ must not include vmm/exit.h"
printf '#include "drivers/zpci/translator/mirror.h"\n' >>"$tree/kernel/main.c"
rejects includes "kernel/main.c:3: kernel/ must not include drivers/zpci/translator/mirror.h"
printf '#include "kernel/machine.h"\n' >>"$tree/drivers/disk.c"
rejects includes "drivers/disk.c:3: drivers/ must not include kernel/machine.h"
printf '#include "kernel/machine.h"\n' >"$tree/libs/x.c"
rejects includes "libs/x.c:1: libs/ must not include kernel/machine.h"
printf '#include "main.h"\n' >>"$tree/kernel/main.c"
rejects includes 'kernel/main.c:3: include "main.h" is not written from the root of the repository'

lines 499 >>"$tree/kernel/main.c"
rejects size "kernel/main.c:501: file of 501 lines (limit 500)"
{
    printf 'int long_one(int a,\n             int b)\n{\n'
    lines 60
    printf '}\n'
} >>"$tree/kernel/main.c"
rejects size "kernel/main.c:5: function of 61 lines (limit 60): int long_one(int a,"

printf 'int  x;\n' >>"$tree/kernel/main.c"
rejects format "kernel/main.c: not as clang-format leaves it: run 'clang-format -i kernel/main.c'"

for marker in TO'DO' FIX'ME' X'XX'; do
    printf 'text\n%s later\n' "$marker" >"$tree/notes.md"
    rejects words "notes.md:2: marker of an open end"
done

printf '/* %s */\n' "$spdx" >"$tree/systems/demo2.dts"
rejects systems "systems/demo2.dts: no test boots it: add bh_target_test(... SYSTEM demo2 ...)"

verdict
