#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Check: every source file begins with its licence, behind #! where it has that. usage: spdx.sh ROOT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
"$here/files.sh" . source | {
    bad=0
    while IFS= read -r file; do
        sed -e '1{/^#!/d' -e '}' "$file" | head -n 1 |
            grep -q 'SPDX-License-Identifier: BSD-2-Clause' && continue
        echo "$file:1: the first line is not the SPDX line"
        bad=1
    done
    exit "$bad"
}
