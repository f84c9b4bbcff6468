#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Host tool: what a linked process may contain. usage: process-code.sh soft-float|any-float ELF
#
# Every system call goes through the project's own stubs, functions named bh_svc*; musl's inline
# ones must not survive the link. ELF.fpr lists the functions that use floating-point registers,
# because the kernel saves those only for processes that do. A process that fails is removed.
set -eu
float=$1
elf=$2
objdump=${OBJDUMP:-s390x-linux-gnu-objdump}

"$objdump" -d --no-show-raw-insn "$elf" | awk -v float="$float" -v elf="$elf" '
    /^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3); functions++; next }
    $2 == "svc" && name !~ /^bh_svc/ && !foreign[name]++ {
        print elf ": foreign svc in function " name ": replace that part of musl in libs/rt" \
            > "/dev/stderr"
        bad = 1
    }
    /%f[0-9]/ && !seen[name]++ { print name > (elf ".fpr.new") ; used++ }
    END {
        if (!functions) {
            print elf ": cannot be disassembled" > "/dev/stderr"
            bad = 1
        }
        if (used && float == "soft-float") {
            print elf ": floating-point registers in " used " of its functions: see " elf ".fpr" \
                > "/dev/stderr"
            bad = 1
        }
        exit bad
    }' || bad=1
: >>"$elf.fpr.new"
mv "$elf.fpr.new" "$elf.fpr"
if [ "${bad:-0}" != 0 ]; then
    rm -f "$elf"
    exit 1
fi
