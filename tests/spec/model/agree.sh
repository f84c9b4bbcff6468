#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: traces of the kernel's logic agree with the model.
# usage: agree.sh ORACLE CALLS SEED... -- COMPARE...
set -eu
oracle=$1
calls=$2
shift 2
seeds=
while [ "$1" != -- ]; do
    seeds="$seeds $1"
    shift
done
shift
for seed in $seeds; do
    # The status of the producer counts as well: it checks the kernel's predicates.
    { "$@" "$seed" "$calls" || echo "producer failed"; } | "$oracle"
done
