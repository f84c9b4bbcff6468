# SPDX-License-Identifier: BSD-2-Clause
# Test: what prove.sh and mutate.sh share. Needs: here, work (a folder for configuration and cache).
files="region table captable space window iospace"

configure_provers()
{
    mkdir -p "$work/cache"
    sed "s#@here@#$here#" "$here/why3.conf.in" >"$work/why3.conf"
    export WHY3CONFIG="$work/why3.conf"
}

# prove ROOT FILE TIMEOUT [option...]: what the prover prints for one file of the kernel.
prove()
(
    cd "$1"
    source=$2
    limit=$3
    shift 3
    exec frama-c -machdep gcc_x86_64 -c11 \
        -cpp-extra-args="-I. -include $here/machine_spec.h" \
        -wp -wp-rte -warn-unsigned-overflow -warn-unsigned-downcast -wp-cache update -wp-cache-dir "$work/cache" \
        -wp-prover cvc5,cvc4,z3 -wp-timeout "$limit" -wp-par 4 "$@" \
        "kernel/object/$source.c" 2>&1 </dev/null
)

# "proved scheduled" of what prove printed; "0 1" if it came to nothing.
count_goals()
{
    awk '/Proved goals:/ { proved = $4; all = $6 } END { print proved + 0, all ? all : 1 }'
}
