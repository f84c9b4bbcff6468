/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point registers to and from a save area: FPC in its first word, FPR0-15 from the third.
 * Belongs to: kernel.
 */
        .text
        .globl  fp_save, fp_load
        .balign 8
fp_save:
        stfpc   4(%r2)
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        std     %f\n, 16+8*\n(%r2)
        .endr
        br      %r14

/* A guest's save area is also its VMM's, which may have left an FPC that cannot be loaded: then the
 * program interruption leads (as for instructions of drivers/zpci/insn) to one that can. */
        .balign 8
fp_load:
        lfpc    4(%r2)
1:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ld      %f\n, 16+8*\n(%r2)
        .endr
        br      %r14
2:      lhi     %r1, 0
        sfpc    %r1
        j       1b
        .pushsection .fixup, "a"
        .quad   1b, 2b
        .popsection
        .section .note.GNU-stack, "", @progbits
