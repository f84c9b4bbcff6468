# SPDX-License-Identifier: BSD-2-Clause
# Build: a system image as flat files, with the list of them that Hercules loads.
# usage: hercules.sh IMAGE.elf IPL.bin LIST.ins
# LIST.ins has a line `FILE 0xADDRESS` for each; the files lie beside it. Between the kernel and the
# first process are tables that the machine has cleared: two files, without what lies between.
set -eu
image=$1 ipl=$2 list=$3
base=${list%.ins}

# section_address NAME: where the image has it.
section_address()
{
    "$READELF" -SW "$image" | sed -n "s/^ *\[ *[0-9]*\] $1 *PROGBITS *\([0-9a-f]*\) .*/\1/p"
}

# flat FILE SECTION...: these sections from the first one's address on.
flat()
{
    file=$1
    first=$2
    shift
    for section in "$@"; do
        shift
        set -- "$@" -j "$section"
    done
    "$OBJCOPY" -O binary "$@" "$image" "$file"
    echo "$(basename "$file") 0x$(section_address "$first")"
}

{
    echo "$(basename "$ipl") 0x0"
    flat "$base.kernel.bin" .text .rodata .fixup .lowcore .data
    flat "$base.processes.bin" .init_image .bundle
} >"$list.new"
mv "$list.new" "$list"
