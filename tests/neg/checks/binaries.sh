#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Test: what the build refuses in binaries: foreign system calls and floating-point registers in a
# process, a kernel whose stack cannot be bounded, images that differ. usage: binaries.sh ROOT
set -eu
root=$1
checks=$root/cmake/checks
. "$root/tests/lib/expect.sh"
cd "$folder"

# program BODY: an ELF file with two functions, of which bh_svc_call may make a system call.
program()
{
    printf '.globl _start, bh_svc_call\n_start: %s\n br %%r14\nbh_svc_call: svc 1\n br %%r14\n' \
        "$1" >program.s
    s390x-linux-gnu-gcc -march=z10 -nostdlib -static -o program program.s
}

# stack SOURCE NOTES LIMIT: compiles SOURCE as the kernel is, and runs the check on its call graph.
stack()
{
    printf '%s\n' "$1" >source.c
    printf '%b' "$2" >notes
    s390x-linux-gnu-gcc -O0 -ffreestanding -fcallgraph-info=su -c -o "$graph/source.c.o" source.c
    sh "$checks/stack.sh" "$3" "$folder" "$folder/notes"
}

program 'nop'
expect 0 '' sh "$checks/process-code.sh" soft-float program
program 'svc 4'
expect 1 'program: foreign svc in function _start: replace that part of musl in libs/rt' \
    sh "$checks/process-code.sh" any-float program
expect_gone program
program 'ldgr %f0,%r1'
expect 0 '_start' sh -c "sh '$checks/process-code.sh' any-float program && cat program.fpr"
expect 1 'program: floating-point registers in 1 of its functions: see program.fpr' \
    sh "$checks/process-code.sh" soft-float program
expect_gone program

graph=lib/CMakeFiles/pure.kernel.dir/deep
mkdir -p kernel "$graph"
expect 1 "stack: no kernel/kernel.map in $folder: build the kernel first" \
    sh "$checks/stack.sh" 6144 "$folder"
: >kernel/kernel.map
expect 1 'stack: kernel/kernel.map names no object' sh "$checks/stack.sh" 6144 "$folder"
echo ' .text 0x0 0x10 lib/libpure.kernel.a(source.c.o)' >kernel/kernel.map
leaf='int leaf(int x) { volatile char a[1000]; a[0] = (char)x; return a[0]; }'
expect 0 'deepest stack: 1168 of 1168 bytes' stack "$leaf" '' 1168
expect 1 'stack: deepest stack is 1168 bytes, the limit is 1167' stack "$leaf" '' 1167
expect 1 'stack: recursion through f' stack 'int f(int x) { return x ? f(x - 1) : 0; }' '' 6144
expect 1 'stack: g: frame of dynamic size' \
    stack 'int g(int n) { volatile char a[n]; a[0] = 1; return a[0]; }' '' 6144
pointer='int (*p)(void); int h(void) { return p(); } '
expect 1 'stack: h: call through a pointer without a note of its targets' \
    stack "$pointer" '' 6144
expect 0 '  1168  leaf' \
    stack "int (*p)(int); int h(void) { return p(1); } $leaf" 'call h leaf\n' 6144
expect 1 'stack: entry: called, but its frame is not known (assembler? add a note)' \
    stack 'void entry(void); void k(void); void k(void) { entry(); }' '' 6144
expect 0 '   160  k' \
    stack 'void entry(void); void k(void); void k(void) { entry(); }' 'frame entry 320\n' 6144
expect 1 'stack: note about gone, which the kernel does not have' \
    stack "$leaf" 'call leaf gone\n' 6144

images="sh $checks/same-images.sh one two"
mkdir one two
expect 1 'no system image in one/systems' $images
mkdir -p one/systems two/systems
echo a >one/systems/a.elf
echo a >two/systems/a.elf
expect 0 '' $images
echo b >one/systems/b.elf
expect 1 'the builds have different images: systems/a.elf systems/b.elf and systems/a.elf' $images
echo B >two/systems/b.elf
expect 1 'systems/b.elf: the builds differ' $images

verdict
