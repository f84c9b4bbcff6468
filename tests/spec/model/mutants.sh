#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: bugs put into the kernel's logic are found by the comparison.
# usage: mutants.sh ROOT ORACLE
set -eu
root=$1
oracle=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

# mutant FILE OLD NEW: the first occurrence replaced, built without sanitizers, compared.
missed=0
number=0
mutant()
{
    number=$((number + 1))
    rm -rf "$folder/tree"
    mkdir "$folder/tree"
    (cd "$root" && cp -R kernel libs drivers tests "$folder/tree/")
    file=$folder/tree/$1
    OLD=$2 NEW=$3 awk '
        BEGIN { old = ENVIRON["OLD"]; new = ENVIRON["NEW"] }
        !done && (at = index($0, old)) {
            $0 = substr($0, 1, at - 1) new substr($0, at + length(old)); done = 1 }
        { print }
        END { exit !done }' "$file" >"$file.new" || { echo "mutants: $1 has no '$2'"; exit 1; }
    mv "$file.new" "$file"
    (cd "$folder/tree" && gcc -O1 -w -I. -o ../compare tests/spec/model/compare.c \
        kernel/object/*.c kernel/sched/*.c kernel/boot/boot_objects.c kernel/debug/debug.c \
        kernel/arch/host/*.c kernel/arch/s390x/pv/translate.c drivers/zpci/clp.c \
        drivers/zpci/clp_answer.c drivers/zpci/config.c drivers/zpci/config_filter.c \
        drivers/zpci/event.c drivers/zpci/ioat.c drivers/zpci/irq.c drivers/zpci/insn/fake*.c \
        libs/zformats/*.c)
    if { "$folder/compare" 5 100000 2>/dev/null || echo failed; } | "$oracle" >/dev/null; then
        echo "mutants: not found: $1: $3"
        missed=$((missed + 1))
    fi
}

mutant kernel/object/captable.c 'rights_both(cap_rights[from], rights)' 'cap_rights[from] | rights'
mutant kernel/object/iospace.c 'pages[w] * BH_PAGE_SIZE' 'pages[w] * BH_PAGE_SIZE + BH_PAGE_SIZE'
mutant kernel/object/endpoint.c 'first_from(endpoint_callers[e], endpoint_turn[e])' \
    'first_of(endpoint_callers[e])'
mutant kernel/object/endpoint.c 'deadline != BH_NO_DEADLINE' 'deadline != deadline'
mutant kernel/object/notification.c 'notification_word[n] |= bits' 'notification_word[n] = bits'
echo "mutants: $((number - missed)) of $number found"
[ "$missed" = 0 ]
